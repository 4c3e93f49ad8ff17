import { formatCount, plural } from '@/lib/text/format';
import type { ResultState } from './result-state';
import { wholenessOf } from './wholeness';

/** Which rows of a result something is said of: those in memory, of those that were read, of all there are. */
export interface Extent {
  readonly held: number;
  readonly read: number;
  readonly isWhole: boolean;
  /** Nothing is left to be read. */
  readonly isRead: boolean;
}

export function extentOf(state: Pick<ResultState, 'window' | 'reading' | 'whole'>, repeatable: boolean): Extent {
  const { window, reading, whole } = state;
  const found = wholenessOf({ window, reading, whole }, repeatable);
  let held = 0;
  for (const { length } of window.loaded.values()) held += length;
  if (found.kind === 'whole') return { held: found.rows, read: found.rows, isWhole: true, isRead: true };
  return { held, read: window.marks.rowCount, isWhole: false, isRead: reading.phase === 'complete' };
}

/** Says which rows they are, so that no figure is taken for one of the whole result. */
export function extentWords({ held, read, isWhole, isRead }: Extent): string {
  if (isWhole) return `All ${plural(held, 'row')} of the result.`;
  if (isRead) return `Only the ${plural(held, 'row')} in memory, of ${formatCount(read)} read.`;
  if (held === read) return `Only the ${plural(held, 'row')} read so far: more may exist.`;
  return `Only the ${plural(held, 'row')} in memory, of ${formatCount(read)} read so far: more may exist.`;
}
