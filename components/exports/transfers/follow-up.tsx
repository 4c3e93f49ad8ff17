import { lazy, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Later } from '@/components/ui/later';
import type { Transfer } from '@/lib/client/transfers';

const ManyJobSheet = lazy(() => import('@/components/edit/many/many-job-sheet'));

const LABELS = { rate: 'Rate…', again: 'Undo or try again…' } as const;

/** The way from a job that changes rows to its rate, to its undo and to its failed rows. */
export function FollowUp({ transfer: { id, follow } }: { transfer: Pick<Transfer, 'id' | 'follow'> }) {
  const [open, setOpen] = useState(false);
  if (!open && follow == null) return null;
  return (
    <>
      {follow != null && (
        <Button size="sm" onClick={() => setOpen(true)}>
          {LABELS[follow]}
        </Button>
      )}
      {open && (
        <Later>
          <ManyJobSheet id={id} onClose={() => setOpen(false)} />
        </Later>
      )}
    </>
  );
}
