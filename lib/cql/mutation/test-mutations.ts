import type { Keyspace, TableColumn } from '@/lib/contract/schema';
import { quoteIdentifier } from '../identifiers';
import { schemaLookup } from '../schema-lookup';
import { batchOf } from './batch';
import { deleteColumns, deletePartition, deleteRange, deleteRow } from './delete';
import { type InsertOptions, insertRow, UNSET } from './insert';
import { type MutatedTable, MutationError, type MutationNode } from './nodes';
import type { ComparisonInput } from './places';
import { type Change, updateRow } from './update';

/** Tables with a column for each way in which Cassandra changes one, and each shape of statement with both of its texts. */

const column = (name: string, type: string, kind: TableColumn['kind'] = 'regular', position = -1): TableColumn => {
  const clusteringOrder = kind !== 'clustering' ? 'none' : name === 'c' ? 'desc' : 'asc';
  return { name, type, kind, position, clusteringOrder };
};

const ROWS = [
  column('p', 'int', 'partition_key', 0),
  column('c', 'int', 'clustering', 0),
  column('c2', 'int', 'clustering', 1),
  column('s', 'int', 'static'),
  column('sl', 'list<int>', 'static'),
  column('v', 'int'),
  column('w', 'text'),
  column('l', 'list<int>'),
  column('st', 'set<text>'),
  column('m', 'map<text, int>'),
  column('f', 'frozen<list<int>>'),
  column('u', 'pair'),
  column('d', 'duration'),
  column('Odd "name', 'text'),
];
const COUNTS = [
  column('p', 'int', 'partition_key', 0),
  column('c', 'int', 'clustering', 0),
  column('sk', 'counter', 'static'),
  column('k', 'counter'),
];
const ONE = [column('p', 'text', 'partition_key', 0), column('v', 'int')];
const FIELDS = [
  { name: 'x', type: 'int' },
  { name: 'y', type: 'text' },
];

const table = (name: string, columns: TableColumn[], kind: 'table' | 'view' = 'table') => {
  return { name, id: null, kind, baseTable: null, comment: '', columns, indexes: [] };
};

export function keyspaceOf(name: string): Keyspace {
  return {
    name,
    ...{ system: false, virtual: false, durableWrites: true, replication: {}, functions: [] },
    tables: [table('t', ROWS), table('counts', COUNTS), table('one', ONE), table('by_v', ONE, 'view')],
    types: [{ name: 'pair', fields: FIELDS }],
  };
}

export function mutatedTable(keyspace: string, name: string): MutatedTable {
  const shape = schemaLookup([keyspaceOf(keyspace)]).table(keyspace, name);
  if (shape === undefined) throw new Error(`no table ${name}`);
  return { keyspace, table: name, shape };
}

const columnsText = (columns: readonly TableColumn[]) =>
  columns
    .map(({ name, type, kind }) => `${quoteIdentifier(name)} ${type}${kind === 'static' ? ' static' : ''}`)
    .join(', ');

export function ddlOf(keyspace: string): string[] {
  return [
    `CREATE TYPE ${keyspace}.pair (x int, y text)`,
    `CREATE TABLE ${keyspace}.t (${columnsText(ROWS)}, PRIMARY KEY (p, c, c2)) WITH CLUSTERING ORDER BY (c DESC, c2 ASC)`,
    `CREATE TABLE ${keyspace}.counts (${columnsText(COUNTS)}, PRIMARY KEY (p, c)) WITH CLUSTERING ORDER BY (c DESC)`,
    `CREATE TABLE ${keyspace}.one (${columnsText(ONE)}, PRIMARY KEY (p))`,
    `CREATE MATERIALIZED VIEW ${keyspace}.by_v AS SELECT p, v FROM ${keyspace}.one WHERE p IS NOT NULL AND v IS NOT NULL PRIMARY KEY (p, v)`,
  ];
}

/** When the rows of {@link seedOf} are written. */
export const SEED_MICROS = 1_000;

/** What stands in the tables before each shape runs. */
export function seedOf(keyspace: string, p: number): string[] {
  const row = (c: number, c2: number) =>
    `INSERT INTO ${keyspace}.t (p, c, c2, s, sl, v, w, l, st, m, f, u, d) VALUES (${p}, ${c}, ${c2}, 1, [1, 2], 1, 'w', [1, 2, 3], {'a', 'b'}, {'a': 1, 'b': 2}, [1], {x: 1, y: 'y'}, 1d) USING TIMESTAMP ${SEED_MICROS}`;
  return [
    ...[row(1, 1), row(1, 2), row(1, 3), row(2, 1), row(3, 1)],
    `UPDATE ${keyspace}.counts SET k = k + 10, sk = sk + 5 WHERE p = ${p} AND c = 1`,
    `INSERT INTO ${keyspace}.one (p, v) VALUES ('${p}', 1) USING TIMESTAMP ${SEED_MICROS}`,
  ];
}

export interface Shape {
  readonly name: string;
  /** The node, for a keyspace and a partition of its tables. */
  readonly make: (keyspace: string, p: number) => MutationNode;
  /** Both texts for the keyspace `ks` and the partition 1. */
  readonly markers: string;
  readonly literals: string;
  /** What the write time and the TTL of a column of row (1, 1) are afterwards. */
  readonly cell?: { readonly column: string; readonly micros?: number; readonly ttlSeconds?: number };
}

const t = (keyspace: string) => mutatedTable(keyspace, 't');
const row = (p: number) => ({ p, c: 1, c2: 1 });
const ROW = 'p = ? AND c = ? AND c2 = ?';
const ROW_1 = 'p = 1 AND c = 1 AND c2 = 1';

const set = (name: string, changes: readonly Change[], markers: string, literals: string): Shape => ({
  name: `UPDATE ${name}`,
  make: (keyspace, p) => updateRow(t(keyspace), { key: row(p), changes }),
  markers: `UPDATE ks.t SET ${markers} WHERE ${ROW}`,
  literals: `UPDATE ks.t SET ${literals} WHERE ${ROW_1}`,
});

const when = (
  name: string,
  condition: readonly ComparisonInput[] | 'exists',
  markers: string,
  literals: string,
): Shape => ({
  name: `UPDATE … IF ${name}`,
  make: (keyspace, p) => {
    return updateRow(t(keyspace), { key: row(p), changes: [{ kind: 'set', column: 'w', value: 'new' }], condition });
  },
  markers: `UPDATE ks.t SET w = ? WHERE ${ROW} IF ${markers}`,
  literals: `UPDATE ks.t SET w = 'new' WHERE ${ROW_1} IF ${literals}`,
});

const TTL_SECONDS = 86_500;

const INSERTS: readonly Shape[] = [
  {
    name: 'INSERT',
    make: (keyspace, p) => {
      const values: InsertOptions['values'] = { v: 2, w: null, l: UNSET, u: { x: 3, y: null }, 'Odd "name': "it's" };
      return insertRow(t(keyspace), { key: row(p), values });
    },
    markers: 'INSERT INTO ks.t (p, c, c2, v, w, u, "Odd ""name") VALUES (?, ?, ?, ?, ?, ?, ?)',
    literals: `INSERT INTO ks.t (p, c, c2, v, w, u, "Odd ""name") VALUES (1, 1, 1, 2, null, {x: 3, y: null}, 'it''s')`,
  },
  {
    name: 'INSERT of a key alone',
    make: (keyspace, p) => insertRow(t(keyspace), { key: { p, c: 9, c2: 9 }, values: {} }),
    markers: 'INSERT INTO ks.t (p, c, c2) VALUES (?, ?, ?)',
    literals: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 9, 9)',
  },
  {
    name: 'INSERT of static columns',
    make: (keyspace, p) => insertRow(t(keyspace), { key: { p }, values: { s: 7 } }),
    markers: 'INSERT INTO ks.t (p, s) VALUES (?, ?)',
    literals: 'INSERT INTO ks.t (p, s) VALUES (1, 7)',
  },
  {
    name: 'INSERT IF NOT EXISTS USING TTL',
    make: (keyspace, p) => {
      const options = { key: { p, c: 9, c2: 9 }, values: { v: 2 }, ifNotExists: true, ttlSeconds: TTL_SECONDS };
      return insertRow(t(keyspace), options);
    },
    markers: 'INSERT INTO ks.t (p, c, c2, v) VALUES (?, ?, ?, ?) IF NOT EXISTS USING TTL ?',
    literals: `INSERT INTO ks.t (p, c, c2, v) VALUES (1, 9, 9, 2) IF NOT EXISTS USING TTL ${TTL_SECONDS}`,
  },
  {
    name: 'INSERT USING TIMESTAMP AND TTL',
    make: (keyspace, p) => {
      const using = { ttlSeconds: TTL_SECONDS, timestampMicros: '2000' };
      return insertRow(t(keyspace), { key: row(p), values: { v: 2 }, ...using });
    },
    markers: 'INSERT INTO ks.t (p, c, c2, v) VALUES (?, ?, ?, ?) USING TIMESTAMP ? AND TTL ?',
    literals: `INSERT INTO ks.t (p, c, c2, v) VALUES (1, 1, 1, 2) USING TIMESTAMP 2000 AND TTL ${TTL_SECONDS}`,
    cell: { column: 'v', micros: 2000, ttlSeconds: TTL_SECONDS },
  },
];

const COUNTERS: readonly Shape[] = [
  {
    name: 'UPDATE of counters',
    make: (keyspace, p) => {
      const changes = [
        { kind: 'count', column: 'k', by: '9223372036854775797' },
        { kind: 'count', column: 'sk', by: -2 },
      ] as const;
      return updateRow(mutatedTable(keyspace, 'counts'), { key: { p, c: 1 }, changes });
    },
    markers: 'UPDATE ks.counts SET k = k + ?, sk = sk - ? WHERE p = ? AND c = ?',
    literals: 'UPDATE ks.counts SET k = k + 9223372036854775797, sk = sk - 2 WHERE p = 1 AND c = 1',
  },
  {
    name: 'UPDATE of a counter by the lowest number',
    make: (keyspace, p) => {
      const changes = [{ kind: 'count', column: 'k', by: '-9223372036854775808' }] as const;
      return updateRow(mutatedTable(keyspace, 'counts'), { key: { p, c: 1 }, changes });
    },
    markers: 'UPDATE ks.counts SET k = k + ? WHERE p = ? AND c = ?',
    literals: 'UPDATE ks.counts SET k = k + -9223372036854775808 WHERE p = 1 AND c = 1',
  },
  {
    name: 'UPDATE of a static counter',
    make: (keyspace, p) =>
      updateRow(mutatedTable(keyspace, 'counts'), { key: { p }, changes: [{ kind: 'count', column: 'sk', by: 2 }] }),
    markers: 'UPDATE ks.counts SET sk = sk + ? WHERE p = ?',
    literals: 'UPDATE ks.counts SET sk = sk + 2 WHERE p = 1',
  },
];

const UPDATES: readonly Shape[] = [
  set(
    'of a value and a null',
    [
      { kind: 'set', column: 'v', value: -2 },
      { kind: 'set', column: 'w', value: null },
    ],
    'v = ?, w = ?',
    'v = -2, w = null',
  ),
  set('of a duration', [{ kind: 'set', column: 'd', value: '1mo2d' }], 'd = ?', 'd = 1mo2d'),
  set('of a frozen list', [{ kind: 'set', column: 'f', value: [4, 5] }], 'f = ?', 'f = [4, 5]'),
  set(
    'of elements',
    [
      { kind: 'set', column: 'l', element: 1, value: 9 },
      { kind: 'set', column: 'm', element: 'a', value: null },
      { kind: 'set', column: 'm', element: "k'", value: 3 },
    ],
    'l[?] = ?, m[?] = ?, m[?] = ?',
    "l[1] = 9, m['a'] = null, m['k'''] = 3",
  ),
  set('of a field', [{ kind: 'set', column: 'u', field: 'x', value: 5 }], 'u.x = ?', 'u.x = 5'),
  set(
    'that appends',
    [
      { kind: 'append', column: 'l', value: [4] },
      { kind: 'append', column: 'st', value: ['z'] },
      { kind: 'append', column: 'm', value: { z: 26 } },
    ],
    'l = l + ?, st = st + ?, m = m + ?',
    "l = l + [4], st = st + {'z'}, m = m + {'z': 26}",
  ),
  set('that prepends', [{ kind: 'prepend', column: 'l', value: [0] }], 'l = ? + l', 'l = [0] + l'),
  set(
    'that removes',
    [
      { kind: 'remove', column: 'l', value: [1] },
      { kind: 'remove', column: 'st', value: ['a'] },
      { kind: 'remove', column: 'm', value: ['a'] },
    ],
    'l = l - ?, st = st - ?, m = m - ?',
    "l = l - [1], st = st - {'a'}, m = m - {'a'}",
  ),
  set(
    'of static and regular columns',
    [
      { kind: 'set', column: 's', value: 5 },
      { kind: 'append', column: 'sl', value: [3] },
      { kind: 'set', column: 'v', value: 6 },
    ],
    's = ?, sl = sl + ?, v = ?',
    's = 5, sl = sl + [3], v = 6',
  ),
  {
    name: 'UPDATE of static columns',
    make: (keyspace, p) =>
      updateRow(t(keyspace), {
        key: { p },
        changes: [{ kind: 'set', column: 's', value: 5 }],
        condition: [{ column: 's', operator: '=', value: 1 }],
      }),
    markers: 'UPDATE ks.t SET s = ? WHERE p = ? IF s = ?',
    literals: 'UPDATE ks.t SET s = 5 WHERE p = 1 IF s = 1',
  },
  {
    name: 'UPDATE USING TIMESTAMP AND TTL',
    make: (keyspace, p) => {
      const changes = [{ kind: 'set', column: 'v', value: 2 }] as const;
      return updateRow(t(keyspace), { key: row(p), changes, ttlSeconds: TTL_SECONDS, timestampMicros: '3000' });
    },
    markers: `UPDATE ks.t USING TIMESTAMP ? AND TTL ? SET v = ? WHERE ${ROW}`,
    literals: `UPDATE ks.t USING TIMESTAMP 3000 AND TTL ${TTL_SECONDS} SET v = 2 WHERE ${ROW_1}`,
    cell: { column: 'v', micros: 3000, ttlSeconds: TTL_SECONDS },
  },
  when('EXISTS', 'exists', 'EXISTS', 'EXISTS'),
  when(
    'equal',
    [
      { column: 'v', operator: '=', value: 1 },
      { column: 's', operator: '!=', value: 2 },
      { column: 'Odd "name', operator: '=', value: null },
    ],
    'v = ? AND s != ? AND "Odd ""name" = ?',
    'v = 1 AND s != 2 AND "Odd ""name" = null',
  ),
  when(
    'in order',
    [
      { column: 'v', operator: '<', value: 2 },
      { column: 'v', operator: '>=', value: -1 },
    ],
    'v < ? AND v >= ?',
    'v < 2 AND v >= -1',
  ),
  when('IN', [{ column: 'v', operator: 'IN', value: [1, 5, null] }], 'v IN (?, ?, ?)', 'v IN (1, 5, null)'),
  when(
    'parts',
    [
      { column: 'm', element: 'a', operator: '=', value: 1 },
      { column: 'l', element: 0, operator: 'IN', value: [1, 2] },
      { column: 'u', field: 'x', operator: '=', value: 1 },
      { column: 'st', operator: '=', value: ['a', 'b'] },
    ],
    'm[?] = ? AND l[?] IN (?, ?) AND u.x = ? AND st = ?',
    "m['a'] = 1 AND l[0] IN (1, 2) AND u.x = 1 AND st = {'a', 'b'}",
  ),
];

const DELETES: readonly Shape[] = [
  {
    name: 'DELETE of columns, elements and fields',
    make: (keyspace, p) => {
      const places = [
        { column: 'v' },
        { column: 'l', element: 0 },
        { column: 'm', element: 'a' },
        { column: 'st', element: 'b' },
        { column: 'u', field: 'y' },
      ];
      return deleteColumns(t(keyspace), { key: row(p), places, condition: [{ column: 'v', operator: '=', value: 1 }] });
    },
    markers: `DELETE v, l[?], m[?], st[?], u.y FROM ks.t WHERE ${ROW} IF v = ?`,
    literals: `DELETE v, l[0], m['a'], st['b'], u.y FROM ks.t WHERE ${ROW_1} IF v = 1`,
  },
  {
    name: 'DELETE of static columns',
    make: (keyspace, p) => deleteColumns(t(keyspace), { key: { p }, places: [{ column: 's' }] }),
    markers: 'DELETE s FROM ks.t WHERE p = ?',
    literals: 'DELETE s FROM ks.t WHERE p = 1',
  },
  {
    name: 'DELETE of a row USING TIMESTAMP',
    make: (keyspace, p) => deleteRow(t(keyspace), { key: row(p), timestampMicros: '2000' }),
    markers: `DELETE FROM ks.t USING TIMESTAMP ? WHERE ${ROW}`,
    literals: `DELETE FROM ks.t USING TIMESTAMP 2000 WHERE ${ROW_1}`,
  },
  {
    name: 'DELETE of a row IF EXISTS',
    make: (keyspace, p) => deleteRow(t(keyspace), { key: row(p), condition: 'exists' }),
    markers: `DELETE FROM ks.t WHERE ${ROW} IF EXISTS`,
    literals: `DELETE FROM ks.t WHERE ${ROW_1} IF EXISTS`,
  },
  {
    name: 'DELETE of rows that share a clustering column',
    make: (keyspace, p) => deleteRange(t(keyspace), { key: { p, c: 1 } }),
    markers: 'DELETE FROM ks.t WHERE p = ? AND c = ?',
    literals: 'DELETE FROM ks.t WHERE p = 1 AND c = 1',
  },
  {
    name: 'DELETE of a range',
    make: (keyspace, p) => {
      const [from, to] = [
        { value: 1, inclusive: false },
        { value: 3, inclusive: true },
      ];
      return deleteRange(t(keyspace), { key: { p, c: 1 }, from, to });
    },
    markers: 'DELETE FROM ks.t WHERE p = ? AND c = ? AND c2 > ? AND c2 <= ?',
    literals: 'DELETE FROM ks.t WHERE p = 1 AND c = 1 AND c2 > 1 AND c2 <= 3',
  },
  {
    name: 'DELETE of a range against the clustering order',
    make: (keyspace, p) => deleteRange(t(keyspace), { key: { p }, from: { value: 2, inclusive: true } }),
    markers: 'DELETE FROM ks.t WHERE p = ? AND c >= ?',
    literals: 'DELETE FROM ks.t WHERE p = 1 AND c >= 2',
  },
  {
    name: 'DELETE of a partition',
    make: (keyspace, p) => deletePartition(t(keyspace), { key: { p } }),
    markers: 'DELETE FROM ks.t WHERE p = ?',
    literals: 'DELETE FROM ks.t WHERE p = 1',
  },
  {
    name: 'DELETE of a counter',
    make: (keyspace, p) =>
      deleteColumns(mutatedTable(keyspace, 'counts'), { key: { p, c: 1 }, places: [{ column: 'k' }] }),
    markers: 'DELETE k FROM ks.counts WHERE p = ? AND c = ?',
    literals: 'DELETE k FROM ks.counts WHERE p = 1 AND c = 1',
  },
];

const changeOf = (keyspace: string, p: number, value: number, condition?: 'exists') =>
  updateRow(t(keyspace), { key: row(p), changes: [{ kind: 'set', column: 'v', value }], condition });

const BATCHES: readonly Shape[] = [
  {
    name: 'BATCH of several tables USING TIMESTAMP',
    make: (keyspace, p) =>
      batchOf({
        type: 'logged',
        timestampMicros: '2000',
        statements: [
          changeOf(keyspace, p, 4),
          insertRow(mutatedTable(keyspace, 'one'), { key: { p: `${p}` }, values: { v: 4 } }),
        ],
      }),
    markers: `BEGIN BATCH USING TIMESTAMP ?\n  UPDATE ks.t SET v = ? WHERE ${ROW};\n  INSERT INTO ks.one (p, v) VALUES (?, ?);\nAPPLY BATCH`,
    literals: `BEGIN BATCH USING TIMESTAMP 2000\n  UPDATE ks.t SET v = 4 WHERE ${ROW_1};\n  INSERT INTO ks.one (p, v) VALUES ('1', 4);\nAPPLY BATCH`,
    cell: { column: 'v', micros: 2000 },
  },
  {
    name: 'BATCH with conditions, in one partition',
    make: (keyspace, p) =>
      batchOf({
        type: 'unlogged',
        statements: [
          insertRow(t(keyspace), { key: { p, c: 9, c2: 9 }, values: { v: 4 }, ifNotExists: true }),
          deleteRow(t(keyspace), { key: row(p), condition: [{ column: 'v', operator: '=', value: 1 }] }),
          deleteRange(t(keyspace), { key: { p, c: 2 } }),
        ],
      }),
    markers: `BEGIN UNLOGGED BATCH\n  INSERT INTO ks.t (p, c, c2, v) VALUES (?, ?, ?, ?) IF NOT EXISTS;\n  DELETE FROM ks.t WHERE ${ROW} IF v = ?;\n  DELETE FROM ks.t WHERE p = ? AND c = ?;\nAPPLY BATCH`,
    literals: `BEGIN UNLOGGED BATCH\n  INSERT INTO ks.t (p, c, c2, v) VALUES (1, 9, 9, 4) IF NOT EXISTS;\n  DELETE FROM ks.t WHERE ${ROW_1} IF v = 1;\n  DELETE FROM ks.t WHERE p = 1 AND c = 2;\nAPPLY BATCH`,
  },
  {
    name: 'BATCH of counters',
    make: (keyspace, p) => {
      const counts = mutatedTable(keyspace, 'counts');
      const add = (c: number, by: number) =>
        updateRow(counts, { key: { p, c }, changes: [{ kind: 'count', column: 'k', by }] });
      return batchOf({ type: 'counter', statements: [add(1, 2), add(2, -3)] });
    },
    markers:
      'BEGIN COUNTER BATCH\n  UPDATE ks.counts SET k = k + ? WHERE p = ? AND c = ?;\n  UPDATE ks.counts SET k = k - ? WHERE p = ? AND c = ?;\nAPPLY BATCH',
    literals:
      'BEGIN COUNTER BATCH\n  UPDATE ks.counts SET k = k + 2 WHERE p = 1 AND c = 1;\n  UPDATE ks.counts SET k = k - 3 WHERE p = 1 AND c = 2;\nAPPLY BATCH',
  },
];

/** Each shape of statement. All of them change what {@link seedOf} put there. */
export const SHAPES: readonly Shape[] = [...INSERTS, ...UPDATES, ...COUNTERS, ...DELETES, ...BATCHES];

export interface Refusal {
  readonly make: () => MutationNode;
  /** What the error says. */
  readonly says: string;
  /** The same in CQL, for the server to refuse in the keyspace `ks`. */
  readonly cql: string;
}

const KS = 'ks';
const T = t(KS);
const KEY = row(1);
const COUNTS_TABLE = mutatedTable(KS, 'counts');
const ONE_TABLE = mutatedTable(KS, 'one');
const setV = (value: unknown = 1): Change => {
  if (typeof value !== 'number' && typeof value !== 'string') throw new MutationError('a test sets a number or a text');
  return { kind: 'set', column: 'v', value };
};
const update = (changes: readonly Change[], more: Partial<Parameters<typeof updateRow>[1]> = {}) => {
  return () => updateRow(T, { key: KEY, changes, ...more });
};
const count = (more: Partial<Parameters<typeof updateRow>[1]> = {}) => {
  return () =>
    updateRow(COUNTS_TABLE, { key: { p: 1, c: 1 }, changes: [{ kind: 'count', column: 'k', by: 1 }], ...more });
};
const where = `WHERE ${ROW_1}`;
const add = () => count()();
const insert = (more: Partial<Parameters<typeof insertRow>[1]> = {}) =>
  insertRow(T, { key: KEY, values: { v: 1 }, ...more });
const compare = (comparison: ComparisonInput) => update([setV()], { condition: [comparison] });

/** What the constructors refuse, and the server as well. */
export const REFUSALS: readonly Refusal[] = [
  {
    make: () => insert({ key: { p: 1, c: 1 } }),
    says: 'lacks “c2”',
    cql: 'INSERT INTO ks.t (p, c, v) VALUES (1, 1, 1)',
  },
  {
    make: () => insert({ key: { c: 1, c2: 1 } }),
    says: 'lacks “p”',
    cql: 'INSERT INTO ks.t (c, c2, v) VALUES (1, 1, 1)',
  },
  { make: () => insert({ key: { p: 1 }, values: {} }), says: 'lacks “c”', cql: 'INSERT INTO ks.t (p) VALUES (1)' },
  {
    make: () => insert({ key: { p: 1 }, values: { v: 1, s: 1 } }),
    says: 'lacks “c”',
    cql: 'INSERT INTO ks.t (p, v, s) VALUES (1, 1, 1)',
  },
  {
    make: () => insert({ key: { p: 1, c: 1, c2: null } }),
    says: 'cannot be null',
    cql: 'INSERT INTO ks.t (p, c, c2, v) VALUES (1, 1, null, 1)',
  },
  {
    make: () => insert({ key: { ...KEY, v: 1 }, values: {} }),
    says: 'names “v”',
    cql: `UPDATE ks.t SET w = 'a' ${where} AND v = 1`,
  },
  {
    make: () => insert({ values: { no: 1 } }),
    says: 'no column “no”',
    cql: 'INSERT INTO ks.t (p, c, c2, no) VALUES (1, 1, 1, 1)',
  },
  {
    make: () => insert({ values: { v: 'x' } }),
    says: 'value of v',
    cql: "INSERT INTO ks.t (p, c, c2, v) VALUES (1, 1, 1, 'x')",
  },
  {
    make: () => insert({ values: { c: 1 } }),
    says: 'part of the primary key',
    cql: 'INSERT INTO ks.t (p, c, c2, c) VALUES (1, 1, 1, 1)',
  },
  {
    make: () => insert({ ttlSeconds: 630_720_001 }),
    says: 'A TTL is',
    cql: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) USING TTL 630720001',
  },
  {
    make: () => insert({ ttlSeconds: -1 }),
    says: 'A TTL is',
    cql: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) USING TTL -1',
  },
  {
    make: () => insert({ ttlSeconds: 1.5 }),
    says: 'A TTL is',
    cql: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) USING TTL 1.5',
  },
  {
    make: () => insert({ timestampMicros: '-9223372036854775808' }),
    says: 'A timestamp is',
    cql: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) USING TIMESTAMP -9223372036854775808',
  },
  {
    make: () => insert({ timestampMicros: '9223372036854775808' }),
    says: 'value of TIMESTAMP',
    cql: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) USING TIMESTAMP 9223372036854775808',
  },
  {
    make: () => insert({ ifNotExists: true, timestampMicros: '1' }),
    says: 'sets the timestamp',
    cql: 'INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) IF NOT EXISTS USING TIMESTAMP 1',
  },
  {
    make: () => insertRow(ONE_TABLE, { key: { p: '' }, values: {} }),
    says: 'cannot be empty',
    cql: "INSERT INTO ks.one (p) VALUES ('')",
  },
  {
    make: () => insertRow(ONE_TABLE, { key: { p: 'x'.repeat(65_536) }, values: {} }),
    says: '65536 bytes',
    cql: `INSERT INTO ks.one (p) VALUES ('${'x'.repeat(65_536)}')`,
  },
  {
    make: () => insertRow(COUNTS_TABLE, { key: { p: 1, c: 1 }, values: {} }),
    says: 'cannot be inserted into',
    cql: 'INSERT INTO ks.counts (p, c) VALUES (1, 1)',
  },
  {
    make: () => insertRow(mutatedTable(KS, 'by_v'), { key: { p: 'a' }, values: {} }),
    says: 'materialized view',
    cql: "INSERT INTO ks.by_v (p, v) VALUES ('a', 1)",
  },
  { make: update([]), says: 'at least one column', cql: `UPDATE ks.t SET ${where}` },
  { make: update([setV()], { key: { p: 1 } }), says: 'lacks “c”', cql: 'UPDATE ks.t SET v = 1 WHERE p = 1' },
  {
    make: update([{ kind: 'set', column: 's', value: 1 }]),
    says: 'name the partition key alone',
    cql: `UPDATE ks.t SET s = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 's', value: 1 }], {
      key: { p: 1 },
      condition: [{ column: 'v', operator: '=', value: 1 }],
    }),
    says: 'lacks “c”',
    cql: 'UPDATE ks.t SET s = 1 WHERE p = 1 IF v = 1',
  },
  {
    make: update([{ kind: 'set', column: 'c', value: 1 }]),
    says: 'part of the primary key',
    cql: `UPDATE ks.t SET c = 1 ${where}`,
  },
  { make: update([setV(), setV(2)]), says: 'once more', cql: `UPDATE ks.t SET v = 1, v = 2 ${where}` },
  {
    make: update([
      { kind: 'set', column: 'm', value: {} },
      { kind: 'set', column: 'm', element: 'a', value: 1 },
    ]),
    says: 'once more',
    cql: `UPDATE ks.t SET m = {}, m['a'] = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'l', element: -1, value: 1 }]),
    says: 'starting at 0',
    cql: `UPDATE ks.t SET l[-1] = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'm', element: null, value: 1 }]),
    says: 'cannot be null',
    cql: `UPDATE ks.t SET m[null] = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'st', element: 'a', value: 'b' }]),
    says: 'element of the set',
    cql: `UPDATE ks.t SET st['a'] = 'b' ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'v', element: 0, value: 1 }]),
    says: 'no elements',
    cql: `UPDATE ks.t SET v[0] = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'f', element: 0, value: 1 }]),
    says: 'is frozen',
    cql: `UPDATE ks.t SET f[0] = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'u', field: 'no', value: 1 }]),
    says: 'no field “no”',
    cql: `UPDATE ks.t SET u.no = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'v', field: 'x', value: 1 }]),
    says: 'no fields',
    cql: `UPDATE ks.t SET v.x = 1 ${where}`,
  },
  {
    make: update([{ kind: 'set', column: 'l', value: [null] }]),
    says: 'value of l',
    cql: `UPDATE ks.t SET l = [null] ${where}`,
  },
  {
    make: update([{ kind: 'append', column: 'f', value: [1] }]),
    says: 'is frozen',
    cql: `UPDATE ks.t SET f = f + [1] ${where}`,
  },
  {
    make: update([{ kind: 'append', column: 'w', value: 'a' }]),
    says: 'no collection',
    cql: `UPDATE ks.t SET w = w + 'a' ${where}`,
  },
  {
    make: update([{ kind: 'prepend', column: 'st', value: ['a'] }]),
    says: 'Append instead',
    cql: `UPDATE ks.t SET st = {'a'} + st ${where}`,
  },
  {
    make: update([{ kind: 'count', column: 'v', by: 1 }]),
    says: 'no counter',
    cql: `UPDATE ks.t SET v = v + 1 ${where}`,
  },
  {
    make: count({ changes: [{ kind: 'set', column: 'k', value: '1' }] }),
    says: 'only added to',
    cql: 'UPDATE ks.counts SET k = 1 WHERE p = 1 AND c = 1',
  },
  {
    make: count({ changes: [{ kind: 'count', column: 'k', by: 0.5 }] }),
    says: 'whole numbers',
    cql: 'UPDATE ks.counts SET k = k + 0.5 WHERE p = 1 AND c = 1',
  },
  {
    make: count({ ttlSeconds: 5 }),
    says: 'neither a TTL',
    cql: 'UPDATE ks.counts USING TTL 5 SET k = k + 1 WHERE p = 1 AND c = 1',
  },
  {
    make: count({ timestampMicros: '5' }),
    says: 'neither a TTL',
    cql: 'UPDATE ks.counts USING TIMESTAMP 5 SET k = k + 1 WHERE p = 1 AND c = 1',
  },
  {
    make: count({ condition: 'exists' }),
    says: 'cannot have conditions',
    cql: 'UPDATE ks.counts SET k = k + 1 WHERE p = 1 AND c = 1 IF EXISTS',
  },
  {
    make: update([setV()], { condition: 'exists', timestampMicros: '5' }),
    says: 'sets the timestamp',
    cql: `UPDATE ks.t USING TIMESTAMP 5 SET v = 1 ${where} IF EXISTS`,
  },
  {
    make: update([setV()], { condition: [] }),
    says: 'at least one comparison',
    cql: `UPDATE ks.t SET v = 1 ${where} IF`,
  },
  {
    make: compare({ column: 'p', operator: '=', value: 1 }),
    says: 'part of the primary key',
    cql: `UPDATE ks.t SET v = 1 ${where} IF p = 1`,
  },
  {
    make: compare({ column: 'v', operator: '<', value: null }),
    says: '< null',
    cql: `UPDATE ks.t SET v = 1 ${where} IF v < null`,
  },
  {
    make: compare({ column: 'd', operator: '<', value: '1d' }),
    says: 'no order',
    cql: `UPDATE ks.t SET v = 1 ${where} IF d < 1d`,
  },
  {
    make: compare({ column: 'st', element: 'a', operator: '=', value: 'a' }),
    says: 'element of the set',
    cql: `UPDATE ks.t SET v = 1 ${where} IF st['a'] = 'a'`,
  },
  {
    make: compare({ column: 'v', operator: 'IN', value: 1 }),
    says: 'list of values',
    cql: `UPDATE ks.t SET v = 1 ${where} IF v IN 1`,
  },
  {
    make: () => deleteColumns(T, { key: KEY, places: [{ column: 'p' }] }),
    says: 'part of the primary key',
    cql: `DELETE p FROM ks.t ${where}`,
  },
  {
    make: () => deleteColumns(T, { key: KEY, places: [{ column: 's' }] }),
    says: 'name the partition key alone',
    cql: `DELETE s FROM ks.t ${where}`,
  },
  {
    make: () => deleteColumns(T, { key: { p: 1 }, places: [{ column: 'v' }] }),
    says: 'lacks “c”',
    cql: 'DELETE v FROM ks.t WHERE p = 1',
  },
  {
    make: () => deleteColumns(T, { key: KEY, places: [{ column: 'f', element: 0 }] }),
    says: 'is frozen',
    cql: `DELETE f[0] FROM ks.t ${where}`,
  },
  {
    make: () => deleteRow(T, { key: { p: 1 }, condition: 'exists' }),
    says: 'lacks “c”',
    cql: 'DELETE FROM ks.t WHERE p = 1 IF EXISTS',
  },
  {
    make: () => deleteRow(T, { key: KEY, condition: 'exists', timestampMicros: '5' }),
    says: 'sets the timestamp',
    cql: `DELETE FROM ks.t USING TIMESTAMP 5 ${where} IF EXISTS`,
  },
  {
    make: () => deleteRange(T, { key: { p: 1, c2: 1 } }),
    says: 'lacks “c”',
    cql: 'DELETE FROM ks.t WHERE p = 1 AND c2 = 1',
  },
  { make: () => deleteRange(T, { key: { c: 1 } }), says: 'lacks “p”', cql: 'DELETE FROM ks.t WHERE c = 1' },
  {
    make: () => deleteRange(T, { key: { p: 1 }, from: { value: null, inclusive: true } }),
    says: 'cannot be null',
    cql: 'DELETE FROM ks.t WHERE p = 1 AND c >= null',
  },
  {
    make: () => deletePartition(COUNTS_TABLE, { key: { p: 1 }, timestampMicros: '5' }),
    says: 'neither a TTL',
    cql: 'DELETE FROM ks.counts USING TIMESTAMP 5 WHERE p = 1',
  },
  {
    make: () => batchOf({ type: 'logged', statements: [add()] }),
    says: 'cannot change counters',
    cql: 'BEGIN BATCH UPDATE ks.counts SET k = k + 1 WHERE p = 1 AND c = 1; APPLY BATCH',
  },
  {
    make: () => batchOf({ type: 'counter', statements: [insert()] }),
    says: 'only counters',
    cql: 'BEGIN COUNTER BATCH INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1); APPLY BATCH',
  },
  {
    make: () => batchOf({ type: 'unlogged', statements: [insert(), add()] }),
    says: 'cannot be in one batch',
    cql: 'BEGIN UNLOGGED BATCH INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1); UPDATE ks.counts SET k = k + 1 WHERE p = 1 AND c = 1; APPLY BATCH',
  },
  {
    make: () => batchOf({ type: 'counter', statements: [add()], timestampMicros: '5' }),
    says: 'Counters cannot have a timestamp',
    cql: 'BEGIN COUNTER BATCH USING TIMESTAMP 5 UPDATE ks.counts SET k = k + 1 WHERE p = 1 AND c = 1; APPLY BATCH',
  },
  {
    make: () => batchOf({ type: 'logged', statements: [insert({ ifNotExists: true })], timestampMicros: '5' }),
    says: 'sets the timestamp',
    cql: 'BEGIN BATCH USING TIMESTAMP 5 INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) IF NOT EXISTS; APPLY BATCH',
  },
  {
    make: () => batchOf({ type: 'logged', statements: [insert({ timestampMicros: '4' })], timestampMicros: '5' }),
    says: 'Leave one out',
    cql: 'BEGIN BATCH USING TIMESTAMP 5 INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) USING TIMESTAMP 4; APPLY BATCH',
  },
  {
    make: () =>
      batchOf({ type: 'logged', statements: [insert({ ifNotExists: true }), insert({ key: { p: 2, c: 1, c2: 1 } })] }),
    says: 'one partition',
    cql: 'BEGIN BATCH INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) IF NOT EXISTS; INSERT INTO ks.t (p, c, c2) VALUES (2, 1, 1); APPLY BATCH',
  },
  {
    make: () =>
      batchOf({
        type: 'logged',
        statements: [insert({ ifNotExists: true }), insertRow(ONE_TABLE, { key: { p: '1' }, values: {} })],
      }),
    says: 'one table',
    cql: "BEGIN BATCH INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) IF NOT EXISTS; INSERT INTO ks.one (p) VALUES ('1'); APPLY BATCH",
  },
  {
    make: () =>
      batchOf({
        type: 'logged',
        statements: [insert({ ifNotExists: true }), deleteRow(T, { key: KEY, condition: 'exists' })],
      }),
    says: 'one kind of condition',
    cql: `BEGIN BATCH INSERT INTO ks.t (p, c, c2) VALUES (1, 1, 1) IF NOT EXISTS; DELETE FROM ks.t ${where} IF EXISTS; APPLY BATCH`,
  },
];
