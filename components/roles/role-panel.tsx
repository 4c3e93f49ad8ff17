import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { IconButton } from '@/components/ui/icon-button';
import { Notice } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import type { Role, RolesResponse } from '@/lib/contract/roles';
import { type EffectiveRight, effectiveRights, membersOf, rolesOf, superuserPath } from '@/lib/roles/effective';
import { PERMISSION_WORDS } from '@/lib/roles/permissions';
import { parseResource, resourceCql, resourceWords } from '@/lib/roles/resource';
import { dropRole, revokePermission, revokeRole } from '@/lib/roles/statements';
import { type OnAct, review } from './acts';
import { PathWords } from './path-words';

interface RolePanelProps {
  data: RolesResponse;
  role: Role;
  open: (name: string | null) => void;
  /** Null: whoever looks may change no roles. */
  onAct: OnAct | null;
}

/** One role: what it may do and through whom, whom it has, and who has it. */
export function RolePanel({ data, role, open, onAct }: RolePanelProps) {
  const { name } = role;
  const superuser = superuserPath(data.roles, name);
  const rights = effectiveRights(data.roles, data.held, name);
  return (
    <Panel title={<Shown text={name} as="name" />} flush actions={<RoleActions {...{ data, role, open, onAct }} />}>
      {superuser !== null && (
        <Notice tone="warn" className="m-4">
          {superuser.length === 0 ? (
            'It is a superuser: it may do everything, whatever is listed here.'
          ) : (
            <span>
              It is a superuser <PathWords before="by" path={superuser} />: it may do everything, whatever is listed
              here.
            </span>
          )}
        </Notice>
      )}
      <div className="grid gap-4 p-4 md:grid-cols-2">
        <HasRoles {...{ data, role, open, onAct }} />
        <Members {...{ data, role, open }} />
      </div>
      {rights.length === 0 ? (
        <p className="border-line border-t px-4 py-3 text-muted text-sm">
          {data.permissions === 'checked'
            ? 'No permission was granted to it or to a role that it has.'
            : 'Permissions are not checked.'}
        </p>
      ) : (
        <DataTable
          caption={`Rights of ${name}`}
          columns={rightColumns(name, onAct)}
          rows={rights}
          rowKey={({ permission, resource, path }) => JSON.stringify([permission, resource, path])}
        />
      )}
    </Panel>
  );
}

function RoleActions({ data, role: { name }, open, onAct }: RolePanelProps) {
  return (
    <>
      {onAct !== null && <RoleChanges name={name} isOwn={name === data.me} onAct={onAct} />}
      <IconButton size="sm" label="Close the role" onClick={() => open(null)}>
        <X size={14} aria-hidden="true" />
      </IconButton>
    </>
  );
}

function RoleChanges({ name, isOwn, onAct }: { name: string; isOwn: boolean; onAct: OnAct }) {
  const drop = () =>
    onAct(
      review([dropRole(name)], isOwn ? ['Ringside itself logs in with this role: it loses the cluster with it.'] : []),
    );
  return (
    <>
      <Button size="sm" onClick={() => onAct({ kind: 'alter', role: name })}>
        Change…
      </Button>
      <Button size="sm" onClick={() => onAct({ kind: 'grantRole', role: name })}>
        Grant a role…
      </Button>
      <Button size="sm" onClick={() => onAct({ kind: 'grantPermission', role: name })}>
        Grant a right…
      </Button>
      <Button size="sm" onClick={drop}>
        Drop…
      </Button>
    </>
  );
}

function HasRoles({ data, role, open, onAct }: RolePanelProps) {
  const inherited = [...rolesOf(data.roles, role.name)].filter(([, path]) => path.length > 0);
  return (
    <Names label="It has the roles" none={role.memberOf === null ? 'Not known.' : 'None.'}>
      {inherited.map(([name, path]) => (
        <li key={name} className="flex flex-wrap items-center gap-2">
          <RoleLink name={name} open={open} />
          {path.length > 1 && <PathWords before="through" path={path.slice(0, -1)} />}
          {path.length === 1 && onAct !== null && (
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Revoke ${name}…`}
              onClick={() => onAct(review([revokeRole(name, role.name)]))}
            >
              Revoke…
            </Button>
          )}
        </li>
      ))}
    </Names>
  );
}

function Members({ data, role, open }: Omit<RolePanelProps, 'onAct'>) {
  return (
    <Names label="Who has it" none="Nobody.">
      {membersOf(data.roles, role.name).map(({ role: name, path }) => (
        <li key={name} className="flex flex-wrap items-center gap-2">
          <RoleLink name={name} open={open} />
          {path.length > 1 && <PathWords before="through" path={path.slice(0, -1)} />}
        </li>
      ))}
    </Names>
  );
}

function Names({ label, none, children }: { label: string; none: string; children: readonly ReactNode[] }) {
  return (
    <section aria-label={label} className="text-sm">
      <h3 className="font-medium text-muted text-xs">{label}</h3>
      {children.length === 0 ? <p className="text-muted">{none}</p> : <ul>{children}</ul>}
    </section>
  );
}

function RoleLink({ name, open }: { name: string; open: (name: string) => void }) {
  return (
    <button type="button" className="font-mono text-accent text-xs hover:underline" onClick={() => open(name)}>
      <Shown text={name} as="name" />
    </button>
  );
}

/** Of MBeans, which are no data, the words say nothing. */
function meaningOf({ permission, resource }: EffectiveRight): string {
  const { kind } = parseResource(resource);
  return kind === 'mbean' || kind === 'all_mbeans' ? '' : (PERMISSION_WORDS[permission] ?? '');
}

function rightColumns(name: string, onAct: OnAct | null): DataColumn<EffectiveRight>[] {
  return [
    { id: 'permission', header: 'Right', rowHeader: true, mono: true, cell: ({ permission }) => permission },
    { id: 'means', header: 'It may', cell: meaningOf },
    { id: 'on', header: 'On', mono: true, cell: ({ resource }) => resourceWords(resource) },
    {
      id: 'by',
      header: 'By',
      cell: ({ path }) => (path.length === 0 ? 'itself' : <PathWords before="by" path={path} />),
    },
    {
      id: 'revoke',
      header: <span className="sr-only">Revoke</span>,
      align: 'right',
      cell: ({ permission, resource, path }) => {
        const on = resourceCql(parseResource(resource));
        if (path.length > 0 || on === null || onAct === null) return '';
        return (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Revoke ${permission} on ${resourceWords(resource)}…`}
            onClick={() => onAct(review([revokePermission(permission, on, name)]))}
          >
            Revoke…
          </Button>
        );
      },
    },
  ];
}
