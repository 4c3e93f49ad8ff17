'use client';

import { useMutation } from '@tanstack/react-query';
import { Bot, KeyRound, LockKeyhole, LogOut, MonitorSmartphone, ScrollText, UserRound, UsersRound } from 'lucide-react';
import { useParams, useRouter } from 'next/navigation';
import { lazy, useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Later } from '@/components/ui/later';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/menu';
import { toast } from '@/components/ui/toasts';
import { approvalsPath } from '@/lib/client/approvals-path';
import { auditPath } from '@/lib/client/audit-path';
import { errorText } from '@/lib/client/error-text';
import { signOut } from '@/lib/client/sign-in';
import type { AskedPlace } from '@/lib/cluster/rights-words';
import type { SignedIn } from '@/lib/contract/sign-in';
import { decodeSegment } from '../segments';
import { SessionsDialog } from './sessions-dialog';

const RightsDialog = lazy(() => import('./rights-dialog'));
const PasswordDialog = lazy(() => import('./password-dialog'));
const TokensDialog = lazy(() => import('./tokens/tokens-dialog'));

const ICON = { size: 14, 'aria-hidden': true } as const;

/** Who is signed in, their sessions, and the way out. */
export default function PersonMenu({ person }: { person: SignedIn }) {
  const [open, setOpen] = useState<'sessions' | 'password' | 'tokens' | 'rights' | null>(null);
  const close = () => setOpen(null);
  const place = placeOf(useParams());
  const router = useRouter();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: (to) => window.location.assign(to),
    onError: (error) => toast({ id: 'sign-out', text: errorText(error).message, tone: 'danger' }),
  });
  const trigger = (
    <IconButton label={`Signed in as ${person.name}`}>
      <UserRound size={16} aria-hidden="true" />
    </IconButton>
  );
  return (
    <>
      <Menu trigger={trigger} align="end">
        <MenuLabel>
          {person.name}
          {person.groups.length > 0 && <span className="block text-faint">{person.groups.join(', ')}</span>}
        </MenuLabel>
        <MenuItem icon={<MonitorSmartphone {...ICON} />} onSelect={() => setOpen('sessions')}>
          Your sessions…
        </MenuItem>
        {person.way === 'local' && (
          <MenuItem icon={<LockKeyhole {...ICON} />} onSelect={() => setOpen('password')}>
            Change your password…
          </MenuItem>
        )}
        <MenuItem icon={<Bot {...ICON} />} onSelect={() => setOpen('tokens')}>
          API tokens…
        </MenuItem>
        {place !== null && (
          <>
            <MenuItem icon={<KeyRound {...ICON} />} onSelect={() => setOpen('rights')}>
              What may I do?
            </MenuItem>
            <MenuItem icon={<UsersRound {...ICON} />} onSelect={() => router.push(approvalsPath(place.cluster))}>
              Approvals
            </MenuItem>
            <MenuItem icon={<ScrollText {...ICON} />} onSelect={() => router.push(auditPath(place.cluster))}>
              Audit
            </MenuItem>
          </>
        )}
        {person.way !== 'header' && (
          <MenuItem icon={<LogOut {...ICON} />} onSelect={() => leave.mutate()}>
            Sign out
          </MenuItem>
        )}
      </Menu>
      {open === 'sessions' && <SessionsDialog onClose={close} />}
      <Later fallback={null}>
        {open === 'password' && <PasswordDialog name={person.name} onClose={close} />}
        {open === 'tokens' && <TokensDialog onClose={close} />}
        {open === 'rights' && place !== null && <RightsDialog place={place} onClose={close} />}
      </Later>
    </>
  );
}

/** What the page is about; null outside of a cluster. */
function placeOf(names: Readonly<Record<string, string | string[] | undefined>>): AskedPlace | null {
  const cluster = decodeSegment(names.cluster);
  if (cluster === undefined) return null;
  return { cluster, keyspace: decodeSegment(names.keyspace) ?? null, table: decodeSegment(names.table) ?? null };
}
