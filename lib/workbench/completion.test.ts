import { describe, expect, it } from 'vitest';
import type { Keyspace, Table, TableColumn, TableIndex } from '@/lib/contract/schema';
import { suggest } from './completion';
import type { SchemaNames } from './completion-knowledge';
import type { SuggestionKind } from './suggestion';

const column = (name: string, type: string, kind: TableColumn['kind'] = 'regular', position = -1): TableColumn => {
  return { name, type, kind, position, clusteringOrder: kind === 'clustering' ? 'asc' : 'none' };
};
const table = (name: string, columns: TableColumn[], indexes: TableIndex[] = []): Table => {
  return { name, id: null, kind: 'table', baseTable: null, comment: '', columns, indexes };
};
const rest = { system: false, virtual: false, durableWrites: true, replication: {}, types: [], functions: [] };

const schema: SchemaNames = {
  keyspaces: [
    {
      ...rest,
      name: 'flights',
      tables: [
        table('by_origin_day', [column('origin', 'text'), column('Dep Time', 'timestamp')]),
        table('airports', [column('iata', 'text')]),
      ],
      types: [{ name: 'place', fields: [] }],
    },
    { ...rest, name: 'My "Keys"', tables: [table('select', [])] },
  ],
};

/** `|` stands for the cursor. */
function at(marked: string, keyspace?: string, release: string | null = null) {
  const offset = marked.indexOf('|');
  return suggest(marked.replace('|', ''), offset, { schema, keyspace, release });
}
function texts(marked: string, kind: SuggestionKind, keyspace?: string): string[] {
  return (at(marked, keyspace)?.options ?? []).filter((option) => option.kind === kind).map(({ text }) => text);
}

describe('completion', () => {
  it('offers statements at the start and after a semicolon', () => {
    expect(texts('|', 'keyword')).toContain('SELECT');
    expect(texts('SELECT * FROM t; D|', 'keyword')).toContain('DELETE FROM');
    expect(texts('SELECT * FROM t;\n|\nSELECT 2', 'keyword')).toContain('INSERT INTO');
  });

  it('offers keyspaces and the tables of the keyspace in use where a table belongs', () => {
    expect(texts('SELECT * FROM |', 'keyspace')).toEqual(['flights', '"My ""Keys"""']);
    expect(texts('SELECT * FROM |', 'table')).toEqual([]);
    expect(texts('INSERT INTO air|', 'table', 'flights')).toEqual(['by_origin_day', 'airports']);
    expect(texts('DROP TABLE IF EXISTS |', 'table', 'flights')).toContain('airports');
    expect(texts('DROP KEYSPACE IF EXISTS |', 'keyspace')).toContain('flights');
  });

  it('offers the tables of a keyspace after its dot, quoted where necessary', () => {
    expect(texts('SELECT * FROM flights.|', 'table')).toEqual(['by_origin_day', 'airports']);
    expect(texts('SELECT * FROM "My ""Keys""".s|', 'table')).toEqual(['"select"']);
    expect(at('SELECT * FROM nowhere.|')).toBeNull();
  });

  it('offers the columns of the statement’s table, also before it is named', () => {
    expect(texts('SELECT | FROM flights.by_origin_day', 'column')).toEqual(['origin', '"Dep Time"']);
    expect(texts('SELECT * FROM airports WHERE i|', 'column', 'flights')).toEqual(['iata']);
    expect(texts('SELECT * FROM flights.airports; SELECT | FROM flights.by_origin_day;', 'column')).toContain('origin');
  });

  it('replaces the word being typed, including an open quote', () => {
    expect(at('SELECT * FROM fli|')?.from).toBe(14);
    expect(at('SELECT "De| FROM flights.by_origin_day')?.from).toBe(7);
    expect(at('SELECT * FROM |')?.from).toBe(14);
  });

  it('is silent inside strings, comments and numbers', () => {
    expect(at("SELECT * FROM t WHERE a = 'fro|")).toBeNull();
    expect(at('SELECT * FROM t -- fro|')).toBeNull();
    expect(at('SELECT * FROM t /* fro|')).toBeNull();
    expect(at('SELECT * FROM t LIMIT 10|')).toBeNull();
  });

  it('offers what the release knows, each function by the name that it has there', () => {
    const offered = (release: string | null) =>
      // Words alone, in a statement of no known form, get everything.
      new Set(
        ['SELECT |', 'SOMETHING |']
          .flatMap((text) => at(text, undefined, release)?.options ?? [])
          .map(({ text }) => text),
      );
    const [old, middle, present, unknown] = ['4.0.19', '4.1.10', '5.0.9', null].map(offered);
    const of5 = ['similarity_cosine()', 'mask_inner()', 'abs()', 'map_keys()', 'maxwritetime()', 'vector<>', 'ANN'];
    for (const text of of5) {
      expect([text, old?.has(text), middle?.has(text), present?.has(text)]).toEqual([text, false, false, true]);
    }
    for (const text of ['toDate()', 'blobAsText()', 'currentTimeUUID()']) {
      expect([text, old?.has(text), middle?.has(text), present?.has(text)]).toEqual([text, true, true, false]);
    }
    expect([old, middle, present].map((words) => words?.has('floor()'))).toEqual([false, true, true]);
    for (const text of ['token()', 'SELECT', 'map<>', 'int']) expect(old?.has(text)).toBe(true);
    for (const text of [...of5, 'toDate()', 'BETWEEN']) expect(unknown?.has(text)).toBe(true);
  });
});

const shop: Keyspace = {
  ...rest,
  name: 'shop',
  types: [
    {
      name: 'address',
      fields: [
        { name: 'street', type: 'text' },
        { name: 'Zip', type: 'int' },
      ],
    },
  ],
  functions: [{ name: 'fold', kind: 'function', argumentTypes: ['int', 'int'], returnType: 'bigint' }],
  tables: [
    table(
      'orders',
      [
        column('note', 'text'),
        column('total', 'decimal'),
        column('tags', 'set<text>'),
        column('extra', 'map<text, int>'),
        column('home', 'address'),
        column('paid', 'boolean'),
        column('Ship To', 'frozen<address>'),
        column('shop_name', 'text', 'static'),
        column('line', 'int', 'clustering', 1),
        column('at', 'timeuuid', 'clustering', 0),
        column('day', 'date', 'partition_key', 1),
        column('customer', 'uuid', 'partition_key', 0),
      ],
      [
        { name: 'by_note', kind: 'CUSTOM', target: 'note', className: 'StorageAttachedIndex', options: {} },
        { name: 'by_tag', kind: 'COMPOSITES', target: 'values(tags)', className: null, options: {} },
      ],
    ),
    table('hits', [column('page', 'text', 'partition_key', 0), column('n', 'counter')]),
    table(
      'docs',
      [column('id', 'int', 'partition_key', 0), column('body', 'text'), column('like_me', 'vector<float, 3>')],
      [
        { name: 'near', kind: 'CUSTOM', target: 'like_me', className: 'StorageAttachedIndex', options: {} },
        {
          name: 'words',
          kind: 'CUSTOM',
          target: 'body',
          className: 'org.apache.cassandra.index.sasi.SASIIndex',
          options: {},
        },
      ],
    ),
  ],
};
const system: Keyspace = {
  ...rest,
  name: 'system',
  system: true,
  tables: [table('local', [column('key', 'text', 'partition_key', 0), column('rack', 'text')])],
};

/** What is offered in the shop on 5.0, best first. */
function offered(marked: string, release = '5.0.9'): string[] {
  const offset = marked.indexOf('|');
  const knowledge = { schema: { keyspaces: [system, shop] }, keyspace: 'shop', release };
  return (suggest(marked.replace('|', ''), offset, knowledge)?.options ?? []).map(({ text }) => text);
}

interface Case {
  readonly text: string;
  /** What comes first, in order. */
  readonly first: readonly string[];
  readonly never?: readonly string[];
  readonly release?: string;
}

const KEYED = ['customer', 'day', 'at', 'line'];

const CASES: readonly Case[] = [
  // Columns
  { text: 'SELECT |', first: ['customer', 'day', 'at', 'line', 'page', 'id'], never: ['WHERE', 'int'] },
  { text: 'SELECT | FROM orders', first: [...KEYED, 'shop_name', 'note'], never: ['page', 'rack'] },
  { text: 'SELECT note, | FROM shop.orders', first: KEYED, never: ['DISTINCT'] },
  { text: 'SELECT key, | FROM system.local', first: ['key', 'rack'], never: ['customer'] },
  { text: 'SELECT note |', first: ['FROM', 'AS'], never: ['customer'] },
  { text: 'SELECT max(| FROM orders', first: KEYED, never: ['*'] },
  { text: 'SELECT CAST(total AS | FROM orders', first: ['ascii'], never: ['customer'] },
  { text: 'SELECT home.| FROM orders', first: ['street', '"Zip"'], never: ['orders'] },
  { text: 'SELECT "Ship To".| FROM orders', first: ['street', '"Zip"'] },
  // Tables
  { text: 'SELECT page FROM |', first: ['hits', 'orders', 'docs', 'shop', 'system'] },
  { text: 'SELECT * FROM system.|', first: ['local'], never: ['orders'] },
  { text: 'SELECT * FROM orders |', first: ['WHERE', 'ORDER BY', 'GROUP BY'], never: ['FROM', 'SET'] },
  // WHERE
  { text: 'SELECT * FROM orders WHERE |', first: [...KEYED, 'note', 'tags'], never: ['SELECT'] },
  { text: 'SELECT * FROM orders WHERE customer = ? AND |', first: ['day', 'at', 'line', 'note'], never: ['customer'] },
  { text: 'SELECT * FROM orders WHERE customer |', first: ['=', 'IN'], never: ['LIKE', 'CONTAINS', 'BETWEEN'] },
  {
    text: 'SELECT * FROM orders WHERE customer = ? AND at |',
    first: ['=', 'IN', '<', '<=', '>', '>='],
    never: ['CONTAINS'],
  },
  { text: 'SELECT * FROM orders WHERE note |', first: ['='], never: ['LIKE', 'CONTAINS', 'CONTAINS KEY'] },
  { text: 'SELECT * FROM orders WHERE tags |', first: ['CONTAINS'], never: ['=', 'CONTAINS KEY', '<', 'LIKE'] },
  { text: 'SELECT * FROM orders WHERE extra |', first: ['CONTAINS', 'CONTAINS KEY'], never: ['=', '<', 'IN'] },
  { text: 'SELECT * FROM orders WHERE home |', first: [], never: ['=', '<', 'CONTAINS'] },
  { text: 'SELECT * FROM docs WHERE body |', first: ['=', 'LIKE'], never: ['CONTAINS'] },
  { text: 'SELECT * FROM docs WHERE like_me |', first: [], never: ['=', '<'] },
  { text: 'SELECT * FROM orders WHERE paid = |', first: ['true', 'false'], never: ['now()'] },
  { text: 'SELECT * FROM orders WHERE customer = |', first: ['uuid()'], never: ['true'] },
  { text: 'SELECT * FROM orders WHERE customer = ? |', first: ['AND', 'ORDER BY'], never: ['WHERE', 'IF'] },
  { text: 'SELECT * FROM orders WHERE token(|', first: ['customer', 'day'], never: ['at', 'note'] },
  { text: 'UPDATE orders SET note = ? WHERE |', first: KEYED, never: ['note', 'token(customer, day)'] },
  { text: 'UPDATE orders SET note = ? WHERE at |', first: ['=', 'IN'], never: ['<', '>='] },
  { text: 'DELETE FROM orders WHERE at |', first: ['=', 'IN', '<'], never: ['LIKE'] },
  // ORDER BY and GROUP BY
  { text: 'SELECT * FROM orders ORDER BY |', first: ['at'], never: ['line', 'customer', 'note'] },
  { text: 'SELECT * FROM orders ORDER BY at DESC, |', first: ['line'], never: ['at'] },
  { text: 'SELECT * FROM orders ORDER BY at |', first: ['DESC', 'ASC'], never: ['line'] },
  { text: 'SELECT * FROM docs ORDER BY |', first: ['like_me ANN OF []'], never: ['id', 'body ANN OF []'] },
  { text: 'SELECT customer FROM orders GROUP BY |', first: ['customer'], never: ['note'] },
  // Writes
  {
    text: 'INSERT INTO orders |',
    first: ['(customer, day, at, line, shop_name, note, total, tags, extra, home, paid, "Ship To")', 'JSON'],
  },
  { text: 'INSERT INTO orders (customer, |', first: ['day', 'at', 'line'], never: ['customer'] },
  { text: 'INSERT INTO orders (customer, day) |', first: ['VALUES'] },
  { text: 'INSERT INTO orders (customer, at, paid) VALUES (|', first: ['uuid()'], never: ['true'] },
  { text: 'INSERT INTO orders (customer, at, paid) VALUES (?, |', first: ['now()'], never: ['uuid()', 'true'] },
  { text: 'INSERT INTO orders (customer, at, paid) VALUES (?, ?, |', first: ['true', 'false'] },
  {
    text: 'INSERT INTO orders (customer) VALUES (?) |',
    first: ['IF NOT EXISTS', 'USING TTL', 'USING TIMESTAMP'],
    never: ['WHERE'],
  },
  { text: 'INSERT INTO orders (customer) VALUES (?) IF |', first: ['NOT EXISTS'], never: ['note'] },
  { text: 'INSERT INTO orders (customer) VALUES (?) USING |', first: ['TTL', 'TIMESTAMP'] },
  { text: 'INSERT INTO orders (customer) VALUES (?) USING TTL 5 AND |', first: ['TIMESTAMP'], never: ['TTL'] },
  { text: 'UPDATE orders |', first: ['SET', 'USING TTL'], never: ['WHERE', 'FROM'] },
  { text: 'UPDATE orders SET |', first: ['shop_name', 'note'], never: KEYED },
  { text: 'UPDATE orders SET note = ?, |', first: ['shop_name', 'total'], never: ['note'] },
  { text: 'UPDATE orders SET home.|', first: ['street', '"Zip"'] },
  { text: 'UPDATE orders SET tags |', first: ['=', '+=', '-='] },
  { text: 'UPDATE hits SET n = |', first: ['n + '] },
  { text: 'UPDATE hits SET n |', first: ['+=', '-='] },
  { text: 'UPDATE hits USING |', first: [], never: ['TTL', 'TIMESTAMP'] },
  { text: 'UPDATE orders SET note = ? WHERE customer = ? IF |', first: ['EXISTS', 'shop_name', 'note'], never: KEYED },
  { text: 'UPDATE orders SET note = ? WHERE customer = ? IF note |', first: ['=', '!='] },
  { text: 'UPDATE orders SET note = ? WHERE customer = ? IF note = ? |', first: ['AND'], never: ['WHERE'] },
  { text: 'DELETE |', first: ['FROM'] },
  { text: 'DELETE FROM orders USING |', first: ['TIMESTAMP'], never: ['TTL'] },
  { text: 'BEGIN BATCH |', first: ['INSERT INTO', 'UPDATE', 'DELETE FROM', 'APPLY BATCH'], never: ['SELECT'] },
  { text: 'BEGIN BATCH UPDATE orders SET note = ? WHERE |; APPLY BATCH', first: KEYED },
  // Schema
  { text: 'CREATE TABLE t (id |', first: ['ascii'], never: ['PRIMARY KEY', 'customer'] },
  { text: 'CREATE TABLE t (id int |', first: ['PRIMARY KEY', 'STATIC'], never: ['int'] },
  { text: 'CREATE TABLE t (id map<|', first: ['ascii'], never: ['STATIC'] },
  { text: 'CREATE TABLE t (id int, "My Col" text, PRIMARY KEY (|', first: ['id', '"My Col"'], never: ['int'] },
  { text: 'CREATE TABLE t (id int PRIMARY KEY) |', first: ['WITH'] },
  {
    text: 'CREATE TABLE t (id int PRIMARY KEY) WITH |',
    first: ['CLUSTERING ORDER BY ()', 'compaction = {}', 'compression = {}'],
    never: ['replication = {}'],
  },
  {
    text: 'CREATE TABLE t (a int, b int, c int, PRIMARY KEY ((a), b, c)) WITH CLUSTERING ORDER BY (|',
    first: ['b', 'c'],
    never: ['a'],
  },
  {
    text: 'CREATE TABLE t (id int PRIMARY KEY) WITH compaction = {|',
    first: ["'class': ", "'enabled': "],
    never: ["'sstable_size_in_mb': "],
  },
  {
    text: "ALTER TABLE orders WITH compaction = {'class': |",
    first: ["'SizeTieredCompactionStrategy'", "'LeveledCompactionStrategy'"],
  },
  {
    text: "ALTER TABLE orders WITH compaction = {'class': |",
    release: '4.1.10',
    first: ["'SizeTieredCompactionStrategy'"],
    never: ["'UnifiedCompactionStrategy'"],
  },
  { text: "ALTER TABLE orders WITH compaction = {'class': 'Lev|'}", first: ["'SizeTieredCompactionStrategy'"] },
  {
    text: "ALTER TABLE orders WITH compaction = {'class': 'LeveledCompactionStrategy', |",
    first: ["'enabled': "],
    never: ["'class': ", "'min_threshold': ", "'compaction_window_unit': "],
  },
  {
    text: "ALTER TABLE orders WITH compaction = {'class': 'TimeWindowCompactionStrategy', 'compaction_window_unit': |",
    first: ["'MINUTES'", "'HOURS'", "'DAYS'"],
  },
  { text: 'ALTER TABLE orders WITH caching = {|', first: ["'keys': ", "'rows_per_partition': "] },
  { text: 'ALTER TABLE orders WITH speculative_retry = |', first: ["'99p'"] },
  { text: 'ALTER TABLE orders WITH gc_grace_seconds = |', first: ['864000'] },
  {
    text: 'ALTER TABLE orders WITH gc_grace_seconds = 5 AND |',
    first: ['compaction = {}'],
    never: ['gc_grace_seconds = ', 'CLUSTERING ORDER BY ()'],
  },
  {
    text: 'ALTER TABLE orders WITH |',
    release: '4.0.19',
    first: ['compaction = {}'],
    never: ['memtable = ', 'allow_auto_snapshot = '],
  },
  { text: 'CREATE KEYSPACE k WITH |', first: ['replication = {}', 'durable_writes = '], never: ['compaction = {}'] },
  {
    text: "CREATE KEYSPACE k WITH replication = {'class': |",
    first: ["'NetworkTopologyStrategy'", "'SimpleStrategy'"],
  },
  { text: 'ALTER TABLE orders |', first: ['ADD', 'DROP', 'RENAME', 'WITH'] },
  { text: 'ALTER TABLE orders DROP |', first: ['shop_name', 'note'], never: KEYED },
  { text: 'ALTER TABLE orders DROP |', release: '4.0.19', first: ['shop_name', 'note'], never: ['IF EXISTS'] },
  { text: 'ALTER TABLE orders ADD |', release: '4.1.10', first: ['IF NOT EXISTS'] },
  { text: 'ALTER TABLE orders RENAME |', first: KEYED, never: ['note'] },
  { text: 'ALTER TABLE orders ADD x |', first: ['ascii'], never: ['note'] },
  { text: 'ALTER TABLE |', first: ['orders', 'hits', 'docs', 'shop'] },
  { text: 'DROP INDEX |', first: ['by_note', 'by_tag', 'near', 'words'], never: ['orders'] },
  { text: 'DROP TYPE |', first: ['address'], never: ['orders'] },
  { text: 'DROP FUNCTION |', first: ['fold'] },
  { text: 'CREATE INDEX ON orders (|', first: ['shop_name', 'note'] },
  { text: 'CREATE INDEX ON hits (|', first: ['n'], never: ['page'] },
  { text: 'CREATE INDEX ON orders (keys(|', first: ['shop_name'], never: ['keys(extra)'] },
  { text: 'CREATE INDEX ON orders (note) |', first: ['USING'] },
  { text: 'CREATE INDEX ON orders (note) USING |', first: ["'sai'"] },
  { text: 'CREATE INDEX ON orders (note) |', release: '4.1.10', first: [], never: ['USING'] },
  {
    text: 'CREATE CUSTOM INDEX ON orders (note) USING |',
    release: '4.1.10',
    first: ["'org.apache.cassandra.index.sasi.SASIIndex'"],
    never: ["'sai'"],
  },
  {
    text: "CREATE INDEX ON docs (like_me) USING 'sai' WITH OPTIONS = {'similarity_function': |",
    first: ["'COSINE'", "'DOT_PRODUCT'", "'EUCLIDEAN'"],
  },
  { text: 'GRANT |', first: ['ALL PERMISSIONS', 'SELECT', 'MODIFY'], never: ['customer'] },
  { text: 'GRANT |', release: '4.0.19', first: ['ALL PERMISSIONS'], never: ['UNMASK'] },
  { text: 'GRANT SELECT |', first: ['ON'] },
  { text: 'GRANT SELECT ON |', first: ['ALL KEYSPACES', 'KEYSPACE', 'TABLE'] },
  { text: 'GRANT SELECT ON KEYSPACE |', first: ['system', 'shop'], never: ['orders'] },
  { text: 'GRANT SELECT ON KEYSPACE shop |', first: ['TO'], never: ['FROM'] },
];

describe('what is offered first, and what never', () => {
  it.each(CASES)('$text ($release)', ({ text, first, never = [], release }) => {
    const options = offered(text, release);
    expect(options.slice(0, first.length)).toEqual(first);
    expect(never.filter((one) => options.includes(one))).toEqual([]);
    if (first.length === 0) expect(options).toEqual([]);
  });

  it('says which operator reads more than it returns', () => {
    const options = suggest('SELECT * FROM orders WHERE total ', 33, {
      schema: { keyspaces: [shop] },
      keyspace: 'shop',
      release: '5.0.9',
    });
    expect(options?.options[0]).toEqual({ text: '=', kind: 'operator', detail: 'needs ALLOW FILTERING' });
  });

  it('replaces a closing quote that the editor has written', () => {
    const text = "ALTER TABLE orders WITH compaction = {'class': 'Lev'}";
    const found = suggest(text, text.indexOf("'}"), { schema: { keyspaces: [shop] }, keyspace: 'shop', release: null });
    expect(text.slice(found?.from, found?.to)).toBe("'Lev'");
  });

  it('never throws, wherever the cursor is in whatever text', () => {
    const knowledge = { schema: { keyspaces: [system, shop] }, keyspace: 'shop', release: null };
    for (const { text } of CASES) {
      const whole = text.replace('|', 'x');
      for (let at = 0; at <= whole.length; at++) suggest(whole, at, knowledge);
    }
  });
});
