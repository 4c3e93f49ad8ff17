'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, type LucideIcon, Pause, Play, RotateCcw, Square, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { errorText } from '@/lib/client/error-text';
import { actOnJob, deleteJob, jobsQuery } from '@/lib/client/jobs';
import type { Transfer, TransferAction } from '@/lib/client/transfers';
import { formatBytes, plural } from '@/lib/text/format';
import { saves } from '../disk/saves';
import { exportListQuery, stopExport } from './watch';

type Act = (id: string) => Promise<unknown>;

/** How each kind does what its transfers say they can. */
const ACTS: Readonly<Record<Transfer['kind'], Partial<Record<TransferAction, Act>>>> = {
  job: {
    pause: (id) => actOnJob(id, 'pause'),
    resume: (id) => actOnJob(id, 'resume'),
    cancel: (id) => actOnJob(id, 'cancel'),
    delete: deleteJob,
  },
  download: { stop: stopExport },
  file: {
    stop: async (id) => saves.stop(id),
    resume: async (id) => saves.resume(id),
    restart: async (id) => saves.restart(id),
    forget: (id) => saves.forget(id),
  },
};

interface Face {
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly variant?: ButtonVariant;
}

const FACES: Readonly<Record<Exclude<TransferAction, 'forget'>, Face>> = {
  pause: { label: 'Pause', Icon: Pause },
  resume: { label: 'Resume', Icon: Play, variant: 'primary' },
  restart: { label: 'Begin anew', Icon: RotateCcw },
  cancel: { label: 'Cancel', Icon: Ban },
  stop: { label: 'Stop', Icon: Square },
  delete: { label: 'Delete', Icon: Trash2 },
};

/** What can be done with a transfer as it stands, a button each. */
export function TransferActions({ transfer }: { transfer: Transfer }) {
  return transfer.can.map((action) => {
    if (action === 'delete') return <DeleteButton key={action} transfer={transfer} />;
    if (action === 'forget') return <ForgetButton key={action} transfer={transfer} />;
    return <ActionButton key={action} transfer={transfer} action={action} />;
  });
}

/** The lists that show what became of it; this page's own files show it themselves. */
const LISTS: Readonly<Record<Transfer['kind'], readonly string[] | null>> = {
  job: jobsQuery().queryKey,
  download: exportListQuery().queryKey,
  file: null,
};

function useAct({ kind, id }: Transfer, action: TransferAction) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => ACTS[kind][action]?.(id),
    onSettled: async () => {
      const queryKey = LISTS[kind];
      if (queryKey !== null) await client.invalidateQueries({ queryKey, exact: true });
    },
  });
}

interface ActionButtonProps {
  transfer: Transfer;
  action: keyof typeof FACES;
}

/** A small button that says when what it asks for was refused. */
function ActionButton({ transfer, action }: ActionButtonProps) {
  const act = useAct(transfer, action);
  const { label, Icon, variant } = FACES[action];
  return (
    <>
      {act.error !== null && (
        <span role="alert" className="text-danger text-xs">
          {errorText(act.error).message}
        </span>
      )}
      <Button
        size="sm"
        variant={variant}
        busy={act.isPending}
        icon={<Icon size={12} aria-hidden="true" />}
        onClick={() => act.mutate()}
      >
        {label}
      </Button>
    </>
  );
}

function ForgetButton({ transfer }: { transfer: Transfer }) {
  const { mutate } = useAct(transfer, 'forget');
  const { output, title } = transfer;
  const name = output.kind === 'file' ? output.name : title;
  return (
    <IconButton size="sm" label={`Take ${name} off this list; the file stays`} onClick={() => mutate()}>
      <X size={14} aria-hidden="true" />
    </IconButton>
  );
}

/** Deleting removes files: what and where is said first. */
function DeleteButton({ transfer }: { transfer: Transfer }) {
  const [open, setOpen] = useState(false);
  const remove = useAct(transfer, 'delete');
  const { title, bytes, output } = transfer;
  const { label, Icon } = FACES.delete;
  if (output.kind !== 'directory') return null;
  return (
    <>
      <Button size="sm" icon={<Icon size={12} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width="sm"
        title={`Delete the job of ${title}?`}
        description={`${plural(output.parts.length, 'part')}, ${formatBytes(bytes)}, are removed from the server’s disk.`}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>Keep</Button>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              Delete the files
            </Button>
          </>
        }
      >
        <code className="break-all text-xs">{output.path}</code>
        {remove.error !== null && <ErrorState className="mt-2" {...errorText(remove.error)} />}
      </Dialog>
    </>
  );
}
