'use client';

import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
import { isPressed } from '@/components/ui/shortcuts';
import { keep } from '@/components/ui/storage';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import { SavedQuestion } from './saved-question';
import { type Saving, useSaving } from './use-saving';

/** What stands beside the editor, one at a time. */
export type Side = 'history' | 'saved';

interface SavingHostProps {
  cluster: string;
  active: QueryDocument;
  dispatch: (action: DocumentAction) => void;
  handle: Ref<Saving>;
  /** Called once the handle can be used. */
  onReady: (isReady: true) => void;
  onSide: (side: Side) => void;
}

/** What saves, loaded after the editor: its acts by a handle, its keys and commands, and its questions on the page. */
export default function SavingHost({ cluster, active, dispatch, handle, onReady, onSide }: SavingHostProps) {
  const saving = useSaving(cluster, active, dispatch);
  useImperativeHandle(handle, () => saving);
  useEffect(() => onReady(true), [onReady]);
  useSaveKeys(saving, onSide);
  useEffect(() => dropOldHistory(cluster), [cluster]);
  return saving.question === null ? null : <SavedQuestion saving={saving} />;
}

/** Ctrl S or ⌘S anywhere on the page, where the browser would save the page itself; and the same by name. */
function useSaveKeys(saving: Saving, onSide: (side: Side) => void): void {
  const latest = useRef(saving);
  useEffect(() => {
    latest.current = saving;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!isPressed('save', event)) return;
      event.preventDefault();
      latest.current.save();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
  useOfferCommands(
    useMemo(
      (): Command[] => [
        {
          id: 'query-save',
          label: 'Save the statements of this tab',
          group: 'page',
          keys: 'save',
          run: () => latest.current.save(),
        },
        {
          id: 'query-save-as',
          label: 'Save this tab under another name',
          group: 'page',
          run: () => latest.current.saveAs(),
        },
        { id: 'query-saved', label: 'Show saved statements', group: 'page', run: () => onSide('saved') },
        { id: 'query-history', label: 'Show the history of statements', group: 'page', run: () => onSide('history') },
      ],
      [onSide],
    ),
  );
}

/** An earlier version kept statements here, with their passwords; the server has the history now. */
function dropOldHistory(cluster: string): void {
  try {
    keep(`ringside.query.history.${cluster}`, null);
  } catch {
    // Storage is turned off: nothing is kept.
  }
}
