import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { toast } from '@/components/ui/toasts';
import { downloadSaved } from '@/lib/client/download';
import { errorText } from '@/lib/client/error-text';
import { ApiFailure } from '@/lib/client/http';
import { randomId } from '@/lib/client/random-id';
import {
  importSaved,
  isConflict,
  moveSaved,
  openSaved,
  removeSaved,
  SAVED_KEY,
  saveStatement,
} from '@/lib/client/statements';
import type { SavedStatement } from '@/lib/contract/saved-statements';
import { type DocumentAction, type QueryDocument, tabTitle } from '@/lib/workbench/documents';
import {
  copyPath,
  importedName,
  originOf,
  savedPath,
  savedWords,
  saveRequestOf,
  writtenWords,
} from '@/lib/workbench/saved';
import type { Answers, Asking } from './saved-dialogs';

/** A question, and what an answer acts on. */
interface Question {
  readonly asking: Asking;
  readonly document: QueryDocument;
  /** The file on the server that it is about; null: none. */
  readonly file: SavedStatement | null;
}

export interface Saving {
  /** Saves the tab in front; asks for a name where it has none. */
  readonly save: () => void;
  readonly saveAs: () => void;
  readonly rename: (document: QueryDocument, index: number) => void;
  readonly open: (path: string) => void;
  readonly move: (path: string) => void;
  readonly remove: (path: string) => void;
  readonly download: (path: string | null) => void;
  readonly importFiles: (files: readonly File[]) => void;
  readonly question: Question | null;
  readonly busy: boolean;
  readonly error: unknown;
  readonly answers: Answers;
}

/** Keeps tabs as statements on the server, and what is asked on the way. Nothing here runs a statement. */
export function useSaving(cluster: string, active: QueryDocument, dispatch: (action: DocumentAction) => void): Saving {
  const [question, setQuestion] = useState<Question | null>(null);
  const { busy, error, attempt, reload } = useAttempts(question !== null);
  const write = useWriting(cluster, dispatch, setQuestion, reload);
  const ask = (asking: Asking, file: SavedStatement | null = null, document = active) =>
    setQuestion({ asking, document, file });
  const saveAs = () =>
    ask({
      kind: 'save',
      path: active.saved?.path ?? active.name ?? '',
      description: active.saved?.description ?? null,
    });
  const withFile = (path: string, then: (file: SavedStatement) => void) =>
    void attempt(async () => then(await openSaved(path)));

  return {
    saveAs,
    save: () => {
      // A question is open, or something is being saved.
      if (question !== null || busy) return;
      const { saved } = active;
      if (saved === undefined) saveAs();
      else void attempt(() => write(active, saved.path, saved.version));
    },
    rename: (document, index) => {
      if (document.saved === undefined) ask({ kind: 'rename', name: tabTitle(document, index) }, null, document);
      else
        withFile(document.saved.path, (file) =>
          ask({ kind: 'move', path: file.path, description: null }, file, document),
        );
    },
    open: (path) =>
      withFile(path, (file) => {
        dispatch({ type: 'openSaved', id: randomId(), saved: originOf(file) });
        if (file.faults.length > 0) toast({ text: `${savedWords(path)}: ${file.faults.join('; ')}.` });
      }),
    move: (path) => withFile(path, (file) => ask({ kind: 'move', path, description: null }, file)),
    remove: (path) => withFile(path, (file) => ask({ kind: 'remove', path, text: file.text }, file)),
    download: (path) => void attempt(() => downloadSaved(path)),
    importFiles: (files) => void attempt(() => importAll(files).finally(reload)),
    question,
    busy,
    error,
    answers: answersTo(question, { dispatch, attempt, write, ask, reload, close: () => setQuestion(null) }),
  };
}

interface Means {
  readonly dispatch: (action: DocumentAction) => void;
  readonly attempt: (work: () => Promise<void>) => Promise<void>;
  readonly write: Write;
  readonly ask: (asking: Asking, file: SavedStatement | null, document: QueryDocument) => void;
  readonly reload: () => void;
  readonly close: () => void;
}

function answersTo(question: Question | null, { dispatch, attempt, write, ask, reload, close }: Means): Answers {
  const answer = (act: (given: Question) => Promise<void> | void) => () => {
    if (question !== null) void attempt(async () => act(question));
  };
  const moveTo = async ({ asking, file }: Question, to: string) => {
    if (asking.kind !== 'move' || file === null) return;
    const moved = await moveSaved(file.path, to, file.version);
    dispatch({ type: 'moved', path: file.path, saved: originOf(moved) });
    if (moved.isRedacted) toast({ id: 'saved', text: writtenWords('Moved', moved.path, moved) });
    reload();
    close();
  };
  return {
    onPath: (path, description) =>
      answer(async (given) => {
        if (given.asking.kind === 'move') await moveTo(given, path);
        else await write(given.document, path, null, description);
      })(),
    onRename: (name) =>
      answer(({ document }) => {
        dispatch({ type: 'rename', id: document.id, name });
        close();
      })(),
    onRemove: answer(async ({ file }) => {
      if (file === null) return;
      await removeSaved(file.path, file.version);
      dispatch({ type: 'moved', path: file.path, saved: null });
      reload();
      close();
    }),
    onCopy: answer(({ asking, document }) => {
      if (asking.kind === 'conflict') {
        ask(
          { kind: 'save', path: copyPath(asking.path), description: document.saved?.description ?? null },
          null,
          document,
        );
      }
    }),
    onTake: answer(({ document, file }) => {
      if (file !== null) dispatch({ type: 'take', id: document.id, saved: originOf(file) });
      close();
    }),
    // Over the version that was shown: what comes after that conflicts again.
    onOverwrite: answer(async ({ asking, document, file }) => {
      if (asking.kind === 'conflict') await write(document, asking.path, file?.version ?? null);
    }),
    onCancel: close,
  };
}

/** @throws what is neither success nor a conflict, which asks */
type Write = (
  document: QueryDocument,
  path: string,
  version: string | null,
  description?: string | null,
) => Promise<void>;

function useWriting(
  cluster: string,
  dispatch: (action: DocumentAction) => void,
  setQuestion: (question: Question | null) => void,
  reload: () => void,
): Write {
  return async (document, path, version, description) => {
    const request = saveRequestOf(document, cluster, path, version);
    try {
      const saved = await saveStatement(description === undefined ? request : { ...request, description });
      dispatch({ type: 'saved', id: document.id, saved: originOf(saved) });
      toast({ id: 'saved', text: writtenWords('Saved', path, saved) });
      setQuestion(null);
      reload();
    } catch (error) {
      if (!isConflict(error)) throw error;
      const file = await openSaved(path).catch((cause: unknown) => {
        if (cause instanceof ApiFailure && cause.error.code === 'not_found') return null;
        throw cause;
      });
      // A name that differs in case only: there is no such file to compare with.
      if (file === null && version === null) throw error;
      setQuestion({
        asking: { kind: 'conflict', path, mine: document.text, theirs: file?.text ?? null },
        document,
        file,
      });
    }
  };
}

/** One thing at a time; what fails is shown in the dialog that is open, else as a toast. */
function useAttempts(isAsking: boolean) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const reload = useCallback(() => void client.invalidateQueries({ queryKey: SAVED_KEY }), [client]);
  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setError(null);
    try {
      await work();
    } catch (cause) {
      if (isAsking) setError(cause);
      else toast({ id: 'saved', tone: 'danger', text: wordsOf(cause) });
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, attempt, reload };
}

function wordsOf(error: unknown): string {
  const { message, hint } = errorText(error);
  return hint === undefined ? message : `${message} ${hint}`;
}

/** Each file for itself: what cannot be imported is named, with the first reason. */
async function importAll(files: readonly File[]): Promise<void> {
  const refused: string[] = [];
  let redacted = 0;
  for (const file of files) {
    try {
      const { isRedacted } = await importSaved(savedPath('', importedName(file.name)), await file.text());
      if (isRedacted) redacted++;
    } catch (error) {
      refused.push(`${file.name}: ${wordsOf(error)}`);
    }
  }
  const done = files.length - refused.length;
  const without = redacted === 0 ? '' : `. ${redacted} had passwords, which are never kept`;
  if (done > 0) toast({ text: `Imported ${done} of ${files.length} files${without}` });
  if (refused.length > 0) toast({ tone: 'danger', text: `Not imported: ${refused.slice(0, 3).join(' · ')}` });
}
