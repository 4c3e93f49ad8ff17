import { type FormEvent, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { SHORTEST_PASSWORD } from '@/lib/contract/sign-in';

interface PasswordFormProps {
  /** Whose password it is, for the browser's own store of passwords. */
  name: string;
  busy: boolean;
  /** Why it was not changed; null: it was not tried, or it was. */
  error: unknown;
  onChange: (current: string, password: string) => void;
}

/** The current password, and a new one twice. */
export function PasswordForm({ name, busy, error, onChange }: PasswordFormProps) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isTold, setIsTold] = useState(false);
  const isSame = password === again;
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    setIsTold(!isSame);
    if (isSame) onChange(current, password);
  };
  const hint = `At least ${SHORTEST_PASSWORD} characters, not a common password, and more than your name.`;
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4" aria-label="Change your password">
      <input className="sr-only" tabIndex={-1} aria-hidden="true" autoComplete="username" readOnly value={name} />
      <PasswordField label="Current password" kind="current-password" value={current} onValue={setCurrent} />
      <PasswordField label="New password" kind="new-password" value={password} onValue={setPassword} hint={hint} />
      <PasswordField
        label="New password once more"
        kind="new-password"
        value={again}
        onValue={setAgain}
        {...(isTold && !isSame ? { error: 'The two new passwords differ.' } : {})}
      />
      {error !== null && <ErrorState title="Your password was not changed" {...errorText(error)} />}
      <Button type="submit" variant="primary" className="self-start" busy={busy}>
        Change
      </Button>
    </form>
  );
}

interface PasswordFieldProps {
  label: string;
  kind: 'current-password' | 'new-password';
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  error?: string;
}

function PasswordField({ label, kind, value, onValue, ...said }: PasswordFieldProps) {
  return (
    <Field label={label} {...said}>
      {(control) => (
        <Input
          {...control}
          type="password"
          autoComplete={kind}
          required
          value={value}
          onChange={({ target }) => onValue(target.value)}
        />
      )}
    </Field>
  );
}
