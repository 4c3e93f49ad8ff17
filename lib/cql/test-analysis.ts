import type { Keyspace, Table } from '@/lib/contract/schema';
import type { Change } from '@/lib/contract/statements';

/**
 * What is claimed of statements, in one table: a unit test holds the analysis to it, and an integration test holds it to a
 * real server, by the rows before and after. Names have no keyspace: `{ks}` stands for it where a statement needs one.
 */
export interface AnalysedStatement {
  readonly text: string;
  readonly summary: string;
  readonly scope: Change['scope'];
  /** Rows that a server adds, removes or changes in the fixture, and the partitions that they and static values are in. */
  readonly does: { readonly rows: number; readonly partitions: number };
}

export const ANALYSIS_SCHEMA: readonly string[] = [
  'CREATE TABLE {ks}.t (a int, b int, c int, d int, s int static, v int, m map<text, int>, PRIMARY KEY ((a, b), c, d))',
  'CREATE TABLE {ks}.n (k int, c int, hits counter, PRIMARY KEY (k, c))',
  'CREATE TABLE {ks}.one (k int PRIMARY KEY, v int, w int)',
  'CREATE INDEX one_w ON {ks}.one (w)',
  'CREATE TYPE {ks}.address (street text)',
  'CREATE TABLE {ks}.people (k int PRIMARY KEY, home frozen<address>, name text)',
];

const column = (name: string, type: string, kind: Table['columns'][number]['kind'], position = -1) => {
  return { name, type, kind, position, clusteringOrder: kind === 'clustering' ? 'asc' : 'none' } as const;
};
const table = (name: string, columns: Table['columns'], indexes: Table['indexes'] = []): Table => {
  return { name, id: null, kind: 'table', baseTable: null, comment: '', columns, indexes };
};

/** The same as the server has it. */
export const analysisKeyspace = (name: string): Keyspace => ({
  name,
  system: false,
  virtual: false,
  durableWrites: false,
  replication: { class: 'SimpleStrategy', replication_factor: '1' },
  types: [{ name: 'address', fields: [{ name: 'street', type: 'text' }] }],
  functions: [],
  tables: [
    table('t', [
      column('a', 'int', 'partition_key', 0),
      column('b', 'int', 'partition_key', 1),
      column('c', 'int', 'clustering', 0),
      column('d', 'int', 'clustering', 1),
      column('s', 'int', 'static'),
      column('v', 'int', 'regular'),
      column('m', 'map<text, int>', 'regular'),
    ]),
    table('n', [
      column('k', 'int', 'partition_key', 0),
      column('c', 'int', 'clustering', 0),
      column('hits', 'counter', 'regular'),
    ]),
    table(
      'one',
      [column('k', 'int', 'partition_key', 0), column('v', 'int', 'regular'), column('w', 'int', 'regular')],
      [{ name: 'one_w', kind: 'COMPOSITES', target: 'w', className: null }],
    ),
    table('people', [
      column('k', 'int', 'partition_key', 0),
      column('home', 'frozen<address>', 'regular'),
      column('name', 'text', 'regular'),
    ]),
  ],
});

/** Partitions (1,1), (1,2) and (2,1) of `t`, with rows for c and d in 1 and 2. `one` has the keys 1, 2 and 3. */
export const FIXTURE_PARTITIONS = [
  [1, 1],
  [1, 2],
  [2, 1],
] as const;

const does = (rows: number, partitions: number) => ({ rows, partitions });
const rows = (text: string, summary: string, count: number, partitions: number): AnalysedStatement => {
  return { text, summary, scope: 'rows', does: does(count, partitions) };
};

export const WRITES: readonly AnalysedStatement[] = [
  rows('INSERT INTO t (a, b, c, d, v) VALUES (1, 1, 9, 9, 5)', '1 row', 1, 1),
  rows('INSERT INTO t JSON \'{"a": 1, "b": 1, "c": 9, "d": 9, "v": 5}\'', '1 row', 1, 1),
  rows('INSERT INTO one (k, v) VALUES (7, 7)', '1 row', 1, 1),
  rows('INSERT INTO t (a, b, c, d, v) VALUES (1, 1, 9, 9, 5) IF NOT EXISTS', '1 row, conditional (Paxos)', 1, 1),
  rows('UPDATE t SET v = 9 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1', '1 row', 1, 1),
  rows("UPDATE t USING TTL 900 SET m['x'] = 9 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1", '1 row', 1, 1),
  rows('UPDATE t SET v = 9 WHERE a = 1 AND b IN (1, 2) AND c = 1 AND d IN (1, 2)', '4 rows in 2 partitions', 4, 2),
  rows('UPDATE t SET v = 9 WHERE a = 1 AND b = 1 AND (c, d) IN ((1, 1), (2, 2))', '2 rows of one partition', 2, 1),
  rows('UPDATE one SET v = 9 WHERE k IN (1, 2, 3)', '3 rows', 3, 3),
  rows('UPDATE t SET v = 9 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1 IF v = 1', '1 row, conditional (Paxos)', 1, 1),
  rows('UPDATE t SET v = 9 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1 IF v = 2', '1 row, conditional (Paxos)', 0, 0),
  rows('DELETE FROM t WHERE a = 1 AND b = 1 AND c = 1 AND d = 1', '1 row', 1, 1),
  rows('DELETE FROM t WHERE a = 1 AND b = 1 AND c = 1 AND d IN (1, 2)', '2 rows of one partition', 2, 1),
  rows('DELETE v FROM t WHERE a = 1 AND b = 1 AND c = 1 AND d = 1', '1 row', 1, 1),
  rows('DELETE FROM one WHERE k IN (1, 2)', '2 rows', 2, 2),
  rows('DELETE FROM t WHERE a = 1 AND b = 1 AND c = 1 AND d = 1 IF EXISTS', '1 row, conditional (Paxos)', 1, 1),
  rows('UPDATE n SET hits = hits + 1 WHERE k = 1 AND c = 1', '1 row, counter', 1, 1),
  rows('UPDATE n SET hits -= 2 WHERE k = 1 AND c IN (1, 2)', '2 rows of one partition, counter', 2, 1),
  {
    text: 'DELETE FROM t WHERE a = 1 AND b = 1 AND c = 1',
    summary: 'range of one partition',
    scope: 'range',
    does: does(2, 1),
  },
  {
    text: 'DELETE FROM t WHERE a = 1 AND b = 1 AND (c, d) > (1, 1)',
    summary: 'range of one partition',
    scope: 'range',
    does: does(3, 1),
  },
  {
    text: 'DELETE FROM t WHERE a = 1 AND b IN (1, 2) AND c IN (1, 2) AND d > 1',
    summary: 'a range of each of 2 partitions',
    scope: 'range',
    does: does(4, 2),
  },
  {
    text: 'DELETE FROM t WHERE a = 1 AND b = 1',
    summary: '1 whole partition',
    scope: 'partitions',
    does: does(4, 1),
  },
  {
    text: 'DELETE FROM t WHERE a IN (1, 2) AND b IN (1, 2)',
    summary: '4 whole partitions',
    scope: 'partitions',
    does: does(12, 3),
  },
  {
    text: 'UPDATE t SET s = 9 WHERE a = 1 AND b = 1',
    summary: 'static columns of a partition',
    scope: 'static',
    does: does(0, 1),
  },
  {
    text: 'INSERT INTO t (a, b, s) VALUES (1, 2, 9)',
    summary: 'static columns of a partition',
    scope: 'static',
    does: does(0, 1),
  },
  {
    text: 'DELETE s FROM t WHERE a = 1 AND b IN (1, 2)',
    summary: 'static columns of 2 partitions',
    scope: 'static',
    does: does(0, 2),
  },
  {
    text: 'BEGIN BATCH INSERT INTO t (a, b, c, d, v) VALUES (1, 1, 8, 8, 1); DELETE FROM t WHERE a = 1 AND b = 1 AND c = 1 AND d = 1 APPLY BATCH',
    summary: '2 rows in one partition, atomic',
    scope: 'batch',
    does: does(2, 1),
  },
  {
    text: 'BEGIN BATCH DELETE FROM t WHERE a = 1 AND b = 1; UPDATE t SET s = 9 WHERE a = 1 AND b = 1; APPLY BATCH',
    summary: 'one partition, atomic',
    scope: 'batch',
    does: does(4, 1),
  },
  {
    text: 'BEGIN BATCH UPDATE one SET v = 9 WHERE k = 1; UPDATE one SET v = 9 WHERE k = 2; APPLY BATCH',
    summary: 'logged batch over 2 partitions',
    scope: 'batch',
    does: does(2, 2),
  },
  {
    text: 'BEGIN UNLOGGED BATCH UPDATE one SET v = 9 WHERE k = 1; UPDATE one SET v = 9 WHERE k = 2 UPDATE one SET w = 9 WHERE k = 3 APPLY BATCH',
    summary: 'unlogged batch over 3 partitions',
    scope: 'batch',
    does: does(3, 3),
  },
  {
    text: 'BEGIN COUNTER BATCH UPDATE n SET hits = hits + 1 WHERE k = 1 AND c = 1; UPDATE n SET hits = hits + 1 WHERE k = 2 AND c = 1; APPLY BATCH',
    summary: 'counter batch over 2 partitions',
    scope: 'batch',
    does: does(2, 2),
  },
  {
    text: 'BEGIN BATCH UPDATE t SET v = 9 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1 IF v = 2; INSERT INTO t (a, b, c, d, v) VALUES (1, 1, 9, 9, 1); APPLY BATCH',
    summary: '2 rows in one partition, atomic, conditional (Paxos)',
    scope: 'batch',
    does: does(0, 0),
  },
  { text: 'TRUNCATE one', summary: 'every row of the table', scope: 'table', does: does(3, 3) },
];

/** What Cassandra refuses, with what is said of it and the labels of what would serve. */
export interface RefusedByCassandra {
  readonly text: string;
  readonly says: string;
  readonly offers: readonly string[];
}

const no = (text: string, says: string, ...offers: string[]): RefusedByCassandra => ({ text, says, offers });

export const REFUSED: readonly RefusedByCassandra[] = [
  no('DELETE FROM t WHERE a = 1', 'it needs the whole partition key (a, b): b is missing', 'Add b = :b'),
  no(
    'UPDATE t SET v = 1 WHERE b = 1 AND c = 1 AND d = 1',
    'it needs the whole partition key (a, b): a is missing',
    'Add a = :a',
  ),
  no(
    'UPDATE t SET v = 1 WHERE a = 1 AND b = 1',
    'an UPDATE names its rows by the whole key: c and d are missing',
    'Add c = :c AND d = :d',
  ),
  no(
    'DELETE v FROM t WHERE a = 1 AND b = 1 AND c = 1',
    'a DELETE of columns names its rows by the whole key: d is missing',
    'Add d = :d',
  ),
  no('DELETE FROM t WHERE a = 1 AND b = 1 AND d = 1', 'd also needs c', 'Add c = :c'),
  no(
    'DELETE FROM t WHERE a = 1 AND b = 1 AND c > 1 AND d = 3',
    'd takes a condition only where the columns before it have = or IN',
  ),
  no(
    'DELETE FROM t WHERE a = 1 AND b = 1 IF EXISTS',
    'a conditional DELETE names its rows by the whole key: c and d are missing',
    'Add c = :c AND d = :d',
  ),
  no(
    'UPDATE t SET v = 1 WHERE a = 1 AND b = 1 AND c = 1 AND d > 1',
    'an UPDATE takes only = and IN for the clustering columns',
  ),
  no('UPDATE t SET v = 1 WHERE a > 1 AND b = 1 AND c = 1 AND d = 1', 'the partition key takes only = and IN'),
  no('UPDATE t SET v = 1 WHERE token(a, b) = 1 AND c = 1 AND d = 1', 'a write takes no token()'),
  no(
    'UPDATE t SET v = 1 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1 AND v = 2',
    'v is not in the key, and a write finds its rows by the key alone',
  ),
  no('UPDATE t SET c = 1 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1', 'c is part of the key, which never changes'),
  no(
    'UPDATE t SET s = 1 WHERE a = 1 AND b = 1 AND c = 1 AND d = 1',
    'static columns belong to the partition: a write of them alone takes no clustering column',
  ),
  no(
    'UPDATE t SET v = 1 WHERE a = 1 AND b IN (1, 2) AND c = 1 AND d = 1 IF EXISTS',
    'a conditional write takes one value for each column of the key, so no IN',
  ),
  no('DELETE c FROM t WHERE a = 1 AND b = 1', 'c is part of the key, and only whole rows lose that'),
  no('INSERT INTO t (a, c, d, v) VALUES (1, 1, 1, 1)', 'an INSERT names the whole key: b is missing'),
  no('INSERT INTO t (a, b, v) VALUES (1, 1, 1)', 'an INSERT names the whole key: c and d are missing'),
  no('INSERT INTO t (a, b, c, d, vv) VALUES (1, 1, 1, 1, 1)', 'there is no column vv. Did you mean v?', 'Use v'),
  no('INSERT INTO peopel (k) VALUES (1)', 'there is no table {ks}.peopel'),
  no('INSERT INTO n (k, c, hits) VALUES (1, 1, 1)', 'a table of counters takes no INSERT: use UPDATE … SET c = c + 1'),
  no('UPDATE n SET hits = 5 WHERE k = 1 AND c = 1', 'a counter is never set, only changed: hits = hits + 1'),
  no(
    'BEGIN BATCH UPDATE n SET hits = hits + 1 WHERE k = 1 AND c = 1; APPLY BATCH',
    'a logged batch takes no counter: write BEGIN COUNTER BATCH',
  ),
  no('BEGIN COUNTER BATCH UPDATE one SET v = 1 WHERE k = 1; APPLY BATCH', 'a counter batch takes counters alone'),
  no(
    'BEGIN BATCH INSERT INTO one (k) VALUES (8) IF NOT EXISTS; INSERT INTO one (k) VALUES (9); APPLY BATCH',
    'a batch with a condition stays in one partition',
  ),
  no('DROP TYPE address', 'the table people uses it'),
  no('ALTER TABLE one DROP w', 'the index one_w is on w: drop that first'),
  no('ALTER TABLE t DROP c', 'c is part of the key'),
  no('DROP TABLE nothing', 'there is no table {ks}.nothing'),
  no('CREATE TABLE one (k int PRIMARY KEY)', 'there is a table {ks}.one already'),
  no('TRUNCATE peple', 'there is no table {ks}.peple. Did you mean people?', 'Use people'),
  no('SELECT * FROM t WHERE a = 1', 'also needs b', 'Add b = :b', 'Add ALLOW FILTERING'),
  no('SELECT * FROM t WHERE a = 1 AND b = 1 AND d = 1', 'also needs c', 'Add c = :c', 'Add ALLOW FILTERING'),
  no(
    'SELECT * FROM one WHERE v = 1',
    'v is not in the key and has no index',
    'Write CREATE INDEX on v before it',
    'Add ALLOW FILTERING',
  ),
  no('SELECT * FROM one WHERE v > 1', 'v is not in the key and has no index', 'Add ALLOW FILTERING'),
  no('SELECT * FROM peple', 'there is no table {ks}.peple. Did you mean people?', 'Use people'),
];

/** Schema changes and what is said of them; each is possible in the fixture. */
export const SCHEMA_CHANGES: readonly {
  readonly text: string;
  readonly summary: string;
  readonly facts: readonly string[];
}[] = [
  {
    text: 'CREATE INDEX ON one (v)',
    summary: 'makes an index on {ks}.one',
    facts: ['Every node builds it from the rows it has, and each write to the table keeps it.'],
  },
  {
    text: 'CREATE TABLE IF NOT EXISTS one (k int PRIMARY KEY)',
    summary: 'makes the table {ks}.one',
    facts: ['The table {ks}.one is there already: nothing changes.'],
  },
  {
    text: 'ALTER TYPE address ADD city text',
    summary: 'changes the type {ks}.address',
    facts: ['It is part of the table people.'],
  },
  { text: 'ALTER TABLE people DROP name', summary: 'changes the table {ks}.people', facts: [] },
  {
    text: 'DROP INDEX one_w',
    summary: 'drops the index {ks}.one_w',
    facts: ['The rows of {ks}.one stay; what it served needs ALLOW FILTERING then.'],
  },
  {
    text: 'DROP TABLE IF EXISTS nothing',
    summary: 'drops the table {ks}.nothing',
    facts: ['There is no table {ks}.nothing: nothing changes.'],
  },
];
