import { useEffect } from 'react';
import type { Row } from '@/lib/client/stream-events';
import type { ResultColumn } from '@/lib/contract/frames';
import type { SelectedRow } from './selected-row';

interface FollowSelectionProps {
  to: SelectedRow;
  columns: readonly ResultColumn[];
  values: Row;
}

/** Draws nothing: while it is shown, its row is the selected one. */
export function FollowSelection({ to, columns, values }: FollowSelectionProps) {
  useEffect(() => {
    to.set({ columns, values });
    return () => to.set(null);
  }, [to, columns, values]);
  return null;
}
