'use client';

import { type Ref, useImperativeHandle } from 'react';
import type { DocumentAction, QueryDocument } from '@/lib/workbench/documents';
import { SavedQuestion } from './saved-question';
import { type Saving, useSaving } from './use-saving';

interface SavingHostProps {
  cluster: string;
  active: QueryDocument;
  dispatch: (action: DocumentAction) => void;
  handle: Ref<Saving>;
}

/** What saves, loaded after the editor: its acts by a handle, and its questions on the page. */
export default function SavingHost({ cluster, active, dispatch, handle }: SavingHostProps) {
  const saving = useSaving(cluster, active, dispatch);
  useImperativeHandle(handle, () => saving);
  return saving.question === null ? null : <SavedQuestion saving={saving} />;
}
