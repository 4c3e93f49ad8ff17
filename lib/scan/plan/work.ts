import type { TokenRange } from '@/lib/ring/ranges';

/** What is left of a piece: a token range, and how far it has been read. */
export interface ScanWork extends TokenRange {
  /** Null before its first page. */
  readonly pagingState: Uint8Array | null;
  /** The token of the last row read, from the paging state; null if that does not reveal it. */
  readonly reached: bigint | null;
}

/** How often a piece may be split around what cannot be read, down to 1/4096 of it. */
export const MOST_SPLITS = 12;

/** Where the unread tokens start; `work.to` when only the rest of the last partition is left. */
export function unreadFrom(work: ScanWork): bigint {
  return work.pagingState === null ? work.from : (work.reached ?? work.from);
}

/**
 * Splits what keeps failing, without loss or repeat: first the rest of the partition in which the last page ended, which
 * only its paging state can address (read with the partition's token as the upper bound), then the tokens after it in two
 * halves that start fresh.
 * @returns null when there is nothing to split: one token, or a paging state that does not reveal its token
 */
export function splitWork(work: ScanWork): ScanWork[] | null {
  const { from, to, pagingState, reached } = work;
  if (pagingState !== null && (reached === null || reached >= to || reached < from)) return null;
  const behind = unreadFrom(work);
  const rest: ScanWork[] = pagingState === null ? [] : [{ from, to: behind, pagingState, reached }];
  const halves = halve({ from: behind, to });
  return rest.length + halves.length > 1 ? [...rest, ...halves] : null;
}

function halve({ from, to }: TokenRange): ScanWork[] {
  const middle = from + (to - from) / 2n;
  const parts = [
    { from, to: middle },
    { from: middle, to },
  ];
  return parts.filter((part) => part.to > part.from).map((part) => ({ ...part, pagingState: null, reached: null }));
}
