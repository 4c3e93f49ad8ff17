import type { Row } from '@/lib/client/stream-events';
import type { RowChange } from '@/lib/contract/mutations';
import type { PasteProblem } from '@/lib/edit/acts';

/** What is asked of a person beyond a cell, one at a time. Rows are given as they were read. */
export type Task =
  | { readonly kind: 'add' }
  /** `values` with the edits that wait. */
  | { readonly kind: 'duplicate'; readonly values: Row }
  | { readonly kind: 'move'; readonly values: Row }
  /** Of one cell, or without `source` of the row. */
  | { readonly kind: 'ttl'; readonly values: Row; readonly source: number | null }
  | { readonly kind: 'new_ttl'; readonly insert: Extract<RowChange, { readonly kind: 'insert' }> }
  | { readonly kind: 'many'; readonly values: Row }
  | { readonly kind: 'problems'; readonly problems: readonly PasteProblem[] }
  | { readonly kind: 'discard' }
  | { readonly kind: 'review' };
