import { describe, expect, it } from 'vitest';
import type { CellEdit, MutationNote, MutationOptions, RowRead } from '@/lib/contract/mutations';
import { COUNTS, KEY, planned, rowOf, T, texts } from './test-plan';

const WHERE = 'WHERE p = 1 AND c = 1 AND c2 = 1';
const update = (edits: Record<string, CellEdit>) => ({ kind: 'update' as const, key: KEY, edits });
const codes = (edits: Record<string, CellEdit>, row: RowRead, options: Partial<MutationOptions> = {}, table = T) =>
  planned([{ change: update(edits), row }], options, table).statements.flatMap(({ notes }) =>
    notes.map(({ code }) => code),
  );

describe('guards', () => {
  const cases: [string, Record<string, CellEdit>, RowRead, string][] = [
    ['a value as read', { v: { set: 2 } }, rowOf({ v: 1 }), 'SET v = 2 WHERE … IF v = 1'],
    [
      'several values',
      { v: { set: 2 }, w: { set: null } },
      rowOf({ v: 1, w: '' }),
      "SET v = 2, w = null WHERE … IF v = 1 AND w = ''",
    ],
    ['null joined by a value', { v: { set: 2 } }, rowOf({ w: 'a' }), "SET v = 2 WHERE … IF v = null AND w = 'a'"],
    [
      'null beside a value',
      { v: { set: 2 }, w: { set: 'b' } },
      rowOf({ w: 'a' }),
      "SET v = 2, w = 'b' WHERE … IF v = null AND w = 'a'",
    ],
    ['nulls in an empty row', { v: { set: 2 } }, rowOf({}), 'SET v = 2 WHERE … IF EXISTS'],
    ['a static value joins nothing', { v: { set: 2 } }, rowOf({ s: 1 }), 'SET v = 2 WHERE … IF EXISTS'],
    [
      'an empty set is null',
      { st: { set: ['a'] } },
      rowOf({ st: [], v: 1 }),
      "SET st = {'a'} WHERE … IF st = null AND v = 1",
    ],
    ['an empty frozen list is none', { f: { set: [1] } }, rowOf({ f: [] }), 'SET f = [1] WHERE … IF f = []'],
    [
      'an entry of a map',
      { m: { elements: [['a', 2]] } },
      rowOf({ m: { a: 1, b: 2 } }),
      "SET m['a'] = 2 WHERE … IF m['a'] = 1",
    ],
    [
      'a new entry',
      { m: { elements: [['z', 2]] } },
      rowOf({ m: { a: 1 }, v: 1 }),
      "SET m['z'] = 2 WHERE … IF m['z'] = null AND v = 1",
    ],
    ['a field', { u: { fields: { y: 'b' } } }, rowOf({ u: { x: 1, y: 'a' } }), "SET u.y = 'b' WHERE … IF u.y = 'a'"],
    ['a list as a whole', { l: { append: [4] } }, rowOf({ l: [1] }), 'SET l = l + [4] WHERE … IF l = [1]'],
    [
      'an element of a set',
      {
        st: {
          elements: [
            ['b', true],
            ['a', null],
          ],
        },
      },
      rowOf({ st: ['a'] }),
      "SET st = st + {'b'}, st = st - {'a'} WHERE … IF st = {'a'}",
    ],
    ['an index of a list', { l: { elements: [[1, 9]] } }, rowOf({ l: [1, 2] }), 'SET l[1] = 9 WHERE … IF l = [1, 2]'],
    [
      'a whole map as its difference',
      { m: { set: { a: 1, b: 3 } } },
      rowOf({ m: { a: 1, b: 2 } }),
      "SET m['b'] = 3 WHERE … IF m = {'a': 1, 'b': 2}",
    ],
  ];
  it.each(cases)('%s', (_name, edits, row, text) => {
    expect(texts(update(edits), row)).toEqual([`UPDATE ks.t ${text}`.replace('ks.t ', '').replace('WHERE …', WHERE)]);
  });

  it('compare a deleted row as a whole', () => {
    const [text] = texts({ kind: 'delete', key: KEY }, rowOf({ v: 1 }));
    expect(text).toMatch(/^DELETE FROM WHERE .* IF v = 1 AND w = null AND l = null/);
    expect(texts({ kind: 'delete', key: KEY }, rowOf({}))).toEqual([`DELETE FROM ${WHERE} IF EXISTS`]);
  });

  it('of static columns need the partition key alone', () => {
    const change = { kind: 'update' as const, key: { p: 1 }, edits: { s: { set: 2 } } };
    expect(texts(change, rowOf({ s: 1 }))).toEqual(['UPDATE SET s = 2 WHERE p = 1 IF s = 1']);
    expect(texts(change, null)).toEqual(['UPDATE SET s = 2 WHERE p = 1 IF s = null']);
  });
});

describe('TTLs', () => {
  const PLAIN = { mode: 'plain' as const };
  const aging = { ...T, defaultTtlSeconds: 500 };
  const cases: [string, Record<string, CellEdit>, RowRead, Partial<MutationOptions>, string[]][] = [
    [
      'is kept',
      { v: { set: 2 } },
      rowOf({ v: 1 }, { v: { ttl: 90 } }),
      PLAIN,
      ['UPDATE USING TIMESTAMP 7 AND TTL 90 SET v = 2 WHERE …'],
    ],
    [
      'is said',
      { v: { set: 2, ttlSeconds: 5 } },
      rowOf({ v: 1 }, { v: { ttl: 90 } }),
      PLAIN,
      ['UPDATE USING TIMESTAMP 7 AND TTL 5 SET v = 2 WHERE …'],
    ],
    [
      'is an option',
      { v: { set: 2 } },
      rowOf({ v: 1 }),
      { ...PLAIN, ttl: 60 },
      ['UPDATE USING TIMESTAMP 7 AND TTL 60 SET v = 2 WHERE …'],
    ],
    [
      'is the table’s',
      { v: { set: 2 } },
      rowOf({ v: 1 }, { v: { ttl: 90 } }),
      { ...PLAIN, ttl: 'table' },
      ['UPDATE USING TIMESTAMP 7 SET v = 2 WHERE …'],
    ],
    [
      'of each value has its statement, in one batch',
      { v: { set: 2 }, w: { set: 'b' }, f: { set: null } },
      rowOf({ v: 1, w: 'a', f: [1] }, { v: { ttl: 90 } }),
      {},
      [
        "BEGIN UNLOGGED BATCH\n  UPDATE USING TTL 90 SET v = 2, f = null WHERE … IF v = 1 AND w = 'a' AND f = [1];\n  UPDATE SET w = 'b' WHERE …;\nAPPLY BATCH",
      ],
    ],
    [
      'of each entry is kept',
      { m: { elements: [['a', 5]] } },
      rowOf({ m: { a: 1, b: 2 } }, { m: { parts: [30, 60] } }),
      PLAIN,
      ["UPDATE USING TIMESTAMP 7 AND TTL 30 SET m['a'] = 5 WHERE …"],
    ],
    [
      'cannot be read before 5.0',
      { st: { set: ['z'] } },
      rowOf({ st: ['a'] }, { st: { parts: null } }),
      PLAIN,
      [
        'refused: The TTLs in “st” cannot be read before Cassandra 5.0, so they cannot be kept. Say which TTL the new value gets (ttlSeconds, 0 for none).',
      ],
    ],
    [
      'is said where it cannot be read',
      { st: { set: ['z'], ttlSeconds: 0 } },
      rowOf({ st: ['a'] }, { st: { parts: null } }),
      PLAIN,
      ["UPDATE USING TIMESTAMP 7 AND TTL 0 SET st = {'z'} WHERE …"],
    ],
    [
      'is said for a collection that stays as it is',
      { st: { set: ['a', 'b'], ttlSeconds: 5 }, u: { set: { x: 1, y: null }, ttlSeconds: 5 } },
      rowOf({ st: ['a', 'b'], u: { x: 1, y: null } }),
      PLAIN,
      ["UPDATE USING TIMESTAMP 7 AND TTL 5 SET st = st + {'a'}, st = st + {'b'}, u.x = 1 WHERE …"],
    ],
    [
      'has passed',
      { v: { set: 2, expiresAt: '2026-11-29T11:00:00Z' } },
      rowOf({ v: 1 }),
      PLAIN,
      ['UPDATE USING TIMESTAMP 7 SET v = null WHERE …'],
    ],
    [
      'ends then',
      { v: { set: 2, expiresAt: '2026-11-29T12:01:00Z' } },
      rowOf({ v: 1 }),
      PLAIN,
      ['UPDATE USING TIMESTAMP 7 AND TTL 60 SET v = 2 WHERE …'],
    ],
  ];
  it.each(cases)('%s', (_name, edits, row, options, wanted) => {
    expect(texts(update(edits), row, options).map((text) => text.replaceAll(WHERE, 'WHERE …'))).toEqual(wanted);
  });

  it('of a table do not touch a cell without one', () => {
    expect(texts(update({ v: { set: 2 } }), rowOf({ v: 1 }), PLAIN, aging)).toEqual([
      `UPDATE USING TIMESTAMP 7 AND TTL 0 SET v = 2 ${WHERE}`,
    ]);
    expect(texts(update({ v: { set: 2 } }), rowOf({}), PLAIN, aging)).toEqual([
      `UPDATE USING TIMESTAMP 7 SET v = 2 ${WHERE}`,
    ]);
  });

  it('of a new row in parts of time: the longest has the marker', () => {
    const expiresAt = { v: '2026-11-29T12:01:00Z', w: null };
    const [text] = texts({ kind: 'insert', key: KEY, values: { v: 1, w: 'a', st: null }, expiresAt }, null);
    expect(text).toBe(
      `BEGIN UNLOGGED BATCH\n  INSERT INTO (p, c, c2, w) VALUES (1, 1, 1, 'a') IF NOT EXISTS;\n  UPDATE USING TTL 60 SET v = 1 ${WHERE};\nAPPLY BATCH`.replace(
        'INTO (',
        'INTO (',
      ),
    );
  });
});

describe('notes', () => {
  const cases: [MutationNote['code'], Record<string, CellEdit>, RowRead, Partial<MutationOptions>?][] = [
    ['guard_joined', { v: { set: 1 } }, rowOf({ w: 'a' })],
    ['not_guarded', { v: { set: 1 } }, rowOf({})],
    ['ttl_kept', { v: { set: 2 } }, rowOf({ v: 1 }, { v: { ttl: 5 } })],
    ['ttl_lost', { v: { set: 2 } }, rowOf({ v: 1 }, { v: { ttl: 5 } }), { ttl: 0 }],
    ['ttl_parts', { l: { set: [9] } }, rowOf({ l: [1, 2] }, { l: { parts: [5, null] } })],
    ['tombstone', { v: { set: null } }, rowOf({ v: 1, w: 'a' })],
    ['whole_collection', { st: { set: ['x'] } }, rowOf({ st: ['a', 'b'] })],
    ['list_index', { l: { elements: [[0, 2]] } }, rowOf({ l: [1] })],
    ['not_idempotent', { l: { append: [2] } }, rowOf({ l: [1] })],
    ['row_vanishes', { v: { set: null } }, rowOf({ v: 1 })],
    ['expired', { v: { set: 2, expiresAt: '2020-01-01T00:00:00Z' } }, rowOf({ v: 1 })],
  ];
  it.each(cases)('say %s', (code, edits, row, options) => {
    expect(codes(edits, row, options)).toContain(code);
    expect(codes({ v: { set: 2 } }, rowOf({ v: 1, w: 'a' }))).toEqual([]);
  });
});

describe('notes of TTLs', () => {
  const aging = { ...T, defaultTtlSeconds: 500 };
  const kept = rowOf({ v: 1 }, { v: { ttl: 90 } });
  const ends = rowOf({ v: 1 });
  const cases: [string, Record<string, CellEdit>, RowRead, Partial<MutationOptions>, MutationNote['code'][]][] = [
    ['a cell without one', { v: { set: 2 } }, ends, {}, ['ttl_none']],
    ['a cell that gets none, for itself', { v: { set: 2, ttlSeconds: 0 } }, rowOf({}), {}, ['ttl_none']],
    ['a cell that gets none, by the options', { v: { set: 2 } }, rowOf({}), { ttl: 0 }, ['ttl_none']],
    ['a cell that gets the default', { v: { set: 2 } }, ends, { ttl: 'table' }, []],
    ['a deleted cell', { v: { set: null } }, ends, {}, []],
    ['a deleted cell with one', { v: { set: null } }, kept, {}, []],
    ['one that becomes the default', { v: { set: 2 } }, kept, { ttl: 'table' }, []],
    ['one that is lost', { v: { set: 2 } }, kept, { ttl: 0 }, ['ttl_lost']],
    ['one that stands for itself', { v: { set: 2, ttlSeconds: 5 } }, kept, { ttl: 0 }, []],
    [
      'an entry beside others',
      { m: { elements: [['b', 2]] } },
      rowOf({ m: { a: 1 } }, { m: { parts: [null] } }),
      {},
      ['ttl_none'],
    ],
    [
      'an entry that is removed',
      { m: { elements: [['a', null]] } },
      rowOf({ m: { a: 1 } }, { m: { parts: [null] } }),
      {},
      [],
    ],
    ['one of before, for ever', { v: { set: 2, expiresAt: null } }, ends, {}, ['ttl_none']],
  ];
  it.each(cases)('say what becomes of %s in a table with a default', (_, edits, row, options, wanted) => {
    expect(codes(edits, row, options, aging).filter((code) => code.startsWith('ttl_'))).toEqual(wanted);
  });

  it('stand with the rows that are moved and brought back too', () => {
    const to = { ...KEY, c: 2 };
    const row = rowOf({ v: 1, w: 'a', l: [1, 2] }, { v: { ttl: 90 }, l: { parts: [30, 60] } });
    const moved = planned([{ change: { kind: 'move', key: KEY, to }, row, target: null }], {}, aging);
    expect(moved.statements.flatMap(({ cql }) => cql)[0]).toContain(
      "INSERT INTO ks.t (p, c, c2, w) VALUES (1, 2, 1, 'a') IF NOT EXISTS USING TTL 0",
    );
    expect(moved.statements.flatMap(({ notes }) => notes.map(({ code, column }) => `${code} ${column ?? ''}`))).toEqual(
      expect.arrayContaining(['ttl_kept v', 'ttl_none w', 'ttl_parts l', 'ttl_kept l']),
    );
    const back = { kind: 'insert' as const, key: KEY, values: { v: 1 }, expiresAt: { v: null } };
    const { statements } = planned([{ change: back, row: null }], {}, aging);
    expect(statements).toMatchObject([{ cql: expect.stringContaining('USING TTL 0'), notes: [{ code: 'ttl_none' }] }]);
  });
});

describe('refusals', () => {
  const cases: [string, Parameters<typeof texts>, string][] = [
    [
      'a row that is gone',
      [update({ v: { set: 2 } }), null],
      'The row is gone: it was deleted, or it has expired. It is not brought back; insert it if you want it.',
    ],
    [
      'a row that is there',
      [{ kind: 'insert', key: KEY, values: {} }, rowOf({})],
      'There is a row with this key now. Edit that row instead.',
    ],
    [
      'nothing to change',
      [update({ m: { set: { a: 1 } } }), rowOf({ m: { a: 1 } })],
      'Nothing changes: the row has these values already.',
    ],
    [
      'a static column of a row',
      [update({ s: { set: 2 } }), rowOf({})],
      '“s” is static: it belongs to the partition. Change it by the partition key alone.',
    ],
    [
      'a key column',
      [update({ c: { set: 2 } }), rowOf({ v: 1 })],
      '“c” is part of the primary key, which cannot change: delete the row and insert it with another key.',
    ],
    [
      'a part of a frozen value',
      [update({ f: { append: [1] } }), rowOf({ f: [1] })],
      '“f” is frozen: Cassandra stores it as one value. Set the whole value.',
    ],
    [
      'an index that is not there',
      [update({ l: { elements: [[7, 1]] } }), rowOf({ l: [1, 2] })],
      'The list “l” has 2 elements, so there is none at index 7.',
    ],
    ['a value of another type', [update({ v: { set: 'x' } }), rowOf({ v: 1 })], 'The value of v does not fit its type'],
    [
      'a partition with a condition',
      [{ kind: 'delete_partition', key: { p: 1 } }, null],
      'Cassandra takes no condition for the deletion of a partition. Run it plain, or delete rows one by one.',
    ],
    [
      'a range with a condition',
      [{ kind: 'delete_range', key: { p: 1, c: 1 } }, null],
      'Cassandra takes no condition for the deletion of a range of rows. Run it plain, or delete rows one by one.',
    ],
    [
      'a moved counter',
      [{ kind: 'move', key: { p: 1, c: 1 }, to: { p: 1, c: 2 } }, rowOf({}), {}, COUNTS],
      'Counters cannot be moved: a deleted counter stays gone, and a new one starts from nothing.',
    ],
    [
      'a counter that is set',
      [{ kind: 'update', key: { p: 1, c: 1 }, edits: { k: { set: '5' } } }, null, {}, COUNTS],
      'The counter “k” cannot be set, only added to.',
    ],
    [
      'an inserted counter',
      [{ kind: 'insert', key: { p: 1, c: 1 }, values: { k: '5' } }, null, {}, COUNTS],
      'is a counter table, which cannot be inserted into',
    ],
  ];
  it.each(cases)('name the reason: %s', (_name, asked, reason) => {
    const [text, ...more] = texts(...asked);
    expect(more).toEqual([]);
    expect(text).toContain('refused: ');
    expect(text).toContain(reason);
  });

  it('leave the other changes as they are', () => {
    const changes = [
      { change: update({ v: { set: 2 } }), row: null },
      { change: { ...update({ v: { set: 2 } }), key: { ...KEY, c: 2 } }, row: rowOf({ v: 1 }) },
    ];
    const { statements, refusals } = planned(changes);
    expect([statements.map((one) => one.changes), refusals.map(({ change }) => change)]).toEqual([[[1]], [0]]);
  });
});

describe('batches', () => {
  const edit = (p: number, c: number) => ({
    change: { kind: 'update' as const, key: { p, c, c2: 1 }, edits: { v: { set: 2 } } },
    row: rowOf({ v: 1 }),
  });
  const changes = [edit(1, 1), edit(1, 2), edit(2, 1)];

  it('are one for each row, each partition, or all', () => {
    expect(planned(changes).statements.map((one) => one.changes)).toEqual([[0], [1], [2]]);
    expect(planned(changes, { batch: 'partition' }).statements.map((one) => one.changes)).toEqual([[0, 1], [2]]);
    const logged = planned(changes, { batch: 'logged', mode: 'plain' }).statements;
    expect(logged).toMatchObject([
      {
        changes: [0, 1, 2],
        timestampMicros: '7',
        cql: expect.stringMatching(/^BEGIN BATCH USING TIMESTAMP 7\n/),
      },
    ]);
    expect(() => planned(changes, { batch: 'logged' })).toThrow('only in a batch of one partition');
    const counters = [
      { change: { kind: 'update' as const, key: { p: 1, c: 1 }, edits: { k: { by: '-5' } } }, row: null },
    ];
    expect(() => planned(counters, { batch: 'logged' }, COUNTS)).toThrow('cannot change counters');
    expect(planned(counters, {}, COUNTS).statements).toMatchObject([
      {
        cql: 'UPDATE ks.counts SET k = k - 5 WHERE p = 1 AND c = 1',
        isConditional: false,
        mayResend: false,
        timestampMicros: null,
      },
    ]);
  });

  it('move a row within its partition in one, and across in two steps', () => {
    const moved = (to: typeof KEY, options = {}) =>
      planned([{ change: { kind: 'move', key: KEY, to }, row: rowOf({ v: 1 }), target: null }], options).statements;
    expect(moved({ ...KEY, c: 2 })).toMatchObject([
      { after: null, cql: expect.stringMatching(/INSERT .* IF NOT EXISTS;\n {2}DELETE .* IF v = 1/) },
    ]);
    expect(moved({ ...KEY, p: 2 })).toMatchObject([
      { after: null, notes: [{ code: 'marker' }, { code: 'two_steps' }] },
      { after: 0 },
    ]);
    expect(moved({ ...KEY, p: 2 }, { mode: 'plain', batch: 'logged' })).toHaveLength(1);
  });

  it('have a timestamp newer than every cell that they change', () => {
    const { change, row } = edit(1, 1);
    const newer = { ...row, cells: { ...row.cells, v: { value: 1, writeTimeMicros: '99', ttlSeconds: null } } };
    expect(planned([{ change, row: newer }], { mode: 'plain' }).statements[0]?.timestampMicros).toBe('100');
  });
});

describe('sending again', () => {
  const mayResend = (change: Parameters<typeof planned>[0][number]['change'], row: RowRead | null) =>
    planned([{ change, row }], { mode: 'plain' }).statements.map((one) => one.mayResend);

  it.each<[string, Record<string, CellEdit>, boolean]>([
    ['a value', { v: { set: 2 } }, true],
    ['a set', { st: { set: ['x', 'y'] } }, true],
    ['a frozen list', { f: { set: [1, 2] } }, true],
    ['a list that is deleted', { l: { set: null } }, true],
    ['a list written whole', { l: { set: [1, 2] } }, false],
    ['appended values', { l: { append: [1] } }, false],
    ['prepended values', { l: { prepend: [1] } }, false],
    ['an index', { l: { elements: [[0, 7]] } }, false],
    ['a list beside a value', { v: { set: 2 }, l: { set: [1] } }, false],
  ])('%s', (_, edits, may) => {
    expect(mayResend(update(edits), rowOf({ v: 1, l: [5], f: [5] }))).toEqual([may]);
  });

  it('of rows that are new or moved depends on their lists', () => {
    expect(mayResend({ kind: 'insert', key: KEY, values: { v: 1, f: [1] } }, null)).toEqual([true]);
    expect(mayResend({ kind: 'insert', key: KEY, values: { v: 1, l: [1] } }, null)).toEqual([false]);
    expect(mayResend({ kind: 'move', key: KEY, to: { ...KEY, c: 2 } }, rowOf({ l: [1] }))).toEqual([false]);
    expect(mayResend({ kind: 'move', key: KEY, to: { ...KEY, p: 2 } }, rowOf({ l: [1] }))).toEqual([false, true]);
  });
});

describe('a timestamp in the future', () => {
  const future = (): RowRead => {
    const { at, cells } = rowOf({ v: 1, w: 'a' });
    return { at, cells: { ...cells, v: { value: 1, writeTimeMicros: '9000000', ttlSeconds: null, parts: null } } };
  };

  it('stops what is guarded, which it would outlive', () => {
    const { statements, refusals } = planned([{ change: update({ v: { set: 2 } }), row: future() }]);
    expect([statements, refusals]).toMatchObject([[], [{ message: expect.stringContaining('in the future') }]]);
    expect(planned([{ change: { kind: 'delete', key: KEY }, row: future() }]).statements).toEqual([]);
    expect(planned([{ change: update({ w: { set: 'b' } }), row: future() }]).statements).toHaveLength(1);
  });

  it('is topped by what is plain', () => {
    const { statements } = planned([{ change: update({ v: { set: 2 } }), row: future() }], { mode: 'plain' });
    expect(statements).toMatchObject([{ timestampMicros: '9000001' }]);
  });
});
