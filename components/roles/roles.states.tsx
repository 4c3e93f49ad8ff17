import { ignore, type SharedPart } from '@/components/ui/states';
import type { HeldPermission, Role, RolesResponse } from '@/lib/contract/roles';
import { review } from './acts';
import { RoleNotices } from './role-notices';
import { RoleOutcomes } from './role-outcomes';
import { RolePanel } from './role-panel';
import { RoleTable } from './role-table';

const role = (name: string, memberOf: string[], more: Partial<Role> = {}): Role => ({
  name,
  ...{ canLogin: false, isSuperuser: false, memberOf, datacenters: 'ALL', cidrGroups: [], options: {} },
  ...more,
});
const held = (name: string, permission: string, resource: string): HeldPermission => ({
  role: name,
  permission,
  resource,
});

export const ROLES: RolesResponse = {
  me: 'ringside',
  logins: 'checked',
  permissions: 'checked',
  isWhole: true,
  roles: [
    role('ada', ['analysts'], { canLogin: true }),
    role('analysts', ['staff']),
    role('cassandra', [], { canLogin: true, isSuperuser: true }),
    role('grace', ['cassandra'], { canLogin: true, datacenters: 'dc1', cidrGroups: ['office'] }),
    role('ringside', [], { canLogin: true }),
    role('staff', []),
  ],
  held: [
    held('staff', 'SELECT', '<keyspace shop>'),
    held('analysts', 'MODIFY', '<table shop.orders>'),
    held('ada', 'SELECT', '<table shop.orders>'),
  ],
  missing: [],
  sources: ['LIST ROLES', 'LIST ALL PERMISSIONS'],
  auth: null,
  release: '5.0.9',
  asOf: '2026-11-30T10:00:00.000Z',
};

const ADDRESS = { find: '', role: 'ada', keyspace: null, table: null };
const PARTLY: RolesResponse = {
  ...ROLES,
  isWhole: false,
  missing: [
    {
      what: 'Other roles and their rights',
      why: 'ringside may list only itself and the roles that it has.',
      grant: 'GRANT DESCRIBE ON ALL ROLES TO ringside',
    },
  ],
};
const OFF: RolesResponse = {
  ...ROLES,
  ...{ me: null, logins: 'off', permissions: 'unknown', roles: [], held: [] },
  auth: {
    replication: { class: 'org.apache.cassandra.locator.SimpleStrategy', replication_factor: '1' },
    datacenters: [
      { name: 'dc1', nodes: 3 },
      { name: 'dc2', nodes: 2 },
    ],
  },
};
const STATEMENTS = review(["CREATE ROLE bo WITH PASSWORD = 'p'", 'GRANT staff TO bo', 'GRANT analysts TO bo']);
const REFUSED = {
  code: 'unauthorized' as const,
  message: 'This user lacks the permission.',
  hint: 'The details name the missing permission; a superuser can GRANT it.',
  retryable: false,
};

const panel = (name: string) => {
  const found = ROLES.roles.find((one) => one.name === name);
  return found === undefined ? null : <RolePanel data={ROLES} role={found} open={ignore} onAct={ignore} />;
};

export const rolesStates: SharedPart = {
  name: 'roles',
  states: {
    'all roles': {
      draw: () => <RoleTable data={ROLES} address={ADDRESS} onChange={ignore} onAct={ignore} />,
      shows: [
        ['table', 'Roles and users'],
        ['button', 'Create a role…'],
      ],
    },
    'one role': {
      draw: () => panel('ada'),
      shows: [
        ['table', 'Rights of ada'],
        ['region', 'It has the roles'],
      ],
    },
    'a superuser by another role': { draw: () => panel('grace'), shows: [['note']] },
    'some may not be seen': { draw: () => <RoleNotices data={PARTLY} onAct={ignore} />, shows: [['note']] },
    'no logins': { draw: () => <RoleNotices data={OFF} onAct={ignore} />, shows: [['note']] },
    'a statement was refused': {
      draw: () => (
        <RoleOutcomes
          statements={STATEMENTS.statements}
          outcomes={[
            { applied: 'applied', error: null },
            { applied: 'not_applied', error: REFUSED },
          ]}
          onClose={ignore}
        />
      ),
      shows: [['dialog'], ['button', 'Close']],
      covers: true,
    },
  },
};
