import { describe, expect, it } from 'vitest';
import type { Row } from '@/lib/client/stream-events';
import { placeInMemory } from './in-memory';
import { openSegment, type Segment, takeBelow } from './segment';
import type { ReadStart, ResultSource } from './source';

const SOURCE: ResultSource = {
  key: 'k',
  label: 'k.t',
  path: '/rows',
  body: {},
  repeatable: true,
  order: { by: 'token' },
};
/** A row is its token. */
const tokenOf = (row: Row) => (typeof row[0] === 'number' ? BigInt(row[0]) : null);

/** Pages of rows by their tokens, read from a place on; `reached`: more rows follow. */
function segmentOf(pages: readonly (readonly number[])[], { place = START, whole = false } = {}): Segment {
  let segment = openSegment(SOURCE, place);
  for (const [index, tokens] of pages.entries()) {
    const isLast = whole && index === pages.length - 1;
    const rows = tokens.map((token): Row => [token]);
    const frame = {
      index,
      rows: rows.length,
      totalRows: 0,
      bytes: 1,
      elapsedMs: 1,
      coordinator: '',
      warnings: [],
      consistency: 'ONE' as const,
      ringFraction: 0.5,
      token: isLast ? null : String(tokens.at(-1)),
      cursor: isLast ? null : 'more',
    };
    segment = takeBelow(segment, { rows, frame }, (row) => String(row[0])).segment;
  }
  return segment;
}

const START: ReadStart = { kind: 'start' };
const afterToken = (token: number, skip = 0): ReadStart => ({ kind: 'token', token: String(token), skip });
const rowOf = (segment: Segment, place: ReadStart) => placeInMemory(segment, place, tokenOf)?.row ?? null;

describe('a place among the rows in memory', () => {
  const read = segmentOf([
    [-50, -50, -40],
    [-40, 10, 20],
    [30, 40, 40],
  ]);

  it('is the first row after the token, whatever page it is on', () => {
    expect(rowOf(read, afterToken(-45))).toBe(2);
    expect(rowOf(read, afterToken(-50))).toBe(2);
    expect(rowOf(read, afterToken(-40))).toBe(4);
    expect(rowOf(read, afterToken(20))).toBe(6);
    expect(rowOf(read, afterToken(39))).toBe(7);
  });

  it('is so many rows further on', () => {
    expect(rowOf(read, afterToken(-41, 1))).toBe(3);
    expect(rowOf(read, afterToken(39, 1))).toBe(8);
    expect(rowOf(read, afterToken(39, 2))).toBeNull();
  });

  it('is read where the rows after it were not', () => {
    expect(rowOf(read, afterToken(40))).toBeNull();
    expect(rowOf(read, afterToken(1_000))).toBeNull();
  });

  it('is the first row only where nothing is left out above it', () => {
    expect(rowOf(read, afterToken(-1_000))).toBe(0);
    const middle = segmentOf([[10, 20]], { place: afterToken(5) });
    expect(rowOf(middle, afterToken(7))).toBe(0);
    expect(rowOf(middle, afterToken(5))).toBe(0);
    expect(rowOf(middle, afterToken(4))).toBeNull();
  });

  it('is reread where its rows, or the ones before it, have left memory', () => {
    const pages = [
      [1, 2],
      [3, 4],
      [5, 6],
      [7, 8],
    ];
    const { window, ...segment } = segmentOf(pages);
    const loaded = new Map([...window.loaded].filter(([page]) => page !== 1));
    const evicted = { ...segment, window: { ...window, loaded } };
    expect(rowOf(evicted, afterToken(1))).toBe(1);
    expect(rowOf(evicted, afterToken(2))).toBeNull();
    expect(rowOf(evicted, afterToken(4))).toBeNull();
    expect(rowOf(evicted, afterToken(5))).toBe(5);
    expect(rowOf(evicted, afterToken(1, 1))).toBeNull();
  });

  it('is not known without the key, and a place inside a partition is read', () => {
    expect(placeInMemory(read, afterToken(-45), () => null)).toBeNull();
    expect(rowOf(read, { kind: 'value', bound: { column: 'at', tuple: [], json: '1' }, skip: 0 })).toBeNull();
  });
});

describe('the ends of a table', () => {
  it('are where there is nothing above, or below, and they are in memory', () => {
    const whole = segmentOf([[1, 2], [3]], { whole: true });
    expect(placeInMemory(whole, START, tokenOf)).toEqual({ row: 0, end: false });
    expect(placeInMemory(whole, { kind: 'end' }, tokenOf)).toEqual({ row: 2, end: true });
    const part = segmentOf([[10, 20]], { place: afterToken(5) });
    expect(rowOf(part, START)).toBeNull();
    expect(rowOf(part, { kind: 'end' })).toBeNull();
    expect(rowOf(segmentOf([]), START)).toBeNull();
  });
});
