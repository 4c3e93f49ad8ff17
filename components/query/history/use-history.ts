import { useCallback } from 'react';
import { useStored } from '@/components/ui/stored-state';
import { type History, type HistoryAction, historyReducer, historySchema } from '@/lib/workbench/history';

const EMPTY: History = [];

/** What was run on a cluster from this browser, newest first. */
export function useHistory(cluster: string): {
  history: History;
  kept: boolean;
  record: (action: HistoryAction) => void;
} {
  const [history, stored] = useStored({
    key: `ringside.query.history.${cluster}`,
    schema: historySchema,
    fallback: EMPTY,
  });
  const record = useCallback(
    (action: HistoryAction) => stored.update((current) => historyReducer(current, action)),
    [stored],
  );
  return { history, kept: stored.isKept(), record };
}
