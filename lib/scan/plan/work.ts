import type { TokenRange } from '@/lib/ring/ranges';

/** What is left of a piece: a range of tokens, and where in it the reading stands. */
export interface ScanWork extends TokenRange {
  /** Null before its first page. */
  readonly pagingState: Uint8Array | null;
  /** The token of the last row read, from the paging state; null where that does not tell. */
  readonly reached: bigint | null;
}

/** How often a piece may be split around what cannot be read: 1/4096 of it is left then. */
export const MOST_SPLITS = 12;

/** Where the tokens begin that nothing has been read of; `work.to` when only the last partition's rest is left. */
export function unreadFrom(work: ScanWork): bigint {
  return work.pagingState === null ? work.from : (work.reached ?? work.from);
}

/**
 * Splits what keeps failing, without loss or repeat: the rest of the partition that the last page ended in, which only
 * its paging state can tell (asked for with the partition's token as the upper bound), then the tokens behind it in two
 * halves that start anew.
 * @returns null when there is nothing to split: one token, or a paging state that does not tell its token
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
