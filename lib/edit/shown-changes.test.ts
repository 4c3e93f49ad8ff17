import { describe, expect, it } from 'vitest';
import type { RowChange } from '@/lib/contract/mutations';
import type { Values } from './editable';
import { EMPTY_QUEUE, mergedChanges } from './queue';
import { queueWords } from './queue-words';
import { KeyTexts, ShownChanges } from './shown-changes';
import { editableOf, ROW, rowWith } from './test-editable';

const ROWS = editableOf('t');
const KEY = { p: 1, c: 1, c2: 1 };
const [C, S, V, W, L] = [1, 3, 5, 6, 7];

function shown(values: Values, ...changes: RowChange[]) {
  const queue = { ...EMPTY_QUEUE, changes: mergedChanges(ROWS.table, changes) };
  return new ShownChanges(ROWS, new KeyTexts(ROWS), queue).of(values);
}

describe('a row that is shown', () => {
  it('stays the same array where nothing waits for it', () => {
    const other: RowChange = { kind: 'update', key: { ...KEY, c: 2 }, edits: { v: { set: 1 } } };
    expect(shown(ROW).values).toBe(ROW);
    expect(shown(ROW, other)).toMatchObject({ values: ROW, fate: 'kept' });
  });

  it('has its edits by key, wherever it is, with what was there', () => {
    const found = shown(ROW, { kind: 'update', key: KEY, edits: { v: { set: 12, ttlSeconds: 60 }, w: { set: null } } });
    expect([found.values[V], found.values[W]]).toEqual([12, null]);
    expect(found.cells.get(V)).toEqual({ before: 10, ttlSeconds: 60, hasChanged: false });
    expect(ROW[V]).toBe(10);
  });

  it('has the edits of its partition’s static columns, in each row of it', () => {
    const change: RowChange = { kind: 'update', key: { p: 1 }, edits: { s: { set: 6 } } };
    expect(shown(ROW, change).values[S]).toBe(6);
    expect(shown(rowWith({ 1: 2 }), change).values[S]).toBe(6);
    expect(shown(rowWith({ 1: null, 2: null }), change).values[S]).toBe(6);
    expect(shown(rowWith({ 0: 2 }), change).values[S]).toBe(5);
  });

  it('is deleted by itself, with its partition or in a range', () => {
    expect(shown(ROW, { kind: 'delete', key: KEY }).fate).toBe('deleted');
    expect(shown(ROW, { kind: 'delete_partition', key: { p: 1 } }).fate).toBe('deleted');
    expect(shown(rowWith({ 0: 2 }), { kind: 'delete_partition', key: { p: 1 } }).fate).toBe('kept');
  });

  it.each([
    [1, { inclusive: true, value: 1 }, undefined, 'deleted'],
    [1, { inclusive: false, value: 1 }, undefined, 'kept'],
    [2, { inclusive: false, value: 1 }, { inclusive: false, value: 3 }, 'deleted'],
    [3, { inclusive: false, value: 1 }, { inclusive: false, value: 3 }, 'kept'],
    [3, undefined, { inclusive: true, value: 3 }, 'deleted'],
  ] as const)('of clustering value %s is in a range from %o to %o or not: %s', (c, from, to, fate) => {
    const range: RowChange = { kind: 'delete_range', key: { p: 1 }, ...(from && { from }), ...(to && { to }) };
    expect(shown(rowWith({ [C]: c }), range).fate).toBe(fate);
    expect(shown(rowWith({ 0: 7, [C]: c }), range).fate).toBe('kept');
  });

  it('is in a range of all rows below some clustering columns', () => {
    const range: RowChange = { kind: 'delete_range', key: { p: 1, c: 1 } };
    expect(shown(rowWith({ 2: 7 }), range).fate).toBe('deleted');
    expect(shown(rowWith({ [C]: 2 }), range).fate).toBe('kept');
  });

  it('moves, and says where', () => {
    const to = { ...KEY, c: 9 };
    expect(shown(ROW, { kind: 'move', key: KEY, to, edits: { v: { set: 1 } } })).toMatchObject({ fate: 'moved', to });
  });

  it('tells when somebody else has changed what was edited', () => {
    const change: RowChange = { kind: 'update', key: KEY, seen: { v: 10, w: 'a' }, edits: { v: { set: 12 } } };
    expect(shown(ROW, change).cells.get(V)?.hasChanged).toBe(false);
    expect(shown(rowWith({ [V]: 11 }), change).cells.get(V)).toMatchObject({ before: 11, hasChanged: true });
    expect(shown(rowWith({ [W]: 'b' }), change).cells.get(V)?.hasChanged).toBe(false);
    expect(shown(rowWith({ [W]: 'b' }), { kind: 'delete', key: KEY, seen: { w: 'a' } }).hasChanged).toBe(true);
  });

  it('shows its own value where an edit no longer fits', () => {
    const change: RowChange = { kind: 'update', key: KEY, edits: { l: { elements: [[1, 9]] } } };
    expect(shown(ROW, change).values[L]).toEqual([1, 9]);
    expect(shown(rowWith({ [L]: [1] }), change).values[L]).toEqual([1]);
  });
});

describe('the words for what waits', () => {
  it.each([
    ['No changes', []],
    ['1 change in 1 row', [{ kind: 'update', key: KEY, edits: { v: { set: 1 } } }]],
    [
      '3 changes in 2 rows',
      [
        { kind: 'update', key: KEY, edits: { v: { set: 1 }, w: { set: null } } },
        { kind: 'delete', key: { ...KEY, c: 2 } },
      ],
    ],
    [
      '5 changes in 2 rows, 1 range, 1 whole partition',
      [
        { kind: 'insert', key: KEY, values: { v: 1, w: 'a' } },
        { kind: 'move', key: { ...KEY, c: 2 }, to: { ...KEY, c: 3 }, edits: { v: { set: 1 } } },
        { kind: 'delete_range', key: { p: 1 } },
        { kind: 'delete_partition', key: { p: 2 } },
      ],
    ],
  ] satisfies [string, RowChange[]][])('%s', (words, changes) => {
    expect(queueWords(changes)).toBe(words);
  });
});
