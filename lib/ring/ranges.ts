import { MAX_TOKEN, MIN_TOKEN } from './token-ends';

/**
 * Arithmetic on the Murmur3 ring. A range runs clockwise from an exclusive start to an inclusive end, like Cassandra's
 * `Range`; if its start is not below its end it crosses the ring's end. Start = end is the whole ring.
 */
export interface TokenRange {
  /** Exclusive. */
  readonly from: bigint;
  /** Inclusive. */
  readonly to: bigint;
}

const RING_SIZE = 2n ** 64n;

/** The exact number of tokens in a range. */
export function rangeSize({ from, to }: TokenRange): bigint {
  return to > from ? to - from : to - from + RING_SIZE;
}

/** An exact count of tokens as a share of the ring, 0 to 1, rounded down to a multiple of 2^-53: 1 is only the whole ring. */
export function shareOfRing(tokens: bigint): number {
  return Number((tokens << 53n) / RING_SIZE) / 2 ** 53;
}

/**
 * The share of a scan that is done once it has reached `token`, 0 to 1. The scan reads the tokens after `from` up to and
 * including `to` in order, as `token(…) > from AND token(…) <= to` does: it does not cross the ring's end. Without bounds
 * it reads the whole ring.
 */
export function ringFraction(token: bigint, from: bigint = MIN_TOKEN, to: bigint = MAX_TOKEN): number {
  if (token >= to) return 1;
  if (token <= from) return 0;
  return Number(((token - from) << 53n) / (to - from)) / 2 ** 53;
}

/**
 * The share of all tokens between two bounds that do not cross the ring's end, to the nearest number: 0 if they leave
 * nothing, 1 without bounds.
 */
export function linearShare(from: bigint = MIN_TOKEN, to: bigint = MAX_TOKEN): number {
  return to <= from ? 0 : Number(to - from) / Number(MAX_TOKEN - MIN_TOKEN);
}

/** The range that ends at each token, in ring order. Duplicates count once; no token, no range. */
export function rangesOf(tokens: readonly bigint[]): TokenRange[] {
  const sorted = sortTokens(tokens);
  return sorted.map((to, index) => ({ from: sorted.at(index - 1) ?? to, to }));
}

/** Distinct tokens in ring order. */
function sortTokens(tokens: readonly bigint[]): bigint[] {
  return [...new Set(tokens)].sort((left, right) => (left < right ? -1 : left > right ? 1 : 0));
}

/** True when the token lies in the range. */
export function containsToken({ from, to }: TokenRange, token: bigint): boolean {
  if (from === to) return true;
  return from < to ? token > from && token <= to : token > from || token <= to;
}

/**
 * The range cut at the ring's end, so that each part can be read with `token(…) > from AND token(…) <= to`: one part, or
 * two for a range that crosses the end.
 */
export function unwrap(range: TokenRange): TokenRange[] {
  if (range.to > range.from) return [range];
  const parts = [
    { from: range.from, to: MAX_TOKEN },
    { from: MIN_TOKEN, to: range.to },
  ];
  return parts.filter((part) => part.to > part.from);
}

/** The ring in equal ranges, in token order: no token is in two of them. */
export function evenRanges(count: number): TokenRange[] {
  const step = (MAX_TOKEN - MIN_TOKEN) / BigInt(count);
  return Array.from({ length: count }, (_, index) => {
    const from = MIN_TOKEN + step * BigInt(index);
    return { from, to: index === count - 1 ? MAX_TOKEN : from + step };
  });
}
