'use client';

import { useMutation } from '@tanstack/react-query';
import { LogOut, MonitorSmartphone, ScrollText, UserRound } from 'lucide-react';
import { useParams, useRouter } from 'next/navigation';
import { useState } from 'react';
import { IconButton } from '@/components/ui/icon-button';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/menu';
import { toast } from '@/components/ui/toasts';
import { auditPath } from '@/lib/client/audit-path';
import { errorText } from '@/lib/client/error-text';
import { signOut } from '@/lib/client/sign-in';
import type { SignedIn } from '@/lib/contract/sign-in';
import { decodeSegment } from '../segments';
import { SessionsDialog } from './sessions-dialog';

const ICON = { size: 14, 'aria-hidden': true } as const;

/** Who is signed in, their sessions, and the way out. */
export default function PersonMenu({ person }: { person: SignedIn }) {
  const [showsSessions, setShowsSessions] = useState(false);
  const { cluster } = useParams<{ cluster?: string }>();
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
        <MenuItem icon={<MonitorSmartphone {...ICON} />} onSelect={() => setShowsSessions(true)}>
          Your sessions…
        </MenuItem>
        {cluster !== undefined && (
          <MenuItem
            icon={<ScrollText {...ICON} />}
            onSelect={() => router.push(auditPath(decodeSegment(cluster) ?? cluster))}
          >
            Audit
          </MenuItem>
        )}
        {person.way !== 'header' && (
          <MenuItem icon={<LogOut {...ICON} />} onSelect={() => leave.mutate()}>
            Sign out
          </MenuItem>
        )}
      </Menu>
      {showsSessions && <SessionsDialog onClose={() => setShowsSessions(false)} />}
    </>
  );
}
