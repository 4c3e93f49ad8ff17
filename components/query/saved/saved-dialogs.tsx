'use client';

import { type ReactNode, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Shown } from '@/components/ui/shown';
import { errorText } from '@/lib/client/error-text';
import { isPrivatePath, privatePath } from '@/lib/contract/private-path';
import { savedFolder, savedName, savedPath, savedWords } from '@/lib/workbench/saved';

/** What the page asks about saved statements. */
export type Asking =
  | { readonly kind: 'save' | 'move'; readonly path: string; readonly description: string | null }
  | { readonly kind: 'rename'; readonly name: string }
  | { readonly kind: 'remove'; readonly path: string; readonly text: string }
  | {
      readonly kind: 'conflict';
      readonly path: string;
      readonly mine: string;
      /** Null: it was removed or moved. */
      readonly theirs: string | null;
    };

export interface Answers {
  readonly onPath: (path: string, description: string | null) => void;
  readonly onRename: (name: string) => void;
  readonly onRemove: () => void;
  readonly onCopy: () => void;
  readonly onTake: () => void;
  readonly onOverwrite: () => void;
  readonly onCancel: () => void;
}

interface SavedDialogsProps {
  asking: Asking;
  /** The folders there are, to choose from. */
  folders: readonly string[];
  /** Whether a statement can be for its person alone: where people sign in. */
  mayBePrivate: boolean;
  /** Whether the person may change what is shared. */
  mayShare: boolean;
  busy: boolean;
  /** Why the last answer could not be carried out; null: it was, or there was none. */
  error: unknown;
  answers: Answers;
}

/** Asks for a name, before a statement is removed, and what to do when somebody else has changed it. */
export default function SavedDialogs({ asking, ...props }: SavedDialogsProps) {
  switch (asking.kind) {
    case 'save':
    case 'move':
      return <PathDialog key={asking.path} asking={asking} {...props} />;
    case 'rename':
      return <RenameDialog asking={asking} {...props} />;
    case 'remove':
      return <RemoveDialog asking={asking} {...props} />;
    case 'conflict':
      return <ConflictDialog asking={asking} {...props} />;
    default:
      return asking satisfies never;
  }
}

type Of<Kind extends Asking['kind']> = Omit<SavedDialogsProps, 'asking'> & {
  asking: Extract<Asking, { readonly kind: Kind }>;
};

function PathDialog({ asking, folders, mayBePrivate, mayShare, busy, error, answers }: Of<'save' | 'move'>) {
  const [name, setName] = useState(savedName(asking.path));
  const [folder, setFolder] = useState(savedFolder(asking.path));
  const [description, setDescription] = useState(asking.description ?? '');
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isPrivate = chosen ?? (isPrivatePath(asking.path) || (mayBePrivate && !mayShare));
  const list = useId();
  const isSave = asking.kind === 'save';
  const plain = savedPath(folder, name);
  const path = isPrivate ? privatePath(plain) : plain;
  return (
    <AskingDialog
      title={isSave ? 'Save these statements' : 'Rename or move this statement'}
      description={
        isPrivate
          ? 'A file on the server, for you alone.'
          : 'A file on the server, for everyone who uses this Ringside.'
      }
      action={isSave ? 'Save' : 'Move'}
      disabled={name.trim() === '' || (!isSave && path === asking.path)}
      busy={busy}
      error={error}
      onCancel={answers.onCancel}
      onSubmit={() => answers.onPath(path, description.trim() || null)}
    >
      <Field label="Name">
        {(control) => <Input {...control} autoFocus value={name} onChange={({ target }) => setName(target.value)} />}
      </Field>
      <Field label="Folder" hint="Leave empty for the top level. A / starts a folder inside a folder.">
        {(control) => (
          <Input {...control} list={list} value={folder} onChange={({ target }) => setFolder(target.value)} />
        )}
      </Field>
      <datalist id={list}>
        {folders.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
      {mayBePrivate && <SeenBy {...{ isPrivate, mayShare }} onPrivate={setChosen} />}
      {isSave && (
        <Field label="Description (optional)">
          {(control) => (
            <Input {...control} value={description} onChange={({ target }) => setDescription(target.value)} />
          )}
        </Field>
      )}
    </AskingDialog>
  );
}

interface SeenByProps {
  isPrivate: boolean;
  mayShare: boolean;
  onPrivate: (isPrivate: boolean) => void;
}

function SeenBy({ isPrivate, mayShare, onPrivate }: SeenByProps) {
  return (
    <Field label="Seen by" {...(mayShare ? {} : { hint: 'Sharing needs the right to write on a cluster.' })}>
      {(control) => (
        <Select
          {...control}
          value={isPrivate ? 'private' : 'shared'}
          onChange={({ target }) => onPrivate(target.value === 'private')}
        >
          <option value="shared" disabled={!mayShare}>
            Everyone
          </option>
          <option value="private">Only you</option>
        </Select>
      )}
    </Field>
  );
}

function RenameDialog({ asking, busy, error, answers }: Of<'rename'>) {
  const [name, setName] = useState(asking.name);
  return (
    <AskingDialog
      title="Rename this tab"
      description="Only in this browser. Leave it empty to name the tab by its statement."
      action="Rename"
      busy={busy}
      error={error}
      onCancel={answers.onCancel}
      onSubmit={() => answers.onRename(name)}
    >
      <Field label="Name">
        {(control) => (
          <Input
            {...control}
            autoFocus
            value={name}
            onFocus={({ target }) => target.select()}
            onChange={({ target }) => setName(target.value)}
          />
        )}
      </Field>
    </AskingDialog>
  );
}

function RemoveDialog({ asking, busy, error, answers }: Of<'remove'>) {
  return (
    <AskingDialog
      title={`Delete ${savedWords(asking.path)}?`}
      description="The file is removed from the server, for all who see it. Tabs that have it open keep their text."
      action="Delete"
      danger
      busy={busy}
      error={error}
      onCancel={answers.onCancel}
      onSubmit={answers.onRemove}
    >
      <Text label="Its text" text={asking.text} />
    </AskingDialog>
  );
}

function ConflictDialog({ asking, busy, error, answers }: Of<'conflict'>) {
  const { path, mine, theirs } = asking;
  return (
    <Dialog
      open
      width="lg"
      title={theirs === null ? `${savedWords(path)} is gone` : `${savedWords(path)} has changed`}
      description={
        theirs === null
          ? 'Somebody moved or removed the file since you opened it. Nothing was written.'
          : 'The file on the server is not the one you opened. Nothing was written.'
      }
      onOpenChange={(open) => {
        if (!open) answers.onCancel();
      }}
      footer={
        <>
          <Button onClick={answers.onCancel}>Cancel</Button>
          {theirs !== null && (
            <Button disabled={busy} onClick={answers.onTake}>
              Take theirs
            </Button>
          )}
          <Button variant="danger" disabled={busy} onClick={answers.onOverwrite}>
            {theirs === null ? 'Save it there again' : 'Overwrite theirs'}
          </Button>
          <Button variant="primary" autoFocus disabled={busy} onClick={answers.onCopy}>
            Keep mine as a copy
          </Button>
        </>
      }
    >
      {error !== null && <ErrorState className="mb-3" {...errorText(error)} />}
      <div className="grid gap-3 sm:grid-cols-2">
        <Text label="Yours" text={mine} />
        {theirs !== null && <Text label="Theirs, on the server" text={theirs} />}
      </div>
    </Dialog>
  );
}

/** A dialog shows the beginning of a very long text. */
const SHOWN_CHARACTERS = 20_000;

function Text({ label, text }: { label: string; text: string }) {
  const isCut = text.length > SHOWN_CHARACTERS;
  return (
    <figure className="min-w-0">
      <figcaption className="mb-1 font-medium text-muted text-xs">
        {label}
        {isCut && ` (the first ${SHOWN_CHARACTERS} of ${text.length} characters)`}
      </figcaption>
      <pre className="thin-scrollbar max-h-[40vh] overflow-auto whitespace-pre-wrap break-words rounded border border-line bg-canvas p-3 text-xs">
        <Shown text={text.slice(0, SHOWN_CHARACTERS)} as="text" />
      </pre>
    </figure>
  );
}

interface AskingDialogProps {
  title: string;
  description: string;
  action: string;
  danger?: boolean;
  disabled?: boolean;
  busy: boolean;
  error: unknown;
  onSubmit: () => void;
  onCancel: () => void;
  children: ReactNode;
}

function AskingDialog({ title, description, action, danger = false, disabled = false, ...props }: AskingDialogProps) {
  const { busy, error, onSubmit, onCancel, children } = props;
  const form = useId();
  return (
    <Dialog
      open
      title={title}
      description={description}
      onOpenChange={(open) => {
        if (!open) onCancel();
      }}
      footer={
        <>
          <Button autoFocus={danger} onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" form={form} variant={danger ? 'danger' : 'primary'} disabled={disabled} busy={busy}>
            {action}
          </Button>
        </>
      }
    >
      <form
        id={form}
        className="space-y-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!disabled && !busy) onSubmit();
        }}
      >
        {error !== null && <ErrorState {...errorText(error)} />}
        {children}
      </form>
    </Dialog>
  );
}
