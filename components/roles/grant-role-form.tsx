import { useState } from 'react';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import type { RolesResponse } from '@/lib/contract/roles';
import { rolesOf, superuserPath } from '@/lib/roles/effective';
import { grantRole } from '@/lib/roles/statements';
import type { OnAct } from './acts';
import { FormDialog } from './form-dialog';

interface GrantRoleFormProps {
  data: RolesResponse;
  to: string;
  onAct: OnAct;
}

/** Another role granted to one; Cassandra refuses one that it has already, and circles. */
export function GrantRoleForm({ data: { roles }, to, onAct }: GrantRoleFormProps) {
  const [granted, setGranted] = useState('');
  const has = rolesOf(roles, to);
  const offered = roles.filter(({ name }) => !has.has(name) && !rolesOf(roles, name).has(to));
  const isSuperuser = granted !== '' && superuserPath(roles, granted) !== null;
  return (
    <FormDialog
      title={`Grant a role to ${to}`}
      description="It gets every right of that role, and of the roles which that one has."
      statement={granted === '' ? null : grantRole(granted, to)}
      warnings={isSuperuser ? [`${granted} is a superuser, so ${to} becomes one: it may do everything.`] : []}
      onAct={onAct}
    >
      <Field
        label="Role to grant"
        hint={offered.length === 0 ? 'There is no role that it could be granted.' : undefined}
      >
        {(control) => (
          <Select {...control} value={granted} onChange={({ target }) => setGranted(target.value)}>
            <option value="">Choose a role</option>
            {offered.map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </Select>
        )}
      </Field>
    </FormDialog>
  );
}
