import { useCallback, useMemo, useRef } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { dismissToast, toast } from '@/components/ui/toasts';
import { randomId } from '@/lib/client/random-id';
import { type DocumentAction, isOnlyHere, type QueryDocument, tabTitle } from '@/lib/workbench/documents';

/** Closed tabs that can be brought back, until the page is left. */
const MOST_CLOSED = 20;
const CLOSED_TOAST = 'closed-tab';

interface ClosedTab {
  readonly document: QueryDocument;
  readonly index: number;
}

/**
 * Closes tabs at once, and offers to bring back what was only there: by the toast, or later by the palette. A question
 * before each closing would be answered without being read.
 */
export function useClosing(documents: readonly QueryDocument[], dispatch: (action: DocumentAction) => void) {
  const closed = useRef<ClosedTab[]>([]);
  const reopen = useCallback(() => {
    const last = closed.current.pop();
    if (last === undefined) return;
    dismissToast(CLOSED_TOAST);
    dispatch({ type: 'reopen', ...last });
  }, [dispatch]);
  useOfferCommands(
    useMemo(
      (): Command[] => [{ id: 'query-reopen', label: 'Reopen the tab closed last', group: 'page', run: reopen }],
      [reopen],
    ),
  );
  return (id: string) => {
    const index = documents.findIndex((document) => document.id === id);
    const document = documents[index];
    if (document === undefined) return;
    dispatch({ type: 'close', id, replacementId: randomId() });
    if (document.text.trim() !== '') closed.current = [...closed.current, { document, index }].slice(-MOST_CLOSED);
    if (!isOnlyHere(document)) return;
    const text = `Closed “${tabTitle(document, index)}”`;
    toast({ id: CLOSED_TOAST, text, action: { label: 'Undo', run: reopen } });
  };
}
