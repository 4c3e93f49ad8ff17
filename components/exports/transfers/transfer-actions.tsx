'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Ban, type LucideIcon, Pause, Play, RotateCcw, Square, Trash2, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { ActionButton } from '@/components/shell/action-button';
import { Button, type ButtonVariant } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { IconButton } from '@/components/ui/icon-button';
import { errorText } from '@/lib/client/error-text';
import { actOf } from '@/lib/client/transfer-acts';
import type { Transfer, TransferAction } from '@/lib/client/transfers';
import { formatBytes, plural } from '@/lib/text/format';

interface Face {
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly variant?: ButtonVariant;
}

const FACES: Readonly<Record<Exclude<TransferAction, 'forget'>, Face>> = {
  pause: { label: 'Pause', Icon: Pause },
  resume: { label: 'Resume', Icon: Play, variant: 'primary' },
  restart: { label: 'Start over', Icon: RotateCcw },
  cancel: { label: 'Cancel', Icon: Ban },
  stop: { label: 'Stop', Icon: Square },
  delete: { label: 'Delete', Icon: Trash2 },
};

/** What can be done with a transfer now, a button each. */
export function TransferActions({ transfer }: { transfer: Transfer }) {
  return transfer.can.map((action) => {
    const { act, list } = actOf(transfer, action);
    if (action === 'forget') return <ForgetButton key={action} transfer={transfer} act={act} />;
    const { label, Icon, variant } = FACES[action];
    const icon = <Icon size={12} aria-hidden="true" />;
    const question = questionOf(action, transfer);
    if (question === null) {
      return (
        <ActionButton key={action} act={act} list={list} icon={icon} variant={variant}>
          {label}
        </ActionButton>
      );
    }
    return (
      <AskingButton key={action} act={act} list={list} icon={icon} label={label} question={question}>
        {transfer.output.kind === 'directory' && <code className="break-all text-xs">{transfer.output.path}</code>}
      </AskingButton>
    );
  });
}

interface Question {
  readonly title: string;
  readonly description: string;
  readonly keep: string;
  readonly go: string;
}

/** What to confirm before something that cannot be undone; null: it can be. */
function questionOf(action: TransferAction, transfer: Transfer): Question | null {
  const { title, bytes, output, changes, spark } = transfer;
  if (output.kind !== 'directory') return null;
  const files = filesOf(transfer, output.parts.length);
  if (action === 'delete') {
    return {
      title: `Delete the job of ${title}?`,
      description: `This removes ${files} (${formatBytes(bytes)}) from the server’s disk.${changes === undefined ? '' : NO_UNDO}`,
      keep: 'Keep',
      go: 'Delete the files',
    };
  }
  if (action !== 'cancel') return null;
  if (spark !== undefined) {
    return {
      title: `Cancel the job of ${title}?`,
      description:
        'This ends the application on Spark. It cannot be resumed, and what it wrote so far is not complete.',
      keep: 'Keep the job',
      go: 'Cancel the job',
    };
  }
  return {
    title: `Cancel the job of ${title}?`,
    description: `A cancelled job cannot be resumed. Its ${changes === undefined ? files : 'journal and failed rows'} (${formatBytes(bytes)}) stay on the server’s disk until you delete it. To stop it for now, pause it.`,
    keep: 'Keep the job',
    go: 'Cancel the job',
  };
}

const NO_UNDO = ' Without the journal, the rows that it changed cannot be changed back.';

function filesOf({ changes }: Transfer, parts: number): string {
  return changes === undefined ? plural(parts, 'part') : 'its journal of old values and its file of failed rows';
}

interface ActProps {
  act: () => Promise<unknown>;
}

function ForgetButton({ transfer: { output, title }, act }: ActProps & { transfer: Transfer }) {
  const name = output.kind === 'file' ? output.name : title;
  return (
    <IconButton size="sm" label={`Remove ${name} from this list; the file stays`} onClick={() => void act()}>
      <X size={14} aria-hidden="true" />
    </IconButton>
  );
}

interface AskingButtonProps extends ActProps {
  list: readonly string[] | null;
  icon: ReactNode;
  label: string;
  question: Question;
  children: ReactNode;
}

/** A button that asks first: it says what it does, and to what. */
function AskingButton({ act, list, icon, label, question, children }: AskingButtonProps) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const action = useMutation({
    mutationFn: act,
    onSuccess: async () => {
      if (list !== null) await client.invalidateQueries({ queryKey: list, exact: true });
      setOpen(false);
    },
  });
  return (
    <>
      <Button size="sm" icon={icon} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        width="sm"
        title={question.title}
        description={question.description}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{question.keep}</Button>
            <Button variant="danger" busy={action.isPending} onClick={() => action.mutate()}>
              {question.go}
            </Button>
          </>
        }
      >
        {children}
        {action.error !== null && <ErrorState className="mt-2" {...errorText(action.error)} />}
      </Dialog>
    </>
  );
}
