import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import type { RolesAddress } from '@/lib/cluster/roles-address';
import type { Role, RolesResponse } from '@/lib/contract/roles';
import { effectiveRights, superuserPath } from '@/lib/roles/effective';
import { formatCount, plural } from '@/lib/text/format';
import type { OnAct } from './acts';
import { PathWords } from './path-words';

/** More roles than these are found by their name. */
const MOST_SHOWN = 200;

interface RoleTableProps {
  data: RolesResponse;
  address: RolesAddress;
  onChange: (change: Partial<RolesAddress>, step: 'push' | 'typed') => void;
  /** Null: whoever looks may change no roles. */
  onAct: OnAct | null;
}

/** Every role in a line; its name opens it. */
export function RoleTable({ data, address, onChange, onAct }: RoleTableProps) {
  const text = address.find.toLowerCase();
  const found = data.roles.filter(({ name }) => name.toLowerCase().includes(text));
  return (
    <Panel
      title="Roles and users"
      flush
      note={`from ${data.sources.join('; ')}`}
      actions={
        onAct !== null && (
          <Button size="sm" onClick={() => onAct({ kind: 'create' })}>
            Create a role…
          </Button>
        )
      }
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2">
        <Input
          type="search"
          aria-label="Find roles"
          placeholder="Find roles"
          className="max-w-56"
          value={address.find}
          onChange={({ target }) => onChange({ find: target.value }, 'typed')}
        />
        <p role="status" className="text-faint text-xs">
          {plural(found.length, 'role')}
          {found.length > MOST_SHOWN && `, the first ${formatCount(MOST_SHOWN)} shown`}
        </p>
      </div>
      {found.length === 0 ? (
        <EmptyState title="No matches">Clear the field to see all roles.</EmptyState>
      ) : (
        <DataTable
          caption="Roles and users"
          columns={columnsOf(data, (role) => onChange({ role }, 'push'))}
          rows={found.slice(0, MOST_SHOWN)}
          rowKey={({ name }) => name}
          rowClassName={({ name }) => (name === address.role ? 'bg-selected' : undefined)}
        />
      )}
    </Panel>
  );
}

function columnsOf({ roles, held, me }: RolesResponse, open: (name: string) => void): DataColumn<Role>[] {
  return [
    {
      id: 'role',
      header: 'Role',
      rowHeader: true,
      cell: ({ name }) => (
        <span className="inline-flex items-center gap-2">
          <button type="button" className="font-mono text-accent text-xs hover:underline" onClick={() => open(name)}>
            <Shown text={name} as="name" />
          </button>
          {name === me && <Badge tone="accent">Ringside</Badge>}
        </span>
      ),
    },
    { id: 'login', header: 'Logs in', cell: ({ canLogin }) => (canLogin ? 'yes' : 'no') },
    {
      id: 'superuser',
      header: 'Superuser',
      cell: ({ name }) => {
        const path = superuserPath(roles, name);
        if (path === null) return 'no';
        return <Badge tone="warn">{path.length === 0 ? 'yes' : <PathWords before="by" path={path} />}</Badge>;
      },
    },
    {
      id: 'has',
      header: 'Has the roles',
      mono: true,
      className: 'whitespace-normal!',
      cell: ({ memberOf }) => (memberOf === null ? 'unknown' : memberOf.join(', ') || '–'),
    },
    {
      id: 'rights',
      header: 'Rights, own / effective',
      align: 'right',
      cell: ({ name }) => {
        const rights = effectiveRights(roles, held, name);
        return `${formatCount(rights.filter(({ path }) => path.length === 0).length)} / ${formatCount(rights.length)}`;
      },
    },
    { id: 'from', header: 'Logs in from', className: 'whitespace-normal!', cell: originOf },
  ];
}

function originOf({ datacenters, cidrGroups }: Role): string {
  const places = datacenters === 'ALL' ? 'all datacenters' : datacenters;
  return cidrGroups === null || cidrGroups.length === 0 ? places : `${places}; addresses of ${cidrGroups.join(', ')}`;
}
