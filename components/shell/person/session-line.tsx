import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import type { Session } from '@/lib/contract/sign-in';
import { formatAge } from '@/lib/text/format';
import { useNow } from '../use-now';

interface SessionLineProps {
  session: Session;
  busy: boolean;
  /** Why it was not ended; null: it was not tried. */
  error: unknown;
  onEnd: () => void;
}

/** One browser in which somebody is signed in. */
export function SessionLine({ session, busy, error, onEnd }: SessionLineProps) {
  const now = useNow(5_000);
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
        {error !== null && <ErrorState className="mt-1" {...errorText(error)} />}
      </div>
      {session.isThis ? (
        <span className="text-muted text-xs">this browser</span>
      ) : (
        <Button size="sm" variant="danger" onClick={onEnd} busy={busy}>
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
