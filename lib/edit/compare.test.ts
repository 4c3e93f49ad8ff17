import { describe, expect, it } from 'vitest';
import type { RowChange, RowRead } from '@/lib/contract/mutations';
import { differencesOf, foundOf, hasChanged } from './compare';
import { KEY, rowOf, T } from './test-plan';

const update = (edits: Extract<RowChange, { kind: 'update' }>['edits']): RowChange => ({
  ...{ kind: 'update', key: KEY, edits },
});
const found = (change: RowChange, before: RowRead | null, now: RowRead | null, timestampMicros: string | null = null) =>
  foundOf(T, change, { before, now, timestampMicros });

describe('what is found after an unknown outcome', () => {
  it('is there by its own write time alone', () => {
    const change = update({ v: { set: 2 } });
    expect(found(change, rowOf({ v: 1 }), rowOf({ v: 2 }), '5')).toBe('there');
    expect(found(change, rowOf({ v: 1 }), rowOf({ v: 2 }), '6')).toBe('looks_there');
    expect(found(change, rowOf({ v: 1 }), rowOf({ v: 1 }), '6')).toBe('not_there');
    expect(found(change, rowOf({ v: 1 }), null)).toBe('not_there');
  });

  it('is a row that vanished with its last value', () => {
    expect(found(update({ v: { set: null } }), rowOf({ v: 1 }), null)).toBe('looks_there');
    expect(found(update({ st: { set: [] } }), rowOf({ st: ['a'] }), null)).toBe('looks_there');
    expect(found({ kind: 'insert', key: KEY, values: {} }, null, null)).toBe('not_there');
  });

  it('is no row where one was deleted', () => {
    expect(found({ kind: 'delete', key: KEY }, rowOf({ v: 1 }), null)).toBe('looks_there');
    expect(found({ kind: 'delete', key: KEY }, rowOf({ v: 1 }), rowOf({ v: 1 }))).toBe('not_there');
  });
});

describe('static columns of a partition without rows', () => {
  const change: RowChange = { kind: 'update', key: { p: 1 }, seen: { s: null }, edits: { s: { set: 1 } } };

  it('are null, whether a row comes or goes', () => {
    expect([hasChanged(T, change, null, rowOf({})), differencesOf(T, change, null)]).toEqual([true, null]);
    const { cells, at } = rowOf({});
    const s = { value: null, writeTimeMicros: null, ttlSeconds: null, parts: null };
    const empty = { at, cells: { ...cells, s } };
    expect([hasChanged(T, change, null, empty), hasChanged(T, change, empty, null)]).toEqual([false, false]);
    expect(hasChanged(T, { ...change, key: KEY }, null, empty)).toBe(true);
  });

  it('differ where they were seen with a value', () => {
    expect(differencesOf(T, { ...change, seen: { s: 5 } }, null)).toMatchObject([{ column: 's', seen: 5, now: null }]);
  });
});
