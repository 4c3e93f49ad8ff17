import { describe, expect, it } from 'vitest';
import type { CellEdit, RowChange, RowRead } from '@/lib/contract/mutations';
import { addedAgain, conflictOf, conflictsIn, oldDeleted, resolved, stayed, type Take } from './resolve';
import { COUNTS, KEY, planned, rowOf, T, texts } from './test-plan';

type Update = Extract<RowChange, { readonly kind: 'update' }>;
const update = (edits: Record<string, CellEdit>, seen?: Update['seen']): Update => ({
  ...{ kind: 'update', key: KEY, edits },
  ...(seen === undefined ? {} : { seen }),
});
const all = (take: Take) => () => take;
const SEEN = { v: 1, w: 'a', l: [1], m: { a: 1 } };
const BOTH = update({ v: { set: 3 }, w: { set: 'c' } }, SEEN);
const NOW = rowOf({ v: 2, w: 'b', l: [1], m: { a: 1 } });
const nowValues = Object.fromEntries(Object.entries(NOW.cells).map(([name, { value }]) => [name, value]));

const outcome = { statement: 0, outcome: 'not_applied' as const, message: '', elapsedMs: 1, mayResend: false };

describe('a change and a row that others have changed', () => {
  it('disagree in the edited cells that are not as they were read', () => {
    expect(conflictOf(T, BOTH, rowOf({ ...SEEN, v: 2 }), null)).toEqual({
      ...{ kind: 'cells', cells: [{ column: 'v', seen: 1, now: 2, wanted: 3 }] },
    });
    expect(conflictOf(T, BOTH, rowOf({ ...SEEN, m: { a: 2 } }), null)).toBeNull();
    expect(conflictOf(T, update({ v: { set: 3 } }), rowOf({ v: 2 }), rowOf({ v: 1 }))).toMatchObject({
      cells: [{ column: 'v', seen: 1, now: 2, wanted: 3 }],
    });
  });

  it('agree after a decision by cell, and are planned against what is there now', () => {
    const take = (column: string): Take => (column === 'v' ? 'mine' : 'theirs');
    const change = resolved(T, BOTH, NOW, take);
    expect(change).toEqual({ kind: 'update', key: KEY, seen: nowValues, edits: { v: { set: 3 } } });
    expect(change === null ? [] : texts(change, NOW)).toEqual([
      'UPDATE SET v = 3 WHERE p = 1 AND c = 1 AND c2 = 1 IF v = 2',
    ]);
    expect(resolved(T, BOTH, NOW, all('theirs'))).toBeNull();
  });

  it('need no edit where the row has the wanted value already', () => {
    expect(resolved(T, BOTH, rowOf({ ...SEEN, v: 3 }), all('mine'))).toMatchObject({ edits: { w: { set: 'c' } } });
    expect(resolved(T, update({ v: { set: 2 } }, SEEN), NOW, all('mine'))).toBeNull();
  });

  it.each<[string, CellEdit, object, unknown, CellEdit]>([
    ['appended values join the list', { append: [9] }, { l: [1, 2] }, [1, 2, 9], { append: [9] }],
    ['entries join the map', { elements: [['b', 5]] }, { m: { c: 3 } }, { c: 3, b: 5 }, { elements: [['b', 5]] }],
    ['an index that is gone sets the list', { elements: [[0, 7]] }, { l: null }, [7], { set: [7] }],
  ])('join: %s', (_, edit, now, wanted, kept) => {
    const [name = ''] = Object.keys(now);
    const [row, change] = [rowOf({ ...SEEN, ...now }), update({ [name]: edit }, SEEN)];
    expect(conflictOf(T, change, row, null)).toMatchObject({ cells: [{ column: name, wanted }] });
    expect(resolved(T, change, row, all('mine'))).toMatchObject({ edits: { [name]: kept } });
  });

  it('leave a deletion as a whole: of the row as it is now, or not at all', () => {
    const change: RowChange = { kind: 'delete', key: KEY, seen: { v: 1, w: 'b' } };
    expect(conflictOf(T, change, NOW, null)).toEqual({
      ...{ kind: 'cells', cells: [{ column: 'v', seen: 1, now: 2, wanted: undefined }] },
    });
    expect(resolved(T, change, NOW, all('mine'))).toEqual({ ...change, seen: nowValues });
    expect(resolved(T, change, NOW, all('theirs'))).toBeNull();
  });

  it('move the row as it is now, with the edits that count', () => {
    const change: RowChange = { kind: 'move', key: KEY, to: { ...KEY, c: 2 }, seen: SEEN, edits: { v: { set: 3 } } };
    expect(conflictOf(T, change, NOW, null)).toMatchObject({
      cells: [
        { column: 'v', wanted: 3 },
        { column: 'w', seen: 'a', now: 'b', wanted: undefined },
      ],
    });
    expect(resolved(T, change, NOW, all('theirs'))).toEqual({ ...change, seen: nowValues, edits: {} });
  });
});

describe('a move to a key that has a row', () => {
  const MOVE = { kind: 'move' as const, key: KEY, to: { ...KEY, c: 2 }, seen: SEEN, edits: { v: { set: 3 } } };

  it('shows what it would move and what stands there, and can be given up for an edit in place', () => {
    const there = rowOf({ v: 3, w: 'z', l: [1], m: { a: 1 }, s: 9 });
    expect(conflictOf(T, MOVE, rowOf({ ...SEEN, s: 1 }), null, there)).toEqual({
      ...{ kind: 'taken', cells: [{ column: 'w', seen: 'a', now: 'z', wanted: 'a' }] },
    });
    expect(stayed(MOVE)).toEqual({ kind: 'update', key: KEY, seen: SEEN, edits: { v: { set: 3 } } });
    expect(stayed({ ...MOVE, edits: {} })).toBeNull();
  });

  it('is only the deletion of the old row where the same one stands there', () => {
    const row = rowOf(SEEN);
    expect(conflictOf(T, MOVE, row, null, rowOf({ ...SEEN, v: 3 }))).toEqual({ kind: 'taken', cells: [] });
    expect(texts(oldDeleted(MOVE, row), row)).toEqual([
      expect.stringMatching(/^DELETE FROM WHERE p = 1 AND c = 1 AND c2 = 1 IF v = 1 AND w = 'a' AND l = \[1\] AND /),
    ]);
  });

  it('is not made a second time: a row that is gone may have been moved already', () => {
    expect(conflictOf(T, MOVE, null, null, NOW)).toEqual({ kind: 'gone', canAdd: false, isTaken: true });
  });

  it('is refused with that row, and found as a conflict', () => {
    const read = [{ change: MOVE, row: rowOf(SEEN), target: NOW }];
    const { refusals, statements } = planned(read);
    expect(refusals).toMatchObject([{ change: 0, message: expect.stringContaining('new key'), target: NOW }]);
    const gone = planned([{ change: MOVE, row: null, target: NOW }]).refusals;
    expect(gone).toMatchObject([{ message: expect.stringContaining('gone'), differences: [], target: NOW }]);
    expect(statements).toEqual([]);
    const plan = { changes: [MOVE], rows: [rowOf(SEEN)], refusals: [...refusals], statements: [] };
    expect(conflictsIn(T, plan, new Map()).get(0)?.conflict).toMatchObject({ kind: 'taken' });
  });

  it('is a conflict after its run only while nothing of it was made', () => {
    const { statements } = planned([{ change: { ...MOVE, to: { ...KEY, p: 2 } }, row: rowOf(SEEN), target: null }]);
    const shown = statements.map(({ mayResend: _mayResend, partition: _partition, ...one }) => ({
      ...{ ...one, changes: [...one.changes], notes: [...one.notes] },
    }));
    const plan = { changes: [MOVE], rows: [rowOf(SEEN)], refusals: [], statements: shown };
    const failed = (statement: number, rows: { change: number; row: RowRead | null; target?: RowRead }[]) =>
      new Map([[statement, { ...outcome, statement, rows }]]);
    expect(shown).toHaveLength(2);
    const first = conflictsIn(T, plan, failed(0, [{ change: 0, row: rowOf(SEEN), target: NOW }]));
    expect(first.get(0)?.conflict).toMatchObject({ kind: 'taken' });
    const changed = conflictsIn(T, plan, failed(0, [{ change: 0, row: NOW }]));
    expect(changed.get(0)?.conflict).toMatchObject({ kind: 'cells', cells: [{ column: 'v' }, { column: 'w' }] });
    expect(conflictsIn(T, plan, failed(1, [{ change: 0, row: NOW }])).size).toBe(0);
  });
});

describe('a row that is gone', () => {
  it('is added again only as a new row, with all that is known of it', () => {
    expect(conflictOf(T, BOTH, null, null)).toEqual({ kind: 'gone', canAdd: true, isTaken: false });
    const added = addedAgain(
      T,
      update({ v: { set: 3 }, l: { append: [2] } }, { ...SEEN, s: 7, p: 1 }),
      rowOf({ f: [4] }),
    );
    expect(added).toEqual({ kind: 'insert', key: KEY, values: { v: 3, w: 'a', l: [1, 2], m: { a: 1 }, f: [4] } });
    expect(planned([{ change: added, row: null }]).refusals).toEqual([]);
  });

  it('was to be deleted, or moved', () => {
    expect(conflictOf(T, { kind: 'delete', key: KEY }, null, rowOf({}))).toEqual({
      kind: 'gone',
      canAdd: false,
      isTaken: false,
    });
    const to = { ...KEY, c: 2 };
    expect(addedAgain(T, { kind: 'move', key: KEY, to, seen: SEEN }, null)).toEqual({
      kind: 'insert',
      key: to,
      values: SEEN,
    });
  });

  it('is none for static columns, which are null then', () => {
    const change: RowChange = { kind: 'update', key: { p: 1 }, seen: { s: 1 }, edits: { s: { set: 2 } } };
    expect(conflictOf(T, change, null, null)).toEqual({
      ...{ kind: 'cells', cells: [{ column: 's', seen: 1, now: null, wanted: 2 }] },
    });
    expect(resolved(T, change, null, all('mine'))).toEqual({ ...change, seen: { s: null } });
  });
});

describe('a row where a new one was meant', () => {
  const change: RowChange = { kind: 'insert', key: KEY, values: { v: 3, w: 'b' }, ttlSeconds: 60 };

  it('is edited instead, in what differs, guarded by what is there', () => {
    expect(conflictOf(T, change, NOW, null)).toEqual({
      ...{ kind: 'exists', cells: [{ column: 'v', seen: undefined, now: 2, wanted: 3 }] },
    });
    expect(resolved(T, change, NOW, all('mine'))).toEqual({
      ...{ kind: 'update', key: KEY, seen: nowValues, edits: { v: { set: 3, ttlSeconds: 60 } } },
    });
    expect(resolved(T, change, NOW, all('theirs'))).toBeNull();
    expect(conflictOf(T, change, null, null)).toBeNull();
  });

  it('also where an update saw none', () => {
    expect(conflictOf(T, update({ v: { set: 3 } }, null), NOW, null)).toMatchObject({
      ...{ kind: 'exists', cells: [{ column: 'v', seen: undefined, now: 2, wanted: 3 }] },
    });
  });
});

it('counters and ranges have no conflict: nothing was compared', () => {
  const count: RowChange = { kind: 'update', key: { p: 1, c: 1 }, edits: { k: { by: '1' } } };
  expect(conflictOf(COUNTS, count, null, null)).toBeNull();
  expect(conflictOf(T, { kind: 'delete_partition', key: { p: 1 } }, NOW, null)).toBeNull();
});

it('the conflicts of a plan and of its run are found by change', () => {
  const isNull = rowOf({});
  const changes = [update({ v: { set: 2 } }), BOTH, update({ w: { set: 'x' } })];
  const plan = {
    changes,
    rows: [isNull, NOW, rowOf({ w: 'a' })],
    refusals: [0, 1].map((change) => ({ change, message: '' })),
    statements: [],
  };
  const found = conflictsIn(T, plan, new Map([[0, { ...outcome, rows: [{ change: 2, row: NOW }] }]]));
  expect([...found.keys()]).toEqual([1, 2]);
  expect(found.get(2)).toMatchObject({
    now: NOW,
    conflict: { cells: [{ column: 'w', seen: 'a', now: 'b', wanted: 'x' }] },
  });
});
