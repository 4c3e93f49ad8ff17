import { useQuery } from '@tanstack/react-query';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Select } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { schemaQuery } from '@/lib/client/queries';
import type { RolesAddress } from '@/lib/cluster/roles-address';
import type { RolesResponse } from '@/lib/contract/roles';
import { type EffectiveRight, type Holder, holdersOf } from '@/lib/roles/effective';
import { resourceWords } from '@/lib/roles/resource';
import { PathWords } from './path-words';

interface HoldersPanelProps {
  cluster: string;
  data: RolesResponse;
  address: RolesAddress;
  onChange: (change: Partial<RolesAddress>, step: 'push') => void;
  open: (name: string) => void;
}

/** Who may do what on a keyspace or a table, by superuser, by its own right or by a role that it has. */
export function HoldersPanel({ cluster, data, address: { keyspace, table }, onChange, open }: HoldersPanelProps) {
  const keyspaces = useQuery(schemaQuery(cluster)).data?.keyspaces ?? [];
  const tables = keyspaces.find(({ name }) => name === keyspace)?.tables ?? [];
  const holders = keyspace === null ? [] : holdersOf(data.roles, data.held, { keyspace, table });
  return (
    <Panel
      title="Who may do what here"
      flush
      note={
        data.isWhole ? 'by all permissions' : 'among the roles that Ringside’s own role may list: others may be missing'
      }
    >
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <Select
          aria-label="Keyspace to ask about"
          className="max-w-56"
          value={keyspace ?? ''}
          onChange={({ target }) => onChange({ keyspace: target.value || null }, 'push')}
        >
          <option value="">Choose a keyspace</option>
          {optionsOf(
            keyspaces.map(({ name }) => name),
            keyspace,
          )}
        </Select>
        {keyspace !== null && (
          <Select
            aria-label="Table to ask about"
            className="max-w-56"
            value={table ?? ''}
            onChange={({ target }) => onChange({ table: target.value || null }, 'push')}
          >
            <option value="">The keyspace itself</option>
            {optionsOf(
              tables.map(({ name }) => name),
              table,
            )}
          </Select>
        )}
      </div>
      {keyspace !== null && data.permissions === 'off' && (
        <p className="px-4 pb-3 text-sm">Every role that logs in may do everything: permissions are not checked.</p>
      )}
      {keyspace !== null && data.permissions !== 'off' && holders.length === 0 && (
        <p className="px-4 pb-3 text-muted text-sm">No role that is listed may do anything here.</p>
      )}
      {holders.length > 0 && (
        <DataTable
          caption={`Who may do what on ${keyspace}${table === null ? '' : `.${table}`}`}
          columns={columnsOf(open)}
          rows={holders}
          rowKey={({ role }) => role.name}
        />
      )}
    </Panel>
  );
}

/** A name of the address that the schema lacks is still shown, as what was asked. */
function optionsOf(names: readonly string[], chosen: string | null) {
  const all = chosen === null || names.includes(chosen) ? names : [chosen, ...names];
  return all.map((name) => <option key={name}>{name}</option>);
}

function columnsOf(open: (name: string) => void): DataColumn<Holder>[] {
  return [
    {
      id: 'role',
      header: 'Role',
      rowHeader: true,
      cell: ({ role: { name } }) => (
        <button type="button" className="font-mono text-accent text-xs hover:underline" onClick={() => open(name)}>
          <Shown text={name} as="name" />
        </button>
      ),
    },
    { id: 'login', header: 'Logs in', cell: ({ role }) => (role.canLogin ? 'yes' : 'no') },
    { id: 'may', header: 'May', className: 'whitespace-normal!', cell: (holder) => <Rights holder={holder} /> },
  ];
}

function Rights({ holder: { superuser, rights } }: { holder: Holder }) {
  return (
    <ul>
      {superuser !== null && (
        <li>everything: superuser {superuser.length > 0 && <PathWords before="by" path={superuser} />}</li>
      )}
      {rights.map((right) => (
        <li key={right.permission}>
          <code className="font-mono text-xs">{right.permission}</code> <Reason right={right} />
        </li>
      ))}
    </ul>
  );
}

function Reason({ right: { resource, path } }: { right: EffectiveRight }) {
  return (
    <span className="text-faint text-xs">
      on <Shown text={resourceWords(resource)} as="text" />
      {path.length > 0 && (
        <>
          , <PathWords before="by" path={path} />
        </>
      )}
    </span>
  );
}
