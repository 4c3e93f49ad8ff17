import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { schemaQuery } from '@/lib/client/queries';
import type { RolesResponse } from '@/lib/contract/roles';
import { GRANT_KINDS, type GrantKind, KIND_WORDS, PERMISSION_WORDS, permissionsOn } from '@/lib/roles/permissions';
import { type Resource, resourceCql } from '@/lib/roles/resource';
import { grantPermission } from '@/lib/roles/statements';
import type { OnAct } from './acts';
import { FormDialog } from './form-dialog';

interface GrantPermissionFormProps {
  cluster: string;
  data: RolesResponse;
  to: string;
  onAct: OnAct;
}

interface Chosen {
  readonly kind: GrantKind;
  readonly keyspace: string;
  readonly table: string;
  readonly role: string;
  readonly permission: string;
}

const NOTHING: Chosen = { kind: 'table', keyspace: '', table: '', role: '', permission: '' };

/** A right granted on a table, a keyspace, functions or roles. */
export function GrantPermissionForm({ cluster, data, to, onAct }: GrantPermissionFormProps) {
  const [chosen, setChosen] = useState(NOTHING);
  const set = (change: Partial<Chosen>) => setChosen({ ...chosen, ...change });
  const { kind, permission } = chosen;
  const resource = resourceOf(chosen);
  const on = resource === null ? null : resourceCql(resource);
  const permissions = permissionsOn(kind, data.release);
  return (
    <FormDialog
      title={`Grant a right to ${to}`}
      statement={on === null || permission === '' ? null : grantPermission(permission, on, to)}
      warnings={warningsOf(chosen)}
      onAct={onAct}
    >
      <Choice
        label="On"
        value={kind}
        options={GRANT_KINDS.map((one) => [one, KIND_WORDS[one]])}
        onChoose={(text) => set({ ...NOTHING, kind: GRANT_KINDS.find((one) => one === text) ?? 'table' })}
      />
      <ResourceFields {...{ cluster, data, chosen, set }} />
      <Choice
        label="Right"
        value={permission}
        options={permissions.map((one) => [one, `${one}: ${PERMISSION_WORDS[one] ?? ''}`])}
        onChoose={(text) => set({ permission: text })}
      />
    </FormDialog>
  );
}

interface ResourceFieldsProps extends Pick<GrantPermissionFormProps, 'cluster' | 'data'> {
  chosen: Chosen;
  set: (change: Partial<Chosen>) => void;
}

/** Which keyspace, table or role, where the kind is of one. */
function ResourceFields({ cluster, data, chosen: { kind, keyspace, table, role }, set }: ResourceFieldsProps) {
  const keyspaces = useQuery(schemaQuery(cluster)).data?.keyspaces ?? [];
  const tables = keyspaces.find(({ name }) => name === keyspace)?.tables ?? [];
  return (
    <>
      {(kind === 'table' || kind === 'keyspace' || kind === 'keyspace_functions') && (
        <Choice
          label="Keyspace"
          value={keyspace}
          options={keyspaces.map(({ name }) => [name, name])}
          onChoose={(text) => set({ keyspace: text, table: '' })}
        />
      )}
      {kind === 'table' && keyspace !== '' && (
        <Choice
          label="Table"
          value={table}
          options={tables.map(({ name }) => [name, name])}
          onChoose={(text) => set({ table: text })}
        />
      )}
      {kind === 'role' && (
        <Choice
          label="Role"
          value={role}
          options={data.roles.map(({ name }) => [name, name])}
          onChoose={(text) => set({ role: text })}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
  onChoose: (value: string) => void;
}

function Choice({ label, value, options, onChoose }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={({ target }) => onChoose(target.value)}>
          <option value="">Choose</option>
          {options.map(([name, text]) => (
            <option key={name} value={name}>
              {text}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

/** Null: not chosen yet. */
function resourceOf({ kind, keyspace, table, role }: Chosen): Resource | null {
  switch (kind) {
    case 'table':
      return keyspace === '' || table === '' ? null : { kind, keyspace, table };
    case 'keyspace':
    case 'keyspace_functions':
      return keyspace === '' ? null : { kind, keyspace };
    case 'role':
      return role === '' ? null : { kind, name: role };
    case 'all_keyspaces':
    case 'all_roles':
      return { kind };
    default:
      return kind satisfies never;
  }
}

function warningsOf({ kind, permission }: Chosen): readonly string[] {
  const readsAll = kind === 'all_keyspaces' && permission === 'SELECT';
  const writesAll = kind === 'all_keyspaces' && permission === 'MODIFY';
  if (readsAll) return ['All keyspaces include system_auth, where the password hashes are.'];
  return writesAll ? ['All keyspaces include system_auth: who writes there can make itself a superuser.'] : [];
}
