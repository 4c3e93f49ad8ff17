'use client';

import { type Ref, useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import { type Command, useOfferCommands } from '@/components/ui/commands';
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

/** What saves, loaded after the editor: its acts by a handle, its commands, and its questions on the page. */
export default function SavingHost({ cluster, active, dispatch, handle, onReady, onSide }: SavingHostProps) {
  const saving = useSaving(cluster, active, dispatch);
  useImperativeHandle(handle, () => saving);
  useEffect(() => onReady(true), [onReady]);
  useSaveCommands(saving, onSide);
  useEffect(() => dropOldHistory(cluster), [cluster]);
  return saving.question === null ? null : <SavedQuestion saving={saving} />;
}

/** What the keys and buttons do, by name. */
function useSaveCommands(saving: Saving, onSide: (side: Side) => void): void {
  const latest = useRef(saving);
  useEffect(() => {
    latest.current = saving;
  });
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
