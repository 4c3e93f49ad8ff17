import { describe, expect, it } from 'vitest';
import { jsonText } from '@/lib/contract/json';
import type { CellEdit, RowChange } from '@/lib/contract/mutations';
import { type ChangeQueue, EMPTY_QUEUE, mergedChanges, type QueueAct, queued } from './queue';
import { COUNTS, KEY, T } from './test-plan';

const update = (edits: Record<string, CellEdit>, key: RowChange['key'] = KEY): RowChange => ({
  kind: 'update',
  key,
  edits,
});
const change = (one: RowChange): QueueAct => ({ do: 'change', change: one });
const queueAfter = (...acts: QueueAct[]): ChangeQueue =>
  acts.reduce((queue, act) => queued(T, queue, act), EMPTY_QUEUE);
const set = (v: number) => update({ v: { set: v } });

describe('changes of one row', () => {
  const merges: [string, RowChange[], RowChange[]][] = [
    ['the last value of a cell counts', [set(1), set(2)], [set(2)]],
    ['cells add up', [set(1), update({ w: { set: 'a' } })], [update({ v: { set: 1 }, w: { set: 'a' } })]],
    ['a key in another form is the same', [set(1), update({ v: { set: 3 } }, { p: '1', c: 1, c2: 1 })], [set(3)]],
    [
      'entries add up',
      [
        update({ m: { elements: [['a', 1]] } }),
        update({
          m: {
            elements: [
              ['b', 2],
              ['a', null],
            ],
          },
        }),
      ],
      [
        update({
          m: {
            elements: [
              ['a', null],
              ['b', 2],
            ],
          },
        }),
      ],
    ],
    [
      'a set value takes elements in',
      [
        update({ st: { set: ['a'] } }),
        update({
          st: {
            elements: [
              ['b', true],
              ['a', null],
            ],
          },
        }),
      ],
      [update({ st: { set: ['b'] } })],
    ],
    [
      'appended values keep their order',
      [update({ l: { append: [1] } }), update({ l: { append: [2] } })],
      [update({ l: { append: [1, 2] } })],
    ],
    [
      'prepended values too',
      [update({ l: { prepend: [1] } }), update({ l: { prepend: [2] } })],
      [update({ l: { prepend: [2, 1] } })],
    ],
    [
      'a list that grew at both ends is set, where it is known what it was',
      [
        { kind: 'update', key: KEY, seen: { l: [1, 2] }, edits: { l: { append: [3], ttlSeconds: 60 } } },
        update({ l: { prepend: [0] } }),
      ],
      [{ kind: 'update', key: KEY, seen: { l: [1, 2] }, edits: { l: { set: [0, 1, 2, 3], ttlSeconds: 60 } } }],
    ],
    [
      'fields add up',
      [update({ u: { fields: { x: 1 } } }), update({ u: { fields: { y: 'b' } } })],
      [update({ u: { fields: { x: 1, y: 'b' } } })],
    ],
    [
      'a new row takes edits in',
      [{ kind: 'insert', key: KEY, values: { v: 1 } }, update({ w: { set: 'a' } })],
      [{ kind: 'insert', key: KEY, values: { v: 1, w: 'a' } }],
    ],
    [
      'a new row that is deleted is none',
      [
        { kind: 'insert', key: KEY, values: {} },
        { kind: 'delete', key: KEY },
      ],
      [],
    ],
    [
      'an edited row that is deleted is deleted',
      [
        { ...set(1), kind: 'update', seen: { v: 0 }, edits: {} },
        { kind: 'delete', key: KEY },
      ],
      [{ kind: 'delete', key: KEY, seen: { v: 0 } }],
    ],
    [
      'a moved row keeps its edits',
      [set(1), { kind: 'move', key: KEY, to: { ...KEY, c: 9 } }],
      [{ kind: 'move', key: KEY, to: { ...KEY, c: 9 }, edits: { v: { set: 1 } } }],
    ],
    [
      'static cells are the partition’s',
      [set(1), update({ s: { set: 1 } }, { p: 1 })],
      [set(1), update({ s: { set: 1 } }, { p: 1 })],
    ],
  ];
  it.each(merges)('%s', (_name, changes, merged) => {
    expect(mergedChanges(T, changes)).toEqual(merged);
  });

  it('of counters are summed', () => {
    const by = (n: string): RowChange => ({ kind: 'update', key: { p: 1, c: 1 }, edits: { k: { by: n } } });
    expect(mergedChanges(COUNTS, [by('9223372036854775800'), by('-1')])).toEqual([by('9223372036854775799')]);
  });

  it.each([
    ['an edit of a deleted row', [{ kind: 'delete', key: KEY }, set(1)], 'it is deleted'],
    ['an insert over an edit', [set(1), { kind: 'insert', key: KEY, values: {} }], 'edited cells'],
    [
      'two kinds of edit of a list',
      [update({ l: { append: [1] } }), update({ l: { prepend: [1] } })],
      'cannot make both',
    ],
    ['a key without its clustering columns', [{ kind: 'delete', key: { p: 1 } }], 'lacks “c”'],
    ['a key with a null', [{ kind: 'delete', key: { ...KEY, c: null } }], 'cannot be null'],
    ['a key with another column', [{ kind: 'delete', key: { ...KEY, v: 1 } }], 'names “v”'],
  ] satisfies [string, RowChange[], string][])('refuse %s', (_name, changes, reason) => {
    expect(() => mergedChanges(T, changes)).toThrow(reason);
  });
});

describe('the queue', () => {
  const other = update({ v: { set: 5 } }, { ...KEY, c: 2 });

  it('undoes and redoes, and forgets what was undone with the next act', () => {
    const both = queueAfter(change(set(1)), change(other));
    const once = queued(T, both, { do: 'undo' });
    expect(once.changes).toEqual([set(1)]);
    expect(queued(T, once, { do: 'redo' }).changes).toEqual(both.changes);
    const else_ = queued(T, once, change(set(9)));
    expect(queued(T, else_, { do: 'redo' })).toBe(else_);
    expect(queued(T, queued(T, both, { do: 'discard' }), { do: 'undo' }).changes).toEqual(both.changes);
    expect(queued(T, EMPTY_QUEUE, { do: 'undo' })).toBe(EMPTY_QUEUE);
  });

  it('makes several changes as one act, or none of them', () => {
    const both = queueAfter(change(set(1)), { do: 'changes', changes: [set(2), other] });
    expect(both.changes).toEqual([set(2), other]);
    expect(queued(T, both, { do: 'undo' }).changes).toEqual([set(1)]);
    const queue = queueAfter(change({ kind: 'delete', key: KEY }));
    expect(() => queued(T, queue, { do: 'changes', changes: [other, set(1)] })).toThrow('it is deleted');
    expect(queue.changes).toHaveLength(1);
  });

  it('puts a new row under another key in the place of the old one, as one act', () => {
    const row: RowChange = { kind: 'insert', key: KEY, values: { v: 1 } };
    const to: RowChange = { ...row, key: { ...KEY, c: 9 } };
    const queue = queueAfter(change(row), { do: 'replace', key: KEY, change: to });
    expect(queue.changes).toEqual([to]);
    expect(queued(T, queue, { do: 'undo' }).changes).toEqual([row]);
  });

  it('takes a cell back, and the row with its last one', () => {
    const two = queueAfter(change(update({ v: { set: 1 }, w: { set: 'a' } })));
    expect(queued(T, two, { do: 'revert', key: KEY, column: 'v' }).changes).toEqual([update({ w: { set: 'a' } })]);
    expect(queued(T, queueAfter(change(set(1))), { do: 'revert', key: KEY, column: 'v' }).changes).toEqual([]);
    expect(queued(T, two, { do: 'revert', key: KEY }).changes).toEqual([]);
  });

  it('survives a reload as JSON, and lets go of what was applied', () => {
    const queue = queueAfter(change(set(1)), change(other));
    expect(JSON.parse(jsonText(queue))).toEqual(queue);
    expect(queued(T, queue, { do: 'settle', keys: [KEY] })).toEqual({ changes: [other], undo: [], redo: [] });
  });

  it('stays as it was when an act is refused', () => {
    const queue = queueAfter(change({ kind: 'delete', key: KEY }));
    expect(() => queued(T, queue, change(set(1)))).toThrow('it is deleted');
    expect(queue.changes).toHaveLength(1);
  });
});
