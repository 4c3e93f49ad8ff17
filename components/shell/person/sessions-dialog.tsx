'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Later } from '@/components/ui/later';
import { Spinner } from '@/components/ui/spinner';
import { errorText } from '@/lib/client/error-text';
import { endSession, sessionsQuery } from '@/lib/client/sign-in';
import type { Session } from '@/lib/contract/sign-in';
import { SessionLine } from './session-line';

const PeopleSessions = lazy(() => import('./people-sessions'));

/** Every browser in which this person is signed in, each of which can be ended; for an admin also those of others. */
export function SessionsDialog({ onClose }: { onClose: () => void }) {
  const [showsOthers, setShowsOthers] = useState(false);
  const { data } = useQuery(sessionsQuery());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title={showsOthers ? 'Everybody’s sessions' : 'Your sessions'}
      description={
        showsOthers
          ? 'Each browser in which somebody is signed in. A person whose session ends can sign in again.'
          : 'Each browser in which you are signed in. End those that you do not know, and change your password.'
      }
      footer={
        data?.mayEndOthers === true && (
          <Button onClick={() => setShowsOthers(!showsOthers)}>
            {showsOthers ? 'Show my sessions' : 'Show everybody’s sessions'}
          </Button>
        )
      }
    >
      {showsOthers ? (
        <Later fallback={<Spinner />}>
          <PeopleSessions />
        </Later>
      ) : (
        <OwnSessions />
      )}
    </Dialog>
  );
}

function OwnSessions() {
  const { data, error, refetch, isFetching } = useQuery(sessionsQuery());
  return (
    <>
      {error !== null && (
        <ErrorState
          title="Could not load your sessions"
          {...errorText(error)}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && <Spinner />}
      <ul className="divide-y divide-line">
        {data?.sessions.map((session) => (
          <OwnSession key={session.id} session={session} />
        ))}
      </ul>
    </>
  );
}

function OwnSession({ session }: { session: Session }) {
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSettled: () => client.invalidateQueries(sessionsQuery()),
  });
  return <SessionLine session={session} busy={end.isPending} error={end.error} onEnd={() => end.mutate()} />;
}
