import { lazy, useState } from 'react';
import { EmptyState } from '@/components/ui/empty-state';
import { Later } from '@/components/ui/later';
import { useClusterLacks } from '@/lib/client/use-lacks';
import type { RolesAddress } from '@/lib/cluster/roles-address';
import type { RolesResponse } from '@/lib/contract/roles';
import type { Act } from './acts';
import { HoldersPanel } from './holders-panel';
import { OwnRolePanel } from './own-role-panel';
import { RoleNotices } from './role-notices';
import { RolePanel } from './role-panel';
import { RoleTable } from './role-table';

/** What asks for a change is there once one is asked for. */
const ActDialogs = lazy(() => import('./act-dialogs'));

interface RolesViewProps {
  cluster: string;
  data: RolesResponse;
  address: RolesAddress;
  onChange: (change: Partial<RolesAddress>, step: 'push' | 'typed') => void;
}

/** All of the page below its title; with no logins only what that means, and what to prepare. */
export function RolesView({ cluster, data, address, onChange }: RolesViewProps) {
  const [act, setAct] = useState<Act | null>(null);
  const lacksAdmin = useClusterLacks(cluster, 'admin');
  const onAct = lacksAdmin ? null : setAct;
  const role = data.roles.find(({ name }) => name === address.role);
  const open = (name: string | null) => onChange({ role: name }, 'push');
  return (
    <>
      <RoleNotices data={data} onAct={onAct} />
      {data.logins === 'checked' && (
        <>
          <RoleTable data={data} address={address} onChange={onChange} onAct={onAct} />
          {role !== undefined && <RolePanel {...{ data, role, open }} onAct={onAct} />}
          {role === undefined && address.role !== null && (
            <EmptyState title={`There is no role ${address.role}`}>
              It was dropped or renamed, or Ringside’s own role may not list it.
            </EmptyState>
          )}
          <HoldersPanel {...{ cluster, data, address, onChange, open }} />
        </>
      )}
      <OwnRolePanel cluster={cluster} canRun={data.logins === 'checked'} onAct={onAct} />
      {act !== null && (
        <Later>
          <ActDialogs {...{ cluster, data, act }} onAct={setAct} />
        </Later>
      )}
    </>
  );
}
