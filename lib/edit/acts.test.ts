import { describe, expect, it } from 'vitest';
import type { RowChange } from '@/lib/contract/mutations';
import {
  cellAct,
  checkCount,
  deletionAct,
  fillAct,
  insertEditAct,
  moveAct,
  nullsAct,
  pasteAct,
  rowTtlAct,
  ttlChange,
} from './acts';
import { EMPTY_QUEUE, type QueueAct, queued } from './queue';
import { editableOf, ROW, rowWith } from './test-editable';

const ROWS = editableOf('t');
const COUNTS = editableOf('counts');
const KEY = { p: 1, c: 1, c2: 1 };
const [P, C, S, V, W, ST, M] = [0, 1, 3, 5, 6, 8, 9];

const cell = (source: number, values = ROW) => ({ values, source });
function changesOf(act: QueueAct | null): readonly RowChange[] {
  return act === null ? [] : queued(ROWS.table, EMPTY_QUEUE, act).changes;
}

describe('an edit of a cell', () => {
  it('is held by the whole key, with the row as it was seen', () => {
    expect(changesOf(cellAct(ROWS, EMPTY_QUEUE, cell(V), { set: 12 }))).toMatchObject([
      { kind: 'update', key: KEY, seen: { v: 10, w: 'a', s: 5 }, edits: { v: { set: 12 } } },
    ]);
    expect(changesOf(cellAct(ROWS, EMPTY_QUEUE, cell(S), { set: 6 }))).toMatchObject([
      { key: { p: 1 }, seen: { s: 5, sl: [1] }, edits: { s: { set: 6 } } },
    ]);
  });

  it('that gives back what was read is none', () => {
    const act = cellAct(ROWS, EMPTY_QUEUE, cell(V), { set: 12 });
    if (act === null) throw new Error('no act');
    const queue = queued(ROWS.table, EMPTY_QUEUE, act);
    expect(cellAct(ROWS, queue, cell(V), { set: 10 })).toEqual({ do: 'revert', key: KEY, column: 'v' });
    expect(cellAct(ROWS, EMPTY_QUEUE, cell(V), { set: 10 })).toBeNull();
    expect(changesOf(cellAct(ROWS, EMPTY_QUEUE, cell(V), { set: 10, ttlSeconds: 5 }))).toHaveLength(1);
  });

  it('of a part of the key is refused, with the way there', () => {
    expect(() => cellAct(ROWS, EMPTY_QUEUE, cell(C), { set: 2 })).toThrow('move the row');
    expect(() => cellAct(ROWS, EMPTY_QUEUE, cell(99), { set: 2 })).toThrow('computed');
  });
});

describe('many cells', () => {
  it('become null where they can, and the others are named', () => {
    const { act, skipped } = nullsAct(ROWS, [cell(V), cell(W), cell(C), cell(13)]);
    expect(changesOf(act)).toMatchObject([{ edits: { v: { set: null }, w: { set: null } } }]);
    expect(skipped).toEqual(['1 cell stays as it is: “c” is part of the primary key, which is never null.']);
    expect(nullsAct(COUNTS, [{ values: [1, 1, 5, 7], source: 3 }])).toMatchObject({ act: null });
  });

  it('take the topmost value, or none of them does', () => {
    const below = [rowWith({ 1: 2 }), rowWith({ 1: 3 })];
    expect(changesOf(fillAct(ROWS, rowWith({ [V]: 99 }), below, [V, W]))).toMatchObject([
      { key: { c: 2 }, edits: { v: { set: 99 }, w: { set: 'a' } } },
      { key: { c: 3 }, edits: { v: { set: 99 }, w: { set: 'a' } } },
    ]);
    expect(() => fillAct(ROWS, ROW, below, [C])).toThrow('move the row');
    expect(() => fillAct(ROWS, ROW, [], [V])).toThrow('those below');
    expect(() => fillAct(COUNTS, [1, 1, 5, 7], [[1, 2, 5, 8]], [3])).toThrow('counter');
  });

  it('take a pasted block by their types', () => {
    const onto = [ROW, rowWith({ 1: 2 })];
    const act = pasteAct(
      ROWS,
      [
        ['1', 'x'],
        [null, ''],
      ],
      onto,
      [V, W],
    );
    if (!('do' in act)) throw new Error('refused');
    expect(changesOf(act)).toMatchObject([
      { key: { c: 1 }, edits: { v: { set: 1 }, w: { set: 'x' } } },
      { key: { c: 2 }, edits: { v: { set: null }, w: { set: '' } } },
    ]);
    const nested = pasteAct(ROWS, [["{'b', 'a'}", '{"k": 2}']], [ROW], [ST, M]);
    expect('do' in nested && changesOf(nested)).toMatchObject([{ edits: { st: {}, m: { set: { k: 2 } } } }]);
  });

  it('take none of it where one does not fit, and say which and why', () => {
    const found = pasteAct(ROWS, [['1', 'x', 'y'], ['long', 'x'], ['2']], [ROW, rowWith({ 1: 2 })], [V, W]);
    expect(found).toEqual([
      { row: 1, column: 3, name: '', text: 'y', why: expect.stringContaining('no column') },
      { row: 2, column: 1, name: 'v', text: 'long', why: expect.any(String) },
      { row: 3, column: 1, name: 'v', text: '2', why: expect.stringContaining('no row') },
    ]);
  });

  it('take the key of a row along only where it is the same', () => {
    const same = pasteAct(ROWS, [['1', '1']], [ROW], [P, C]);
    expect('do' in same && changesOf(same)).toEqual([]);
    expect(pasteAct(ROWS, [['1', '2']], [ROW], [P, C])).toMatchObject([{ column: 2, name: 'c' }]);
    expect(pasteAct(COUNTS, [['1']], [[1, 1, 5, 7]], [3])).toMatchObject([{ why: 'A counter is only added to.' }]);
  });
});

describe('rows', () => {
  it('are deleted as they were seen; a partition without rows is named', () => {
    const { act, skipped } = deletionAct(ROWS, [ROW, rowWith({ 1: null, 2: null })]);
    expect(changesOf(act)).toMatchObject([{ kind: 'delete', key: KEY, seen: { v: 10 } }]);
    expect(changesOf(act)[0]).not.toHaveProperty('seen.s');
    expect(skipped).toHaveLength(1);
  });

  it('move to another key', () => {
    expect(changesOf(moveAct(ROWS, ROW, { ...KEY, c: 2 }))).toMatchObject([{ kind: 'move', key: KEY, to: { c: 2 } }]);
    expect(() => moveAct(ROWS, ROW, { ...KEY, p: '1' })).toThrow('the key that the row has');
    expect(() => moveAct(COUNTS, [1, 1, 5, 7], { p: 1, c: 2 })).toThrow('cannot move');
  });

  it('that are new take edits of their key, too', () => {
    const insert = { kind: 'insert' as const, key: KEY, values: { v: 1 } };
    const column = (name: string) => {
      const found = ROWS.table.shape.columns.find((one) => one.name === name);
      if (found === undefined) throw new Error(name);
      return found;
    };
    const queue = queued(ROWS.table, EMPTY_QUEUE, { do: 'change', change: insert });
    const afterEdit = (name: string, value: number) => {
      const act = insertEditAct(ROWS.table, insert, column(name), { set: value });
      return act === null ? null : queued(ROWS.table, queue, act).changes;
    };
    expect(afterEdit('v', 2)).toEqual([{ ...insert, values: { v: 2 } }]);
    expect(afterEdit('c', 2)).toEqual([{ ...insert, key: { ...KEY, c: 2 } }]);
    expect(afterEdit('c', 1)).toBeNull();
  });

  it('of more than a review takes are refused', () => {
    expect(() => checkCount(Array.from({ length: 1_001 }, () => ({ kind: 'delete', key: KEY })))).toThrow('1,000');
  });
});

describe('a TTL', () => {
  it('is set with the value that a cell has; of values in parts on each part', () => {
    const edit = (source: number) => ttlChange(ROWS, cell(source), ROW[source] ?? null, 60);
    expect(edit(V)).toMatchObject({ edits: { v: { set: 10, ttlSeconds: 60 } } });
    expect(edit(ST)).toMatchObject({ edits: { st: { elements: [['x', true]], ttlSeconds: 60 } } });
    expect(edit(M)).toMatchObject({ edits: { m: { elements: [['k', 1]], ttlSeconds: 60 } } });
    expect(edit(11)).toMatchObject({ edits: { u: { fields: { x: 1, y: 'y' }, ttlSeconds: 60 } } });
    expect(() => ttlChange(ROWS, cell(13), null, 60)).toThrow('null has no TTL');
  });

  it('of a row is that of its values, statics left out', () => {
    const [change] = changesOf(rowTtlAct(ROWS, ROW, ROW, 0));
    expect(change?.kind === 'update' && Object.keys(change.edits)).toEqual(['v', 'w', 'l', 'st', 'm', 'f', 'u', 'd']);
    expect(() => rowTtlAct(COUNTS, [1, 1, 5, 7], [1, 1, 5, 7], 60)).toThrow('Counters');
  });
});
