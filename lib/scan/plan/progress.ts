import { MIN_TOKEN } from '@/lib/ring/murmur3';
import type { TokenRange } from '@/lib/ring/ranges';
import { type ScanWork, unreadFrom } from './work';

/** The state of a piece of a scan, or of the rest of it. */
export type PieceState = 'waiting' | 'running' | 'retrying' | 'failed';

/** A piece with what is left of it, in token order; everything in between is done. */
export interface PieceProgress extends TokenRange {
  readonly left: readonly (ScanWork & { readonly state: PieceState })[];
}

type Segment = TokenRange & { readonly state: PieceState | 'done' };

/** Bits for the states in a part of the drawn ring; the worst is highest. */
const BITS = { done: 1, waiting: 2, running: 4, retrying: 8, failed: 16 } as const;
const RING_SIZE = 2n ** 64n;

/**
 * The ring as letters, each for an equal part of it from the lowest token on, showing the worst state within it: given up
 * `x`, being retried `t`, being read (or partly done) `r`, not started or not part of the scan `.`, done `d`.
 */
export function ringLetters(pieces: readonly PieceProgress[], parts: number): string {
  const bits = new Uint8Array(parts);
  for (const piece of pieces) {
    for (const { from, to, state } of segmentsOf(piece)) {
      if (to <= from) continue;
      const last = partOf(to, parts);
      for (let part = partOf(from + 1n, parts); part <= last; part++) bits[part] = (bits[part] ?? 0) | BITS[state];
    }
  }
  return Array.from(bits, letterOf).join('');
}

/** The share of the pieces' tokens that is done, 0 to 1; 1 only when nothing is left. */
export function doneShare(pieces: readonly PieceProgress[]): number {
  let [total, done] = [0n, 0n];
  for (const piece of pieces) {
    total += piece.to - piece.from;
    for (const { from, to, state } of segmentsOf(piece)) if (state === 'done') done += to - from;
  }
  const share = total === 0n ? 1 : Number((done << 53n) / total) / 2 ** 53;
  return share === 1 && pieces.some(({ left }) => left.length > 0) ? 1 - 2 ** -53 : share;
}

function segmentsOf({ from, to, left }: PieceProgress): Segment[] {
  const segments: Segment[] = [];
  let at = from;
  for (const work of left) {
    const unread = unreadFrom(work);
    segments.push({ from: at, to: unread, state: 'done' }, { from: unread, to: work.to, state: work.state });
    at = work.to;
  }
  return [...segments, { from: at, to, state: 'done' }];
}

/** Like ranges, parts have an exclusive start and an inclusive end. */
function partOf(token: bigint, parts: number): number {
  return Math.min(parts - 1, Number(((token - MIN_TOKEN - 1n) * BigInt(parts)) / RING_SIZE));
}

function letterOf(bits: number): string {
  if (bits & BITS.failed) return 'x';
  if (bits & BITS.retrying) return 't';
  const isPartly = (bits & BITS.done) !== 0 && (bits & BITS.waiting) !== 0;
  if (bits & BITS.running || isPartly) return 'r';
  return bits & BITS.done ? 'd' : '.';
}
