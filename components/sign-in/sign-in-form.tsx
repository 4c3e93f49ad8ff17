'use client';

import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { errorText } from '@/lib/client/error-text';
import { signIn } from '@/lib/client/sign-in';

/** Name and password. @param to the page to go to then, one of this server's own */
export function SignInForm({ to }: { to: string }) {
  const password = useRef<HTMLInputElement>(null);
  const [name, setName] = useState('');
  const attempt = useMutation({
    mutationFn: () => signIn(name, password.current?.value ?? ''),
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
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4" aria-label="Sign in">
      <Field label="Name">
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
      {attempt.isError && <ErrorState {...errorText(attempt.error)} />}
      <Button type="submit" variant="primary" busy={attempt.isPending || attempt.isSuccess}>
        Sign in
      </Button>
    </form>
  );
}
