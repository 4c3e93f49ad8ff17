import { useQuery } from '@tanstack/react-query';
import { clustersQuery } from '@/lib/client/queries';
import type { RolesResponse } from '@/lib/contract/roles';
import type { Act, OnAct } from './acts';
import { GrantPermissionForm } from './grant-permission-form';
import { GrantRoleForm } from './grant-role-form';
import { RoleForm } from './role-form';
import { RoleReview } from './role-review';

interface ActDialogsProps {
  cluster: string;
  data: RolesResponse;
  act: Act;
  onAct: OnAct;
}

/** What is asked before roles are changed: a form makes statements, and a review shows and runs them. */
export default function ActDialogs({ cluster, data, act, onAct }: ActDialogsProps) {
  const summary = useQuery(clustersQuery()).data?.clusters.find(({ name }) => name === cluster);
  switch (act.kind) {
    case 'create':
      return <RoleForm data={data} edited={null} onAct={onAct} />;
    case 'alter': {
      const role = data.roles.find(({ name }) => name === act.role);
      return role === undefined ? null : <RoleForm data={data} edited={role} onAct={onAct} />;
    }
    case 'grantRole':
      return <GrantRoleForm data={data} to={act.role} onAct={onAct} />;
    case 'grantPermission':
      return <GrantPermissionForm cluster={cluster} data={data} to={act.role} onAct={onAct} />;
    case 'review':
      return <RoleReview cluster={cluster} summary={summary} review={act} onClose={() => onAct(null)} />;
    default:
      return act satisfies never;
  }
}
