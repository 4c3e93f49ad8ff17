import { describe, expect, it } from 'vitest';
import type { CellEdit, RowChange, RowRead } from '@/lib/contract/mutations';
import { foundOf, hasChanged } from './compare';
import { inverseOf } from './inverse';
import { AT, COUNTS, KEY, rowOf, T } from './test-plan';

const update = (edits: Record<string, CellEdit>): RowChange => ({ kind: 'update', key: KEY, edits });
const LATER = '2026-11-29T12:01:30.000Z';

describe('the inverse of a change', () => {
  const cases: [string, RowChange, RowRead | null, RowChange][] = [
    [
      'a value with the TTL that it had',
      update({ v: { set: 2 } }),
      rowOf({ v: 1 }, { v: { ttl: 90 } }),
      { kind: 'update', key: KEY, seen: { v: 2 }, edits: { v: { set: 1, expiresAt: LATER } } },
    ],
    [
      'no value',
      update({ v: { set: 2 } }),
      rowOf({}),
      { kind: 'update', key: KEY, seen: { v: 2 }, edits: { v: { set: null } } },
    ],
    [
      'only the entries that changed',
      update({ m: { set: { a: 1, b: 5, e: 6 } } }),
      rowOf({ m: { a: 1, b: 2, c: 3, e: 6 } }, { m: { parts: [null, 90, null, null] } }),
      {
        kind: 'update',
        key: KEY,
        seen: { m: { a: 1, b: 5, e: 6 } },
        edits: {
          m: {
            elements: [
              ['b', 2],
              ['c', 3],
            ],
            expiresAt: [LATER, null],
          },
        },
      },
    ],
    [
      'a list as a whole',
      update({ l: { append: [3] } }),
      rowOf({ l: [1, 2] }, { l: { parts: [null, 90] } }),
      { kind: 'update', key: KEY, seen: { l: [1, 2, 3] }, edits: { l: { set: [1, 2], expiresAt: [null, LATER] } } },
    ],
    [
      'each entry that was written, with the TTL that it had',
      update({
        m: {
          elements: [
            ['a', 1],
            ['b', 5],
            ['c', null],
            ['d', 4],
          ],
          ttlSeconds: 9,
        },
      }),
      rowOf({ m: { a: 1, b: 2, c: 3, e: 6 } }, { m: { parts: [90, null, 90, null] } }),
      {
        kind: 'update',
        key: KEY,
        seen: { m: { a: 1, b: 5, e: 6, d: 4 } },
        edits: {
          m: {
            elements: [
              ['a', 1],
              ['b', 2],
              ['c', 3],
              ['d', null],
            ],
            expiresAt: [LATER, null, LATER, null],
          },
        },
      },
    ],
    [
      'a set as a whole, where it was written as one: also what was in it before has another TTL now',
      update({ st: { set: ['a'], ttlSeconds: 9 } }),
      rowOf({ st: ['a', 'b'] }, { st: { parts: [90, 90] } }),
      {
        kind: 'update',
        key: KEY,
        seen: { st: ['a'] },
        edits: { st: { set: ['a', 'b'], expiresAt: [LATER, LATER] } },
      },
    ],
    [
      'nothing of a value that was not written',
      update({ v: { set: 2 }, st: { set: ['a'] } }),
      rowOf({ v: 1, st: ['a'] }, { st: { parts: [90] } }),
      { kind: 'update', key: KEY, seen: { v: 2, st: ['a'] }, edits: { v: { set: 1, expiresAt: null } } },
    ],
    [
      'entries whose TTLs could not be read, for which the undo asks as the change did',
      update({ m: { elements: [['b', 5]], ttlSeconds: 9 } }),
      rowOf({ m: { a: 1, b: 2 } }, { m: { parts: null } }),
      { kind: 'update', key: KEY, seen: { m: { a: 1, b: 5 } }, edits: { m: { elements: [['b', 2]] } } },
    ],
    [
      'a moved row with the TTL that a value had, also where only that was edited',
      { kind: 'move', key: KEY, to: { ...KEY, c: 2 }, edits: { v: { set: 1, ttlSeconds: 9 } } },
      rowOf({ v: 1 }, { v: { ttl: 90 } }),
      {
        ...{ kind: 'move', key: { ...KEY, c: 2 }, to: KEY, edits: { v: { set: 1, expiresAt: LATER } } },
        seen: expect.objectContaining({ v: 1 }),
      },
    ],
    ['a new row', { kind: 'insert', key: KEY, values: { v: 1 } }, null, { kind: 'delete', key: KEY, seen: { v: 1 } }],
    [
      'a deleted row',
      { kind: 'delete', key: KEY },
      rowOf({ v: 1 }, { v: { ttl: 90 } }),
      { kind: 'insert', key: KEY, values: { v: 1 }, expiresAt: { v: LATER } },
    ],
  ];
  it.each(cases)('is %s', (_name, change, row, inverse) => {
    expect(inverseOf(T, change, row)).toEqual(inverse);
  });

  it('of a counter is the opposite, and of what cannot come back a reason', () => {
    const counted: RowChange = { kind: 'update', key: { p: 1, c: 1 }, edits: { k: { by: '5' } } };
    expect(inverseOf(COUNTS, counted, null)).toEqual({ ...counted, edits: { k: { by: '-5' } } });
    expect(() => inverseOf(COUNTS, { kind: 'delete', key: { p: 1, c: 1 } }, rowOf({}))).toThrow('stays gone');
    expect(() => inverseOf(T, { kind: 'delete_partition', key: { p: 1 } }, null)).toThrow('was not read');
  });
});

describe('a row read again', () => {
  const change = update({ v: { set: 2 } });
  const found = (now: RowRead | null, timestampMicros: string | null) =>
    foundOf(T, change, { before: rowOf({ v: 1 }), now, timestampMicros });
  const aged = (v: number, writeTimeMicros: string): RowRead => ({
    at: AT,
    cells: { v: { value: v, writeTimeMicros, ttlSeconds: null } },
  });

  it('proves a write only by its own write time', () => {
    expect(found(aged(2, '7'), '7')).toBe('there');
    expect(found(aged(2, '8'), '7')).toBe('looks_there');
    expect(found(aged(2, '8'), null)).toBe('looks_there');
    expect(found(aged(1, '5'), '7')).toBe('not_there');
    expect(found(null, '7')).toBe('not_there');
    expect(foundOf(T, { kind: 'delete', key: KEY }, { before: rowOf({}), now: null, timestampMicros: '7' })).toBe(
      'looks_there',
    );
  });

  it('has changed also where only the write time has', () => {
    expect(hasChanged(T, change, aged(1, '5'), aged(1, '5'))).toBe(false);
    expect(hasChanged(T, change, aged(1, '5'), aged(1, '6'))).toBe(true);
    expect(hasChanged(T, change, aged(1, '5'), null)).toBe(true);
    expect(hasChanged(T, update({ w: { set: 'a' } }), aged(1, '5'), aged(9, '6'))).toBe(false);
  });
});
