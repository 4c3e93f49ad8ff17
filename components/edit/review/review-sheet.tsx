import type { ChangeStore } from '@/lib/changes/change-store';

export interface ReviewSheetProps {
  store: ChangeStore;
  onClose: () => void;
  /** Something was applied, or may have been: rows that are shown are to be read again. */
  onApplied: () => void;
  /** Goes to the row of a change. */
  onShowRow?: ((key: Readonly<Record<string, unknown>>) => void) | undefined;
}

/** All changes that wait, the exact statements that make them, and what became of each. */
export function ReviewSheet({ store }: ReviewSheetProps) {
  return <span>{store.place.table}</span>;
}
