import { describe, expect, it } from 'vitest';
import type { RowChange } from '@/lib/contract/mutations';
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

  it('are told to all who show the table', () => {
    const store = new ChangeStore(PLACE, table);
    let told = 0;
    store.subscribe(() => {
      told += 1;
    });
    store.act({ do: 'change', change: set(1, 5) });
    expect(() => store.act({ do: 'change', change: { kind: 'delete', key: { p: 1 } } })).toThrow('lacks “c”');
    expect(told).toBe(1);
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

describe('the text that is kept', () => {
  const definition = definitionOf(table, 'id');

  it('gives the changes back, to the sign of zero', () => {
    const kept = { definition, changes: [set(1, -0)] };
    expect(keptChanges(keptText(kept))).toMatchObject(kept);
    expect(keptText(kept)).toContain('"set":-0');
  });

  it.each([
    ['nothing', null],
    ['no JSON', '{'],
    ['another version', JSON.stringify({ version: 2, definition, changes: [set(1, 1)] })],
    ['a change of another kind', JSON.stringify({ version: 1, definition, changes: [{ kind: 'drop', key: {} }] })],
    ['no changes', JSON.stringify({ version: 1, definition, changes: [] })],
    ['too many', JSON.stringify({ version: 1, definition, changes: Array(1_001).fill(set(1, 1)) })],
  ])('is none of ours where it is %s', (_name, text) => {
    expect(keptChanges(text)).toBeUndefined();
  });

  it('knows a table that was created again, or whose columns changed', () => {
    const [, ...columns] = table.shape.columns;
    expect(definitionOf(table, 'other')).not.toBe(definition);
    expect(definitionOf({ ...table, shape: { ...table.shape, columns } }, 'id')).not.toBe(definition);
  });
});
