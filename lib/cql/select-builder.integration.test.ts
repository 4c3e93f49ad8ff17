import { Client, errors, policies } from 'cassandra-driver';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { HAS_5_0 } from '@/lib/test-release';
import { fromJson } from '@/lib/wire/encode';
import { toCqlLiteral } from '@/lib/wire/values';
import { classify } from './classifier';
import type { TableShape } from './schema-lookup';
import { tableShape } from './schema-lookup';
import { buildSelect, displaySelect, type SelectRequest } from './select-builder';
import type { CqlType } from './types';

const KEYSPACE = 'ringside_select_test';
const [node] = (process.env.RINGSIDE_TEST_NODES ?? '127.0.0.1').split(',');

type Kind = 'partition_key' | 'clustering' | 'static' | 'regular';
const column = (name: string, type: string, kind: Kind = 'regular', position = -1) => {
  return { name, type, kind, position, clusteringOrder: kind === 'clustering' ? 'desc' : 'none' } as const;
};
const SASI = 'org.apache.cassandra.index.sasi.SASIIndex';
const index = (name: string, target: string, className: string | null, options: Record<string, string> = {}) => {
  return { name, target, className, kind: className === null ? 'COMPOSITES' : 'CUSTOM', options };
};

const COLUMNS = [
  column('a', 'int', 'partition_key', 0),
  column('B', 'int', 'partition_key', 1),
  column('c', 'int', 'clustering', 0),
  column('d', 'int', 'clustering', 1),
  column('e', 'int', 'clustering', 2),
  column('s', 'int', 'static'),
  column('plain', 'int'),
  column('old', 'int'),
  column('older', 'int'),
  column('new', 'int'),
  column('newer', 'int'),
  column('number', 'int'),
  column('prefixed', 'text'),
  column('contained', 'text'),
  column('note', 'text'),
  column('tags', 'set<int>'),
  column('attrs', 'map<int, int>'),
  column('entries', 'map<int, int>'),
  column('counts', 'map<int, int>'),
  column('frozen', 'frozen<map<int, int>>'),
  column('lasts', 'duration'),
  column('pair', 'tuple<int, int>'),
];
const VECTORS = [column('v', 'vector<float, 2>'), column('w', 'vector<float, 2>')];
const INDEXES = [
  index('i_old', 'old', null),
  index('i_older', 'older', null),
  index('i_tags', 'values(tags)', null),
  index('i_counts', 'entries(counts)', null),
  index('i_new', 'new', 'StorageAttachedIndex'),
  index('i_newer', 'newer', 'StorageAttachedIndex'),
  index('i_attrs', 'keys(attrs)', 'StorageAttachedIndex'),
  index('i_entries', 'entries(entries)', 'StorageAttachedIndex'),
  index('i_v', 'v', 'StorageAttachedIndex'),
  index('i_number', 'number', SASI),
  index('i_prefixed', 'prefixed', SASI),
  index('i_contained', 'contained', SASI, { mode: 'CONTAINS' }),
];
const columns = [...COLUMNS, ...(HAS_5_0 ? VECTORS : [])];
const indexes = INDEXES.filter(({ className }) => HAS_5_0 || className !== 'StorageAttachedIndex');
const shape: TableShape = tableShape({ kind: 'table', columns, indexes }, KEYSPACE, () => undefined);

const SAI_DDL = [
  `CREATE INDEX i_new ON ${KEYSPACE}.t (new) USING 'sai'`,
  `CREATE INDEX i_newer ON ${KEYSPACE}.t (newer) USING 'sai'`,
  `CREATE INDEX i_attrs ON ${KEYSPACE}.t (keys(attrs)) USING 'sai'`,
  `CREATE INDEX i_entries ON ${KEYSPACE}.t (entries("entries")) USING 'sai'`,
  `CREATE INDEX i_v ON ${KEYSPACE}.t (v) USING 'sai'`,
];
const DDL = [
  `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  `CREATE TABLE ${KEYSPACE}.t (${columns.map(({ name, type, kind }) => `"${name}" ${type}${kind === 'static' ? ' static' : ''}`).join(', ')},
   PRIMARY KEY ((a, "B"), c, d, e)) WITH CLUSTERING ORDER BY (c DESC, d DESC, e DESC)`,
  `CREATE INDEX i_old ON ${KEYSPACE}.t (old)`,
  `CREATE INDEX i_older ON ${KEYSPACE}.t (older)`,
  `CREATE INDEX i_tags ON ${KEYSPACE}.t (values(tags))`,
  `CREATE INDEX i_counts ON ${KEYSPACE}.t (entries(counts))`,
  ...(HAS_5_0 ? SAI_DDL : []),
  `CREATE CUSTOM INDEX i_number ON ${KEYSPACE}.t (number) USING '${SASI}'`,
  `CREATE CUSTOM INDEX i_prefixed ON ${KEYSPACE}.t (prefixed) USING '${SASI}'`,
  `CREATE CUSTOM INDEX i_contained ON ${KEYSPACE}.t (contained) USING '${SASI}' WITH OPTIONS = {'mode': 'CONTAINS'}`,
];

let client: Client;

beforeAll(async () => {
  client = new Client({
    contactPoints: [node ?? ''],
    policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
  });
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  for (const statement of DDL) await client.execute(statement);
  await vi.waitFor(indexesAnswer, { timeout: 120_000, interval: 250 });
}, 180_000);

const INDEXED = [
  ...['old = 1', 'older = 1', 'tags CONTAINS 1', 'counts[1] = 1', 'number = 1'],
  ...["prefixed LIKE 'a%'", "contained LIKE '%a%'"],
  ...(HAS_5_0 ? ['new = 1', 'newer = 1', 'attrs CONTAINS KEY 1', '"entries"[1] = 1'] : []),
];

/** An index answers when every node has built its part; until then a read through it fails. */
async function indexesAnswer(): Promise<void> {
  for (const condition of INDEXED) await client.execute(`SELECT * FROM ${KEYSPACE}.t WHERE ${condition}`);
  if (HAS_5_0) await client.execute(`SELECT * FROM ${KEYSPACE}.t ORDER BY v ANN OF [1, 2] LIMIT 1`);
}

afterAll(async () => {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
});

/** The server's own word on a statement: null when it runs, else why not. */
async function refusal(statement: string, params?: unknown[]): Promise<string | null> {
  try {
    await client.execute(statement, params, { prepare: params !== undefined });
    return null;
  } catch (error) {
    if (error instanceof errors.ResponseError) return error.message;
    throw error;
  }
}

const encoded = (value: JsonValue, type: CqlType) => {
  const bytes = fromJson(value, type);
  return bytes === null ? null : Buffer.from(bytes);
};
const requestOf = (filters: Filter[], more: Partial<SelectRequest> = {}): SelectRequest => {
  return { keyspace: KEYSPACE, table: 't', shape, filters, ...more };
};

/** A statement with its values, prepared as Ringside does it. */
async function refusalOf(request: SelectRequest): Promise<string | null> {
  const { statement, params } = buildSelect(request);
  return refusal(
    statement,
    params.map(({ value, type }) => encoded(value, type)),
  );
}

const scalar = (name: string): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc
      .constantFrom('=' as const, '<' as const, '>=' as const)
      .map((operator) => ({ column: name, operator, value: 1 })),
    fc.constant({ column: name, operator: 'IN' as const, value: [1, 2] }),
  );
const TUPLES = [
  ['c', 'd'],
  ['c', 'd', 'e'],
  ['d', 'e'],
  ['c', 'e'],
  ['d', 'c'],
] as const;
const tuple: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom(...TUPLES), fc.constantFrom('=' as const, '<' as const, '>=' as const, 'IN' as const))
  .map(([[first, ...more], operator]) => {
    const value = [1, ...more.map(() => 1)];
    return { column: first, tuple: more, operator, value: operator === 'IN' ? [value, value.with(0, 2)] : value };
  });
const like: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('prefixed', 'contained', 'note'), fc.constantFrom('x%', '%x', '%x%', 'x'))
  .map(([name, value]) => ({ column: name, operator: 'LIKE', value }));
const textual: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('prefixed', 'contained', 'note'), fc.constantFrom('=' as const, '>' as const, '<=' as const))
  .map(([name, operator]) => ({ column: name, operator, value: 'x' }));
const entry: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('entries', 'counts', 'attrs', 'frozen'), fc.constantFrom(1, 2))
  .map(([name, key]) => ({ column: name, key, operator: '=', value: 1 }));
const whole: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { column: 'frozen', operator: '=', value: [[1, 1]] },
  { column: 'frozen', operator: '>', value: [[1, 1]] },
  { column: 'frozen', operator: 'CONTAINS KEY', value: 1 },
  { column: 'attrs', operator: '=', value: [[1, 1]] },
  { column: 'tags', operator: '=', value: [1] },
  { column: 'lasts', operator: '=', value: '1h' },
  { column: 'lasts', operator: '<', value: '1h' },
  { column: 'pair', operator: '=', value: [1, 1] },
  { column: 'pair', operator: '>', value: [1, 1] },
  ...VECTORS.filter(() => HAS_5_0).map(({ name }): Filter => ({ column: name, operator: '=', value: [1, 2] })),
);
const collection: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { column: 'tags', operator: 'CONTAINS', value: 1 },
  { column: 'attrs', operator: 'CONTAINS', value: 1 },
  { column: 'attrs', operator: 'CONTAINS KEY', value: 1 },
);
const token = fc
  .tuple(fc.constantFrom('TOKEN >' as const, 'TOKEN <=' as const), fc.constantFrom('-5', '7'))
  .map(([operator, value]): Filter => ({ column: 'a', operator, value }));
const ann = fc.constantFrom('v', 'w').map((name): Filter => {
  return { column: name, operator: 'ANN OF', value: [0.5, 1], limit: 10 };
});
const keyFilter = fc.constantFrom('a', 'B', 'a', 'B', 'c', 'd').chain(scalar);
const indexed = fc.constantFrom('s', 'plain', 'old', 'older', 'new', 'newer', 'number').chain(scalar);
const otherFilter = fc.oneof(indexed, indexed, collection, like, textual, entry, whole);
const wholeKey: Filter[] = ['a', 'B'].map((name) => ({ column: name, operator: '=', value: 1 }));

/** What 5.0 serves and Ringside does not say so: it is on the safe side there. */
const isServerQuirk = (wanted: readonly Filter[]) => {
  // An index on a map's keys passes for good enough when its values or entries are asked for too.
  const attrs = wanted.filter((filter) => filter.column === 'attrs');
  const isKeys = ({ operator }: Filter) => operator === 'CONTAINS KEY';
  if (attrs.some(isKeys) && !attrs.every(isKeys)) return true;
  // With a token bound clustering columns pass beside an index of the older kinds.
  const isToken = wanted.some(({ operator }) => operator === 'TOKEN >' || operator === 'TOKEN <=');
  return isToken && wanted.some((filter) => ['c', 'd', 'e'].includes(filter.column));
};
const anyFilters = fc.oneof(
  fc.array(fc.oneof(keyFilter, otherFilter), { maxLength: 4 }),
  fc
    .array(fc.oneof(fc.constantFrom('c', 'd').chain(scalar), tuple, otherFilter), { maxLength: 3 })
    .map((more) => [...wholeKey, ...more]),
  fc.array(fc.oneof(tuple, tuple, otherFilter), { maxLength: 2 }),
  fc.tuple(token, fc.array(fc.oneof(otherFilter, tuple, token), { maxLength: 2 })).map(([one, more]) => [one, ...more]),
  fc
    .tuple(ann, fc.constantFrom([], wholeKey), fc.array(fc.oneof(keyFilter, indexed, entry, like), { maxLength: 2 }))
    .map(([one, key, more]) => [...key, ...more, one]),
);
/** What releases before 5.0 refuse beyond what Ringside knows of; their own words are what a person then sees. */
const isOfLater = (wanted: readonly Filter[]) => {
  const single = wanted.filter(({ tuple }) => tuple === undefined).map((filter) => filter.column);
  const mixes = wanted.some((filter) =>
    [filter.column, ...(filter.tuple ?? [])].some((name) => filter.tuple && single.includes(name)),
  );
  return mixes || wanted.some(({ operator }) => operator === 'ANN OF');
};
const filters = anyFilters.filter((wanted) => !isServerQuirk(wanted) && (HAS_5_0 || !isOfLater(wanted)));

describe('buildSelect', () => {
  it('finds a problem exactly where the server refuses', { timeout: 300_000 }, async () => {
    const property = fc.asyncProperty(filters, async (wanted) => {
      const built = buildSelect(requestOf(wanted));
      // Older releases refuse a little more; what is said to be served is, on each of them.
      if (!HAS_5_0 && built.problem !== null) return;
      const refused = await refusalOf(requestOf(wanted));
      const said = { statement: built.statement, why: refused ?? '', problem: built.problem };
      expect({ ...said, refused: refused !== null }).toEqual({ ...said, refused: built.problem !== null });
    });
    await fc.assert(property, { numRuns: 800 });
  });

  it.runIf(HAS_5_0)('says exactly where ALLOW FILTERING helps', { timeout: 300_000 }, async () => {
    const property = fc.asyncProperty(filters, async (wanted) => {
      const request = requestOf(wanted, { allowFiltering: true });
      const built = buildSelect(request);
      const { statement, needsFiltering } = buildSelect(requestOf(wanted));
      expect(built.statement).toBe(needsFiltering === null ? statement : `${statement} ALLOW FILTERING`);
      // What Ringside holds to be beyond help is tried with the words all the same.
      const refused =
        built.problem === null
          ? await refusalOf(request)
          : await refusal(`${displaySelect(request, literal)} ALLOW FILTERING`);
      const said = { statement: built.statement, why: refused ?? '', problem: built.problem };
      expect({ ...said, refused: refused !== null }).toEqual({ ...said, refused: built.problem !== null });
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it('writes the same statement with its values, which the server and the classifier read alike', {
    timeout: 300_000,
  }, async () => {
    const property = fc.asyncProperty(filters, fc.boolean(), async (wanted, allowFiltering) => {
      const request = requestOf(wanted, { allowFiltering: allowFiltering && HAS_5_0 });
      const built = buildSelect(request);
      if (!HAS_5_0 && built.problem !== null) return;
      const shown = displaySelect(request, literal);
      expect((await refusal(shown)) === null, shown).toBe(built.problem === null);
      if (built.problem !== null) return;
      const classified = classify(shown, { schema: { table: () => shape, isAggregate: () => false } });
      expect({ shown, cost: classified.cost }).toEqual({ shown, cost: built.cost });
      expect(classified.splittable).toBe(built.scan.splittable);
    });
    await fc.assert(property, { numRuns: 300 });
  });

  it('reverses a partition and bounds a scan by token', async () => {
    const reversed = requestOf(wholeKey, { reversed: true });
    expect(buildSelect(reversed).problem).toBeNull();
    expect(await refusalOf(reversed)).toBeNull();
    const bounded = requestOf([], { fromToken: '-5', toToken: '7' });
    expect(buildSelect(bounded).problem).toBeNull();
    expect(await refusalOf(bounded)).toBeNull();
  });
});

function literal(value: JsonValue, type: CqlType): string {
  return toCqlLiteral(encoded(value, type), type);
}
