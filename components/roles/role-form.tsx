import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Checkbox, Input } from '@/components/ui/input';
import type { Role, RolesResponse } from '@/lib/contract/roles';
import { draftOf, draftWarnings, nameProblem, type RoleDraft, roleStatement } from '@/lib/roles/role-draft';
import type { OnAct } from './acts';
import { FormDialog } from './form-dialog';

interface RoleFormProps {
  data: RolesResponse;
  /** Null: a new one. */
  edited: Role | null;
  onAct: OnAct;
}

/** A role made, or changed in what differs. */
export function RoleForm({ data, edited, onAct }: RoleFormProps) {
  const [draft, setDraft] = useState(draftOf(edited));
  const set = (change: Partial<RoleDraft>) => setDraft({ ...draft, ...change });
  const problem = edited === null && draft.name !== '' ? nameProblem(draft.name, data.roles, data.release) : null;
  return (
    <FormDialog
      title={edited === null ? 'Create a role' : `Change ${edited.name}`}
      statement={problem === null ? roleStatement(draft, edited) : null}
      warnings={draftWarnings(draft, edited, data.me)}
      onAct={onAct}
    >
      {edited === null && (
        <Field label="Name" error={problem ?? undefined}>
          {(control) => (
            <Input
              {...control}
              mono
              autoFocus
              value={draft.name}
              onChange={({ target }) => set({ name: target.value })}
            />
          )}
        </Field>
      )}
      <Field
        label={edited === null ? 'Password' : 'New password'}
        hint={
          edited === null ? 'Leave empty for a role that others are granted.' : 'Leave empty to keep the one it has.'
        }
      >
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="new-password"
            value={draft.password}
            onChange={({ target }) => set({ password: target.value })}
          />
        )}
      </Field>
      <Checkbox checked={draft.login} onChange={({ target }) => set({ login: target.checked })}>
        It may log in
      </Checkbox>
      <Checkbox checked={draft.superuser} onChange={({ target }) => set({ superuser: target.checked })}>
        It is a superuser
      </Checkbox>
      <Field
        label="Datacenters from which it may log in"
        hint="Names separated by commas; empty for all. Others than all need CassandraNetworkAuthorizer."
      >
        {(control) => (
          <Input
            {...control}
            mono
            value={draft.datacenters}
            onChange={({ target }) => set({ datacenters: target.value })}
          />
        )}
      </Field>
    </FormDialog>
  );
}
