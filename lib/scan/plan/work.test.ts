import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { type ScanWork, splitWork, unreadFrom } from './work';

const token = fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN });
const anyWork = fc.tuple(token, token, token, fc.boolean()).map(([one, other, third, hasState]): ScanWork => {
  const [from = 0n, reached = 0n, to = 0n] = [one, other, third].sort((a, b) => (a < b ? -1 : 1));
  return hasState
    ? { from, to, reached, pagingState: Uint8Array.of(1) }
    : { from, to, reached: null, pagingState: null };
});

describe('splitWork', () => {
  it('skips no token and reads none twice', () => {
    const property = fc.property(anyWork, (work) => {
      const parts = splitWork(work);
      if (parts === null) return;
      const unread = parts.map((part) => [unreadFrom(part), part.to]);
      expect(unread[0]?.[0]).toBe(unreadFrom(work));
      expect(unread.at(-1)?.[1]).toBe(work.to);
      for (const [index, [from]] of unread.entries()) if (index > 0) expect(from).toBe(unread[index - 1]?.[1]);
    });
    fc.assert(property);
  });

  it('uses the paging state only for the rest of the last partition', () => {
    const pagingState = Uint8Array.of(7);
    expect(splitWork({ from: 0n, to: 100n, pagingState, reached: 40n })).toEqual([
      { from: 0n, to: 40n, pagingState, reached: 40n },
      { from: 40n, to: 70n, pagingState: null, reached: null },
      { from: 70n, to: 100n, pagingState: null, reached: null },
    ]);
  });

  it.each<[string, ScanWork]>([
    ['one token', { from: 4n, to: 5n, pagingState: null, reached: null }],
    ['the rest of one partition', { from: 0n, to: 40n, pagingState: Uint8Array.of(1), reached: 40n }],
    ['an unknown place', { from: 0n, to: 40n, pagingState: Uint8Array.of(1), reached: null }],
  ])('does not split %s', (_, work) => {
    expect(splitWork(work)).toBeNull();
  });

  it('narrows twelve times to a 4096th', () => {
    let work: ScanWork = { from: 0n, to: 4_096_000n, pagingState: null, reached: null };
    for (let split = 0; split < 12; split++) work = splitWork(work)?.[1] ?? work;
    expect(work.to - work.from).toBe(1_000n);
  });
});
