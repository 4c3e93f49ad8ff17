'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { Spinner } from '@/components/ui/spinner';
import { errorText } from '@/lib/client/error-text';
import { endSession, sessionsQuery } from '@/lib/client/sign-in';
import type { Session } from '@/lib/contract/sign-in';
import { formatAge } from '@/lib/text/format';
import { useNow } from '../use-now';

/** Every browser in which this person is signed in, each of which can be ended. */
export function SessionsDialog({ onClose }: { onClose: () => void }) {
  const { data, error, refetch, isFetching } = useQuery(sessionsQuery());
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="lg"
      title="Your sessions"
      description="Each browser in which you are signed in. End those that you do not know, and have your password changed."
    >
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
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </Dialog>
  );
}

function SessionLine({ session }: { session: Session }) {
  const now = useNow(5_000);
  const client = useQueryClient();
  const end = useMutation({
    mutationFn: () => endSession(session.id),
    onSettled: () => client.invalidateQueries(sessionsQuery()),
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="break-words">
          <Shown text={session.agent === '' ? 'A browser that does not say what it is' : session.agent} as="text" />
        </p>
        <p className="text-muted text-xs">
          {session.address} · used {formatAge(now - Date.parse(session.usedAt))} · since {clock(session.startedAt)} ·
          ends {clock(session.endsAt)} at the latest
        </p>
        {end.isError && <ErrorState className="mt-1" {...errorText(end.error)} />}
      </div>
      {session.isThis ? (
        <span className="text-muted text-xs">this browser</span>
      ) : (
        <Button size="sm" variant="danger" onClick={() => end.mutate()} busy={end.isPending}>
          End
        </Button>
      )}
    </li>
  );
}

const CLOCK = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

function clock(at: string): string {
  return CLOCK.format(new Date(at));
}
