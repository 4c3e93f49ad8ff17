'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Input } from '@/components/ui/input';
import { Spinner } from '@/components/ui/spinner';
import { errorText } from '@/lib/client/error-text';
import { endPeopleSession, endSessionsOf, PEOPLE_SESSIONS_KEY, peopleSessionsQuery } from '@/lib/client/people';
import { PeopleList } from './people-list';

/** The sessions of everybody, found by words, for an admin to end. */
export default function PeopleSessions() {
  const [search, setSearch] = useState('');
  const { data, error, refetch, isFetching } = useQuery(peopleSessionsQuery(search.trim()));
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: ({ what, id }: { what: 'session' | 'person'; id: string }) =>
      what === 'session' ? endPeopleSession(id) : endSessionsOf(id),
    onSettled: () => client.invalidateQueries({ queryKey: PEOPLE_SESSIONS_KEY }),
  });
  return (
    <div className="space-y-3">
      <Input
        type="search"
        aria-label="Search people and sessions"
        placeholder="Name, group, address or browser"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {error !== null && (
        <ErrorState
          title="Could not load the sessions"
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && <Spinner />}
      {data !== undefined && (
        <PeopleList
          {...data}
          ending={end.isPending ? end.variables.id : null}
          failed={end.isError ? { id: end.variables.id, error: end.error } : null}
          onEnd={(id) => end.mutate({ what: 'session', id })}
          onEndAll={(id) => end.mutate({ what: 'person', id })}
        />
      )}
    </div>
  );
}
