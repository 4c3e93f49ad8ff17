'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ErrorState } from '@/components/ui/error-state';
import { Input } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { Spinner } from '@/components/ui/spinner';
import { endPeopleApiToken, PEOPLE_API_TOKENS_KEY, peopleApiTokensQuery } from '@/lib/client/api-tokens';
import { errorText } from '@/lib/client/error-text';
import type { PeopleApiTokens } from '@/lib/contract/api-tokens';
import { WAYS } from '../people-list';
import { TokenLine } from './token-line';

/** The API tokens of everybody, found by words, for an admin to end. */
export default function PeopleTokens() {
  const [search, setSearch] = useState('');
  const { data, error, refetch, isFetching } = useQuery(peopleApiTokensQuery(search.trim()));
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: endPeopleApiToken,
    onSettled: () => client.invalidateQueries({ queryKey: PEOPLE_API_TOKENS_KEY }),
  });
  return (
    <div className="space-y-3">
      <Input
        type="search"
        aria-label="Search people and tokens"
        placeholder="Name, group, token or address"
        value={search}
        onChange={({ target }) => setSearch(target.value)}
      />
      {error !== null && (
        <ErrorState
          title="Could not load the tokens"
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && <Spinner />}
      {data !== undefined && (
        <TokensByPerson
          {...data}
          ending={end.isPending ? end.variables : null}
          failed={end.isError ? { id: end.variables, error: end.error } : null}
          onEnd={(id) => end.mutate(id)}
        />
      )}
    </div>
  );
}

interface TokensByPersonProps extends PeopleApiTokens {
  /** The id of the token that is being ended; null: none is. */
  ending: string | null;
  failed: { readonly id: string; readonly error: unknown } | null;
  onEnd: (id: string) => void;
}

function TokensByPerson({ people, hasMore, ending, failed, onEnd }: TokensByPersonProps) {
  if (people.length === 0) return <p className="text-muted text-sm">No matches.</p>;
  return (
    <>
      {people.map(({ id, name, way, tokens }) => (
        <section key={id} aria-label={`Tokens of ${name}`} className="rounded-md border border-line px-3 py-1">
          <h3 className="break-words py-1 font-semibold text-sm">
            <Shown text={name} as="text" /> <span className="font-normal text-muted text-xs">{WAYS[way]}</span>
          </h3>
          <ul className="divide-y divide-line">
            {tokens.map((token) => (
              <TokenLine
                key={token.id}
                token={token}
                end="End"
                busy={ending === token.id}
                error={failed?.id === token.id ? failed.error : null}
                onEnd={() => onEnd(token.id)}
              />
            ))}
          </ul>
        </section>
      ))}
      {hasMore && <p className="text-muted text-xs">There are more: search for a name, group or address.</p>}
    </>
  );
}
