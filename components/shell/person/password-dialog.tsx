'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toasts';
import { changePassword } from '@/lib/client/people';
import { sessionsQuery } from '@/lib/client/sign-in';
import { PasswordForm } from './password-form';

/** Changes the password of a person whose password Ringside keeps. */
export default function PasswordDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: ({ current, password }: { current: string; password: string }) => changePassword(current, password),
    onSuccess: () => {
      toast({ id: 'password', text: 'Your password was changed. Your other sessions and your API tokens have ended.' });
      void client.invalidateQueries(sessionsQuery());
      onClose();
    },
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Change your password"
      description="Your other sessions and your API tokens end. This browser stays signed in."
    >
      <PasswordForm
        name={name}
        busy={change.isPending}
        error={change.error}
        onChange={(current, password) => change.mutate({ current, password })}
      />
    </Dialog>
  );
}
