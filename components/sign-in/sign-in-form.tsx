'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { signIn } from '@/lib/client/sign-in';

/** Whose name and password it is: Ringside's own, or a Cassandra role's of a cluster. */
export interface PasswordWay {
  /** Null: a user of Ringside. */
  readonly cluster: string | null;
  readonly label: string;
}

interface SignInFormProps {
  /** The page to go to then, one of this server's own. */
  to: string;
  /** At least one; several are offered for choice. */
  ways: readonly PasswordWay[];
}

/** Name and password. */
export function SignInForm({ to, ways }: SignInFormProps) {
  const password = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const [at, setAt] = useState(0);
  const way = ways[at];
  const attempt = useMutation({
    mutationFn: () => signIn(name, password.current?.value ?? '', way?.cluster ?? undefined),
    // Everything is loaded once more, as this person.
    onSuccess: () => window.location.assign(to),
    onError: () => {
      if (password.current === null) return;
      password.current.value = '';
      password.current.focus();
    },
  });
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    attempt.mutate();
  };
  const isRole = way !== undefined && way.cluster !== null;
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4" aria-label="Sign in">
      {ways.length > 1 && <WayField ways={ways} at={at} onChoose={setAt} />}
      <Field label={isRole ? 'Cassandra role' : 'Name'}>
        {(control) => (
          <Input
            {...control}
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            autoFocus
            required
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <Input {...control} ref={password} type="password" name="password" autoComplete="current-password" required />
        )}
      </Field>
      {isRole && (
        <p className="text-muted text-sm">
          You read and change {way.label} with the rights of this role. Ringside keeps the password in memory alone, so
          a restart of Ringside signs you out.
        </p>
      )}
      {attempt.isError && <ErrorState {...errorText(attempt.error)} />}
      <Button type="submit" variant="primary" busy={attempt.isPending || attempt.isSuccess}>
        Sign in
      </Button>
    </form>
  );
}

function WayField({
  ways,
  at,
  onChoose,
}: Pick<SignInFormProps, 'ways'> & { at: number; onChoose: (at: number) => void }) {
  return (
    <Field label="Sign in with">
      {(control) => (
        <Select {...control} value={at} onChange={({ target }) => onChoose(Number(target.value))}>
          {ways.map(({ cluster, label }, index) => (
            <option key={cluster} value={index}>
              {cluster === null ? label : `Cassandra role of ${label}`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
