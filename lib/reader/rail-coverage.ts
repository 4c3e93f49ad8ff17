import { shareOfRing, type TokenRange } from '@/lib/ring/ranges';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/token-ends';

/** What has been read of the ring: ranges that do not touch, in ring order, none over the ring's end. */
export type Coverage = readonly TokenRange[];

const RING_SIZE = 2n ** 64n;

/** `coverage` with `range` added; an empty range changes nothing. */
export function cover(coverage: Coverage, range: TokenRange): Coverage {
  let { from, to } = range;
  if (to <= from) return coverage;
  const before: TokenRange[] = [];
  const after: TokenRange[] = [];
  for (const other of coverage) {
    if (other.to < from) before.push(other);
    else if (other.from > to) after.push(other);
    else {
      if (other.from < from) from = other.from;
      if (other.to > to) to = other.to;
    }
  }
  return [...before, { from, to }, ...after];
}

/** The share of the ring that was read, 0 to 1; 1 only when all of it was. */
export function coveredShare(coverage: Coverage): number {
  const [only] = coverage;
  if (only?.from === MIN_TOKEN && only.to === MAX_TOKEN) return 1;
  return Math.min(shareOfRing(coverage.reduce((sum, { from, to }) => sum + (to - from), 0n)), 1 - 2 ** -53);
}

/** Where a token lies between the ring's lowest and highest, 0 to 1. */
export function shareAt(token: bigint): number {
  if (token >= MAX_TOKEN) return 1;
  return Number(((token - MIN_TOKEN) << 53n) / RING_SIZE) / 2 ** 53;
}

/** The token at a share of the ring. */
export function tokenAtShare(share: number): bigint {
  if (share >= 1) return MAX_TOKEN;
  if (share <= 0) return MIN_TOKEN;
  return MIN_TOKEN + ((BigInt(Math.floor(share * 2 ** 53)) * RING_SIZE) >> 53n);
}
