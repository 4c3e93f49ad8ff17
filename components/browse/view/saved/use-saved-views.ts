import { useCallback, useMemo } from 'react';
import { useStoredText } from '@/components/ui/stored-text';
import { readViews, type SavedView } from '@/lib/browse/saved-views';
import type { TablePlace } from '@/lib/client/place';

type Change = (views: readonly SavedView[]) => readonly SavedView[];

/** The saved views of a table, shared by this browser's tabs. The change throws if the browser stores nothing. */
export function useSavedViews({
  cluster,
  keyspace,
  table,
}: TablePlace): [readonly SavedView[], (change: Change) => void] {
  const [text, put] = useStoredText(`ringside.views.${JSON.stringify([cluster, keyspace, table])}`);
  const views = useMemo(() => readViews(text ?? ''), [text]);
  const change = useCallback(
    (by: Change) =>
      put((now) => {
        const next = by(readViews(now ?? ''));
        return next.length === 0 ? null : JSON.stringify(next);
      }),
    [put],
  );
  return [views, change];
}
