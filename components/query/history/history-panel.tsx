'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { historyQuery, wholeStatement } from '@/lib/client/history';
import { useDebounced } from '@/lib/client/use-debounced';
import type { ListedEntry } from '@/lib/contract/history';
import { type HistoryFilter, historyRequest, NO_FILTER } from '@/lib/workbench/history';
import { HistoryView } from './history-view';

/** A search reads the server's files. */
const TYPING_MS = 250;

interface HistoryPanelProps {
  cluster: string;
  onFill: (from: { statement: string; keyspace: string | null }) => void;
  onClose: () => void;
}

/** What was run on this cluster, by anyone; choosing an entry fills the editor and runs nothing. */
export default function HistoryPanel({ cluster, onFill, onClose }: HistoryPanelProps) {
  const [filter, setFilter] = useState<HistoryFilter>(NO_FILTER);
  const search = useDebounced(filter.search, TYPING_MS);
  const request = useMemo(() => historyRequest({ ...filter, search }, Date.now()), [filter, search]);
  const list = useInfiniteQuery(historyQuery(cluster, request));
  const [failure, setFailure] = useState<unknown>(null);
  const entries = useMemo(() => list.data?.pages.flatMap((page) => page.entries), [list.data]);
  const fill = async (entry: ListedEntry) => {
    setFailure(null);
    try {
      onFill({ statement: await wholeStatement(cluster, entry), keyspace: entry.keyspace });
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <HistoryView
      filter={filter}
      onFilter={(change) => setFilter((now) => ({ ...now, ...change }))}
      entries={entries}
      error={failure ?? list.error}
      onRetry={() => void list.refetch()}
      more={list.hasNextPage ? { busy: list.isFetchingNextPage, onMore: () => void list.fetchNextPage() } : null}
      onFill={(entry) => void fill(entry)}
      onClose={onClose}
    />
  );
}
