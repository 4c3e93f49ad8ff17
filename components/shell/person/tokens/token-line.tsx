import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import type { ApiToken, ApiTokenEnd } from '@/lib/contract/api-tokens';

interface TokenLineProps {
  token: ApiToken;
  busy: boolean;
  /** Why it was not ended; null: it was not tried. */
  error: unknown;
  /** What the button says. */
  end: 'Revoke' | 'End';
  onEnd: () => void;
}

/** One API token: what it may do, how long, and when it was used last. */
export function TokenLine({ token, busy, error, end, onEnd }: TokenLineProps) {
  const { name, readOnly, clusters, used, madeAt, endsAt, ended, isWaiting } = token;
  const lasts = ended === null ? `ends ${day(endsAt)}` : ENDED[ended];
  const last = used === null ? 'never used' : `last used ${day(used.day)} from ${used.address}`;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 break-words">
          <span className={ended === null ? 'min-w-0 break-words font-medium' : 'min-w-0 break-words text-muted'}>
            <Shown text={name} as="name" />
          </span>
          {readOnly && <Badge>read-only</Badge>}
          {isWaiting && <Badge tone="warn">waits for {end === 'Revoke' ? 'your' : 'their'} next sign-in</Badge>}
        </p>
        <p className="break-words text-muted text-xs">
          {clusters !== null && `only on ${clusters.join(', ')} · `}
          {last} · made {day(madeAt)} · {lasts}
        </p>
        {error !== null && <ErrorState className="mt-1" {...errorText(error)} />}
      </div>
      {ended === null && (
        <Button size="sm" variant="danger" onClick={onEnd} busy={busy} aria-label={`${end} ${name}`}>
          {end}
        </Button>
      )}
    </li>
  );
}

const ENDED: Readonly<Record<ApiTokenEnd, string>> = {
  time: 'its time is over',
  revoked: 'revoked',
  admin: 'ended by an admin',
  user_removed: 'ended, because its user was removed',
  password: 'ended, because the password was changed',
};

const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' });

/** In one piece, on however narrow a screen. */
function day(at: string): string {
  return DAY.format(new Date(at)).replaceAll(' ', '\u00a0');
}
