import { describe, expect, it } from 'vitest';
import type { RowChange } from '@/lib/contract/mutations';
import { type ChangeEnding, type Endings, NO_ENDINGS } from '@/lib/edit/ending';
import { editableOf } from '@/lib/edit/test-editable';
import type { ChangeShelf, LeftChanges } from './change-shelf';
import { ChangeStore } from './change-store';
import { definitionOf, keptChanges, keptText } from './kept-text';

const { table } = editableOf('t');
const PLACE = { cluster: 'demo', keyspace: 'ks', table: 't' };
const set = (c: number, v: number): RowChange => ({
  kind: 'update',
  key: { p: 1, c, c2: 1 },
  edits: { v: { set: v } },
});

const UNKNOWN: ChangeEnding = {
  ...{ outcome: 'unknown', message: 'Unknown: no answer came.', at: '2026-11-29T12:00:00.000Z' },
  run: { token: 'token', statements: [1] },
};

/** A shelf without a browser. */
function shelfOf(first: readonly RowChange[], left: LeftChanges[] = [], room = true) {
  const written: (readonly RowChange[])[] = [];
  const shelf: ChangeShelf = {
    first,
    write: (changes) => {
      written.push(changes);
      return room;
    },
    left: () => Promise.resolve([...left]),
    take: async (id, act) => {
      const at = left.findIndex((one) => one.id === id);
      const found = left[at];
      if (found === undefined) return false;
      act(found);
      left.splice(at, 1);
      return true;
    },
  };
  return { shelf, written };
}

describe('the changes of a table', () => {
  it('go on where they were kept, and are written with each act', () => {
    const { shelf, written } = shelfOf([set(1, 5)]);
    const store = new ChangeStore(PLACE, table, shelf);
    store.act({ do: 'change', change: set(2, 6) });
    expect(store.getQueue().changes).toEqual([set(1, 5), set(2, 6)]);
    store.act({ do: 'undo' });
    expect(written).toEqual([[set(1, 5), set(2, 6)], [set(1, 5)]]);
  });

  it('reach all who show the table', () => {
    const store = new ChangeStore(PLACE, table);
    let calls = 0;
    store.subscribe(() => {
      calls += 1;
    });
    store.act({ do: 'change', change: set(1, 5) });
    expect(() => store.act({ do: 'change', change: { kind: 'delete', key: { p: 1 } } })).toThrow('lacks “c”');
    expect(calls).toBe(1);
  });

  it('say that they are not kept where the browser refuses', () => {
    const store = new ChangeStore(PLACE, table, shelfOf([], [], false).shelf);
    store.act({ do: 'change', change: set(1, 5) });
    expect(store.getStanding()).toMatchObject({ isKept: false, queue: { changes: [set(1, 5)] } });
  });

  it('are at most as many as one review takes', () => {
    const many = Array.from({ length: 1_000 }, (_, index) => set(index, 1));
    const store = new ChangeStore(PLACE, table, shelfOf(many).shelf);
    expect(() => store.act({ do: 'change', change: set(1_000, 1) })).toThrow('1,000');
    store.act({ do: 'change', change: set(1, 2) });
    expect(store.getQueue().changes).toHaveLength(1_000);
  });

  it('do not begin with what is no change of the table', () => {
    const wrong: RowChange = { kind: 'update', key: { p: 'x', c: 1, c2: 1 }, edits: { v: { set: 1 } } };
    expect(new ChangeStore(PLACE, table, shelfOf([wrong]).shelf).getQueue().changes).toEqual([]);
  });

  it('take over what a closed tab has left, where it fits, and else leave it', async () => {
    const left: LeftChanges[] = [
      { id: 'a', why: 'closed_tab', changes: [set(1, 5)] },
      {
        id: 'b',
        why: 'redefined',
        changes: [{ kind: 'update', key: { p: 1, c: 1, c2: 1 }, edits: { gone: { set: 1 } } }],
      },
    ];
    const store = new ChangeStore(PLACE, table, shelfOf([], left).shelf);
    await store.lookForLeft();
    expect(store.getStanding().left.map(({ id }) => id)).toEqual(['a', 'b']);
    await store.takeOver('a');
    expect(store.getQueue().changes).toEqual([set(1, 5)]);
    await expect(store.takeOver('b')).rejects.toThrow('no column “gone”');
    expect(left.map(({ id }) => id)).toEqual(['b']);
    await store.discardLeft('b');
    expect(store.getStanding().left).toEqual([]);
    await expect(store.takeOver('b')).rejects.toThrow('open again');
  });
});

describe('how a change ended', () => {
  it('stays with the change in memory and on the shelf, and goes when that is edited, reverted or settled', () => {
    const kept: (readonly [readonly RowChange[], Endings])[] = [];
    const { shelf } = shelfOf([set(1, 5), set(2, 6), set(3, 7)]);
    const store = new ChangeStore(PLACE, table, {
      ...shelf,
      write: (changes, endings) => kept.push([changes, endings]) > 0,
    });
    const ending = (at: number) => {
      const change = store.getQueue().changes[at];
      return change && store.getStanding().endings.get(change);
    };
    store.end(new Map(store.getQueue().changes.map((change) => [change, UNKNOWN])));
    expect([ending(0), ending(1), ending(2)]).toEqual([UNKNOWN, UNKNOWN, UNKNOWN]);
    expect(kept.at(-1)?.[1].size).toBe(3);
    store.act({ do: 'change', change: set(1, 8) });
    expect([ending(0), ending(1)]).toEqual([undefined, UNKNOWN]);
    store.act({ do: 'undo' });
    expect(ending(0)).toEqual(UNKNOWN);
    store.act({ do: 'revert', key: set(1, 5).key });
    store.act({ do: 'settle', keys: [set(2, 6).key] });
    expect([store.getQueue().changes.length, ending(0)]).toEqual([1, UNKNOWN]);
    expect(store.getStanding().endings.size).toBe(1);
  });

  it('is there again with the changes that were kept, and with those of a closed tab', async () => {
    const [own, theirs] = [set(1, 5), set(2, 6)];
    const left: LeftChanges[] = [
      { id: 'a', why: 'closed_tab', changes: [theirs], endings: new Map([[theirs, UNKNOWN]]) },
    ];
    const shelf = { ...shelfOf([own], left).shelf, firstEndings: new Map([[own, UNKNOWN]]) };
    const store = new ChangeStore(PLACE, table, shelf);
    await store.takeOver('a');
    const { queue, endings } = store.getStanding();
    expect(queue.changes.map((change) => endings.get(change))).toEqual([UNKNOWN, UNKNOWN]);
  });
});

describe('the text that is kept', () => {
  const definition = definitionOf(table, 'id');

  it('gives the changes back, to the sign of zero', () => {
    const kept = { definition, changes: [set(1, -0)], endings: NO_ENDINGS };
    expect(keptChanges(keptText(kept))).toMatchObject(kept);
    expect(keptText(kept)).toContain('"set":-0');
  });

  it('gives back how changes ended, each with its change', () => {
    const [one, other] = [set(1, 1), set(2, 2)];
    const text = keptText({ definition, changes: [one, other], endings: new Map([[other, UNKNOWN]]) });
    const kept = keptChanges(text);
    expect([...(kept?.endings ?? [])]).toEqual([[other, UNKNOWN]]);
    expect(kept?.endings.get(kept.changes[1] ?? one)).toEqual(UNKNOWN);
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another version', JSON.stringify({ version: 2, definition, changes: [set(1, 1)] })],
    ['a change of another kind', JSON.stringify({ version: 1, definition, changes: [{ kind: 'drop', key: {} }] })],
    [
      'an ending of no kind',
      JSON.stringify({
        ...{ version: 1, definition, changes: [set(1, 1)] },
        endings: [{ change: 0, ...UNKNOWN, outcome: 'applied' }],
      }),
    ],
    ['no changes', JSON.stringify({ version: 1, definition, changes: [] })],
    ['too many', JSON.stringify({ version: 1, definition, changes: Array(1_001).fill(set(1, 1)) })],
  ])('is none of ours where it is %s', (_name, text) => {
    expect(keptChanges(text)).toBeUndefined();
  });

  it('knows a table that was created again, or whose columns changed', () => {
    const [, ...columns] = table.shape.columns;
    expect(definitionOf(table, 'other')).not.toBe(definition);
    // A mask says something of the person, and not of the table.
    const masked = table.shape.columns.map((column) => ({ ...column, masked: 'reports' }));
    expect(definitionOf({ ...table, shape: { ...table.shape, columns: masked } }, 'id')).toBe(definition);
    expect(definitionOf({ ...table, shape: { ...table.shape, columns } }, 'id')).not.toBe(definition);
  });
});
