import { Field } from '@/components/ui/field';
import { Checkbox, Select } from '@/components/ui/input';
import { type EditPartProps, secretChoice } from '@/lib/cluster/edit-form';
import type { ClusterEdit, ConfigurationView } from '@/lib/contract/configured';
import { VerifyChoice } from '../verify-choice';
import { TextField } from './text-field';

type LoginFieldsProps = EditPartProps & { secrets: ConfigurationView['secrets']; before: ClusterEdit };

/** How Ringside logs in. A password is never typed here: it is one of the configuration's list, or stays where it is. */
export function LoginFields({ secrets, before, ...part }: LoginFieldsProps) {
  const { form, onChange } = part;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <div className="flex flex-col gap-2">
          <LoginChoice {...part} name="username" label="User" secrets={secrets} isKept={before.username === 'kept'} />
          {form.username === 'text' && <TextField {...part} name="usernameText" label="User name" />}
        </div>
        <LoginChoice {...part} name="password" label="Password" secrets={secrets} isKept={before.password === 'kept'} />
      </div>
      <Checkbox checked={form.tls} onChange={(event) => onChange({ tls: event.target.checked })}>
        Use TLS
      </Checkbox>
      {form.tls && (
        <>
          <TextField
            {...part}
            name="serverName"
            label="Server name"
            hint="The name in the certificate, if it differs."
          />
          <VerifyChoice checked={form.verify} onChange={(verify) => onChange({ verify })} />
        </>
      )}
    </>
  );
}

type LoginChoiceProps = EditPartProps & {
  name: 'username' | 'password';
  label: string;
  secrets: ConfigurationView['secrets'];
  isKept: boolean;
};

function LoginChoice({ form, errors, onChange, name, label, secrets, isKept }: LoginChoiceProps) {
  const hint =
    secrets.length === 0
      ? 'Secrets come from the list “secrets” in the configuration file, which has none yet.'
      : 'Each secret may be sent only to the contact points that the configuration lists for it.';
  return (
    <Field label={label} hint={hint} error={errors[name]}>
      {(control) => (
        <Select {...control} value={form[name]} onChange={(event) => onChange({ [name]: event.target.value })}>
          <option value="none">none</option>
          {name === 'username' && <option value="text">typed here</option>}
          {isKept && <option value="kept">as in the file</option>}
          {secrets.map((secret) => (
            <option key={secret.name} value={secretChoice(secret.name)}>
              {secret.name} (for {secret.contactPoints.join(', ')})
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
