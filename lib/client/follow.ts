import type { Job, ManyCounts } from '@/lib/contract/jobs';
import type { LoadStanding } from '@/lib/contract/load-standing';
import type { Copied } from '@/lib/contract/move-counts';
import { isActive } from '@/lib/contract/transfers';

/**
 * `rate`: it goes on and its rate can be changed; `again`: it has rows to take back, or to try again; `copy`: rows to copy
 * again; `load`: records to load again, into the table.
 */
export type Follow =
  | { readonly by: 'rate' | 'again' | 'copy' }
  | ({ readonly by: 'load' } & NonNullable<Job['loaded']>);

/** What can follow a job that writes rows; null: nothing, or a right for it is missing by now. One of an older version does not say which table it wrote to. */
export function followOf(job: Job): Follow | null {
  if (job.withheld !== undefined) return null;
  const { state, changed, changes, maxRowsPerSecond, copiedTo, copied, loaded, load } = job;
  if (changed !== undefined && changes !== undefined) {
    if (isActive({ state })) return maxRowsPerSecond === undefined ? null : { by: 'rate' };
    return changes.applied > 0 || failedRows(changes) > 0 ? { by: 'again' } : null;
  }
  if (isActive({ state })) return null;
  if (copiedTo !== undefined && copied !== undefined) return uncopied(copied) > 0 ? { by: 'copy' } : null;
  return loaded !== undefined && load !== undefined && unloaded(load) > 0 ? { by: 'load', ...loaded } : null;
}

/** Rows that a copy did not write, or may not have written. */
export function uncopied({ refused, unknown }: Copied): number {
  return refused + unknown;
}

/** Records that a load did not write, or may not have written. */
export function unloaded({ bad, refused, unknown }: LoadStanding): number {
  return bad + refused + unknown;
}

/** Rows that a change did not reach, or may not have reached. */
export function failedRows({ notApplied, refused, unknown }: ManyCounts): number {
  return notApplied + refused + unknown;
}
