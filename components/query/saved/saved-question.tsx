'use client';

import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { savedQuery } from '@/lib/client/statements';
import { foldersOf } from '@/lib/workbench/saved';
import type { Saving } from './use-saving';

const SavedDialogs = dynamic(() => import('./saved-dialogs'), { ssr: false });

/** The question that is open, with the folders there are. */
export function SavedQuestion({ saving: { question, busy, error, answers } }: { saving: Saving }) {
  const { data } = useQuery(savedQuery(''));
  if (question === null) return null;
  const folders = new Set(foldersOf(data?.statements ?? []).map(({ folder }) => folder));
  return (
    <SavedDialogs
      asking={question.asking}
      folders={[...folders].filter((folder) => folder !== '')}
      mayBePrivate={data?.mayBePrivate === true}
      mayShare={data?.mayShare !== false}
      busy={busy}
      error={error}
      answers={answers}
    />
  );
}
