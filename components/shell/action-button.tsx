'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { errorText } from '@/lib/client/error-text';

interface ActionButtonProps {
  act: () => Promise<unknown>;
  /** The list to reload afterwards; null: it updates without that. */
  list: readonly string[] | null;
  icon: ReactNode;
  variant?: ButtonVariant | undefined;
  children: string;
}

/** A small button for one request to the server; it says when the server refused. */
export function ActionButton({ act, list, icon, variant, children }: ActionButtonProps) {
  const client = useQueryClient();
  const action = useMutation({
    mutationFn: act,
    onSettled: async () => {
      if (list !== null) await client.invalidateQueries({ queryKey: list, exact: true });
    },
  });
  return (
    <>
      {action.error !== null && (
        <span role="alert" className="text-danger text-xs">
          {errorText(action.error).message}
        </span>
      )}
      <Button size="sm" variant={variant} busy={action.isPending} icon={icon} onClick={() => action.mutate()}>
        {children}
      </Button>
    </>
  );
}
