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
import type { ActionsOf, Transfer, TransferAction } from '@/lib/client/transfers';
import { formatBytes, plural } from '@/lib/text/format';
import { saves } from '../disk/saves';
import { ActionButton } from './action-button';
import { exportListQuery, stopExport } from './watch';

type Act = (id: string) => Promise<unknown>;

/** How each kind does what its transfers say they can. */
const ACTS: { readonly [Kind in Transfer['kind']]: Readonly<Record<ActionsOf[Kind], Act>> } = {
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

const FACES: Readonly<Record<Exclude<TransferAction, 'delete' | 'forget'>, Face>> = {
  pause: { label: 'Pause', Icon: Pause },
  resume: { label: 'Resume', Icon: Play, variant: 'primary' },
  restart: { label: 'Begin anew', Icon: RotateCcw },
  cancel: { label: 'Cancel', Icon: Ban },
  stop: { label: 'Stop', Icon: Square },
};

/** The lists that show what became of it; files of this page show it by themselves. */
const LISTS: Readonly<Record<Transfer['kind'], readonly string[] | null>> = {
  job: jobsQuery().queryKey,
  download: exportListQuery().queryKey,
  file: null,
};

/** What can be done with a transfer as it stands, a button each. */
export function TransferActions({ transfer }: { transfer: Transfer }) {
  const { kind, id, can } = transfer;
  const acts: Partial<Record<TransferAction, Act>> = ACTS[kind];
  return can.map((action) => {
    const act = async () => acts[action]?.(id);
    if (action === 'delete') return <DeleteButton key={action} transfer={transfer} act={act} />;
    if (action === 'forget') return <ForgetButton key={action} transfer={transfer} act={act} />;
    const { label, Icon, variant } = FACES[action];
    const icon = <Icon size={12} aria-hidden="true" />;
    return (
      <ActionButton key={action} act={act} list={LISTS[kind]} icon={icon} variant={variant}>
        {label}
      </ActionButton>
    );
  });
}

interface ActProps {
  transfer: Transfer;
  act: () => Promise<unknown>;
}

function ForgetButton({ transfer: { output, title }, act }: ActProps) {
  const name = output.kind === 'file' ? output.name : title;
  return (
    <IconButton size="sm" label={`Take ${name} off this list; the file stays`} onClick={() => void act()}>
      <X size={14} aria-hidden="true" />
    </IconButton>
  );
}

/** Deleting removes files: what and where is said first. */
function DeleteButton({ transfer: { title, bytes, output }, act }: ActProps) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: act,
    onSuccess: () => client.invalidateQueries({ queryKey: jobsQuery().queryKey, exact: true }),
  });
  if (output.kind !== 'directory') return null;
  return (
    <>
      <Button size="sm" icon={<Trash2 size={12} aria-hidden="true" />} onClick={() => setOpen(true)}>
        Delete
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
