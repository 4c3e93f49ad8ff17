import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '@/lib/cassandra/test-ring';
import type { Filter } from '@/lib/contract/filters';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { classify } from './classifier';
import { rangeStatement } from './range-statement';
import { schemaLookup } from './schema-lookup';
import { buildSelect } from './select-builder';

/**
 * Compares what Ringside claims about token bounds with the rows that the server returns for them. To Cassandra the least
 * token is the start of the ring as a lower bound, and no bound at all as an upper one.
 */
const KEYSPACE = 'ringside_token_ends';
const KEYS = Array.from({ length: 400 }, (_, key) => key);
const client = plainClient();
/** By key. */
const tokens = new Map<number, bigint>();

beforeAll(async () => {
  const replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.execute(`CREATE KEYSPACE ${KEYSPACE} WITH replication = ${replication} AND durable_writes = false`);
  await client.execute(`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY)`);
  const insert = `INSERT INTO ${KEYSPACE}.t (k) VALUES (?)`;
  for (const key of KEYS) await client.execute(insert, [key], { prepare: true });
  const { rows } = await client.execute(`SELECT k, token(k) AS t FROM ${KEYSPACE}.t`);
  for (const row of rows) tokens.set(Number(row.get('k')), BigInt(String(row.get('t'))));
});
afterAll(async () => {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
});

const lookup = schemaLookup([
  {
    name: KEYSPACE,
    system: false,
    virtual: false,
    durableWrites: false,
    replication: {},
    types: [],
    functions: [],
    tables: [
      {
        name: 't',
        id: null,
        kind: 'table',
        baseTable: null,
        comment: '',
        indexes: [],
        columns: [{ name: 'k', type: 'int', kind: 'partition_key', position: 0, clusteringOrder: 'none' }],
      },
    ],
  },
]);

const [MIN, MAX] = [String(MIN_TOKEN), String(MAX_TOKEN)];
const [LOW, HIGH] = ['-4611686018427387904', '4611686018427387904'];
/** Stands for the token of an existing key. */
const THERE = 'THERE';

const LOWER = ['', ...['>', '>='].flatMap((operator) => [MIN, LOW, THERE, HIGH, MAX].map((at) => `${operator} ${at}`))];
const UPPER = ['', ...['<', '<='].flatMap((operator) => [MIN, LOW, THERE, HIGH, MAX].map((at) => `${operator} ${at}`))];
const BOUNDS = [
  ...LOWER.flatMap((lower) => UPPER.map((upper) => [lower, upper].filter((bound) => bound !== ''))),
  ...[MIN, LOW, THERE, MAX].map((at) => [`= ${at}`]),
];

const rowsOf = async (statement: string, params: unknown[] = []) =>
  (await client.execute(statement, params, { prepare: true, fetchSize: 1_000 })).rows.map((row) =>
    Number(row.get('k')),
  );

describe('token bounds', () => {
  it.each(BOUNDS.map((bounds) => [bounds.join(' and ') || 'none', bounds] as const))('%s', async (_, bounds) => {
    const there = String(tokens.get(7));
    const where = bounds.map((bound) => `token(k) ${bound.replace(THERE, there)}`).join(' AND ');
    const statement = `SELECT k FROM ${KEYSPACE}.t${where === '' ? '' : ` WHERE ${where}`}`;
    const found = (await rowsOf(statement)).toSorted((one, other) => one - other);
    const { cost, splittable } = classify(statement, { schema: lookup });
    const share = cost.scope === 'ring_share' ? cost.fraction : cost.scope === 'whole_ring' ? 1 : null;
    if (share === null) throw new Error(`nothing is claimed: ${JSON.stringify(cost)}`);
    // Keys are spread evenly enough; a range with rows is never claimed to be empty, nor more than everything.
    expect(Math.abs(share - found.length / KEYS.length)).toBeLessThan(0.1);
    expect(share > 0 || found.length === 0).toBe(true);
    expect(share).toBeLessThanOrEqual(1);

    expect(splittable).toBe(true);
    const ranged = rangeStatement(statement, null, ['k']);
    if (ranged === null) throw new Error('it cannot be cut');
    const { from, to } = ranged.bounds;
    const inside = [...tokens].flatMap(([key, token]) => (token > from && token <= to ? [key] : []));
    expect(inside.toSorted((one, other) => one - other)).toEqual(found);
  });

  it.each([
    [undefined, MIN],
    [LOW, MIN],
    [MIN, HIGH],
    [MIN, MIN],
    [HIGH, LOW],
    [LOW, LOW],
    [MAX, MAX],
    [MAX, undefined],
  ])('of a table page: from %s to %s', async (fromToken, toToken) => {
    const shape = lookup.table(KEYSPACE, 't');
    if (shape === undefined) throw new Error('no table');
    const filters: Filter[] = [];
    const built = buildSelect({ keyspace: KEYSPACE, table: 't', shape, filters, fromToken, toToken });
    const found = await rowsOf(
      built.statement,
      built.params.map(({ value }) => String(value)),
    );
    const share = built.cost.scope === 'ring_share' ? built.cost.fraction : null;
    expect(share).not.toBeNull();
    expect(Math.abs((share ?? 0) - found.length / KEYS.length)).toBeLessThan(0.1);
  });
});
