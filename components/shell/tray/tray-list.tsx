'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Progress } from '@/components/ui/progress';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import { actOf } from '@/lib/client/transfer-acts';
import type { TrayItem } from './tray-items';

interface TrayListProps {
  items: readonly TrayItem[];
  /** Somebody goes to the page of one of them. */
  onGo: () => void;
}

/** What runs, a line each: where it is shown, how far it is, and a button that stops it. */
export function TrayList({ items, onGo }: TrayListProps) {
  if (items.length === 0) {
    return (
      <p className="text-muted">
        Nothing is running. Exports, jobs and reads to the end of a table show up here, wherever you started them.
      </p>
    );
  }
  return (
    <ul aria-label="Running" className="divide-y divide-line">
      {items.map((item) => (
        <Line key={item.id} item={item} onGo={onGo} />
      ))}
    </ul>
  );
}

function Line({ item, onGo }: { item: TrayItem; onGo: () => void }) {
  const { kind, title, facts, fraction, running, href } = item;
  const name = `${kind} of ${title}`;
  return (
    <li aria-label={name} className="flex items-center gap-3 py-2 first:pt-0 last:pb-0">
      <div className="min-w-0 flex-1 space-y-1">
        <Link href={href} onClick={onGo} className="block min-h-6 truncate text-accent hover:underline" title={title}>
          <span className="text-muted">{kind} </span>
          <span className="font-mono text-xs">
            <Shown text={title} as="name" />
          </span>
        </Link>
        {running && <Progress label={`Progress: ${name}`} fraction={fraction} />}
        <p className="text-muted text-xs tabular-nums">{facts}</p>
      </div>
      <ItemAction item={item} />
    </li>
  );
}

function ItemAction({ item: { action } }: { item: TrayItem }) {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async () => {
      if (action === null) return;
      if (action.kind === 'call') return action.call();
      const { act, list } = actOf(action.transfer, action.does);
      await act();
      if (list !== null) await client.invalidateQueries({ queryKey: list, exact: true });
    },
  });
  if (action === null) return null;
  return (
    <div className="flex shrink-0 flex-col items-end gap-1">
      <Button size="sm" busy={mutation.isPending} onClick={() => mutation.mutate()}>
        {action.label}
      </Button>
      {mutation.error !== null && (
        <p role="alert" className="max-w-40 text-danger text-xs">
          {errorText(mutation.error).message}
        </p>
      )}
    </div>
  );
}
