'use client';

import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { savedQuery } from '@/lib/client/statements';
import { useDebounced } from '@/lib/client/use-debounced';
import { type SavedActions, SavedView } from './saved-view';

/** A search reads the server's files. */
const TYPING_MS = 250;

/** The saved statements of this server, beside the editor. */
export default function SavedPanel({ onClose, ...actions }: SavedActions & { onClose: () => void }) {
  const [search, setSearch] = useState('');
  const { data, error, refetch } = useQuery(savedQuery(useDebounced(search.trim(), TYPING_MS)));
  return (
    <SavedView
      search={search}
      onSearch={setSearch}
      list={data}
      error={error}
      onRetry={() => void refetch()}
      onClose={onClose}
      {...actions}
    />
  );
}
