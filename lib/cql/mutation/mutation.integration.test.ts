import { beforeAll, describe, expect, it } from 'vitest';
import { bindMarkers } from '@/lib/cassandra/client/prepared';
import { readSchema } from '@/lib/cassandra/schema/schema';
import { failureOf, runQuery, testBed } from '@/lib/cassandra/test-support';
import { schemaLookup } from '../schema-lookup';
import { formatCqlType } from '../type-text';
import { withLiterals, withMarkers } from './print';
import { ddlOf, mutatedTable, REFUSALS, SEED_MICROS, SHAPES, type Shape, seedOf } from './test-mutations';

/** Each shape of statement runs twice: with markers in one keyspace, as a person reads it in the other. */
const [MARKED, READ] = ['ringside_mutation_marked', 'ringside_mutation_read'];
const { cluster, plain } = testBed([MARKED, READ], [...ddlOf(MARKED), ...ddlOf(READ)]);

/** A partition for each shape. */
const partitionOf = (shape: Shape) => SHAPES.indexOf(shape) + 2;

const AGED = ['s', 'v', 'w', 'd', 'f'];
/** A TTL as the tests tell one from another: it runs down while they run. */
const TTL_STEP_SECONDS = 1_000;

/** All that there is of a partition: values, and for each cell whether its write time is the seed’s, one said, or now. */
async function stateOf(keyspace: string, p: number) {
  const json = async (select: string) => (await plain.execute(select)).rows.map((row) => String(row.get('[json]')));
  const ages = AGED.flatMap((name) => [`writetime(${name})`, `ttl(${name})`]).join(', ');
  const { rows } = await plain.execute(`SELECT c, c2, ${ages} FROM ${keyspace}.t WHERE p = ${p}`);
  return {
    rows: await json(`SELECT JSON * FROM ${keyspace}.t WHERE p = ${p}`),
    counts: await json(`SELECT JSON * FROM ${keyspace}.counts WHERE p = ${p}`),
    one: await json(`SELECT JSON * FROM ${keyspace}.one WHERE p = '${p}'`),
    ages: rows.map((row) => row.keys().map((key) => [key, ageOf(key, row.get(key))])),
  };
}

function ageOf(key: string, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (key.startsWith('ttl(')) return Math.ceil(Number(value) / TTL_STEP_SECONDS);
  if (!key.startsWith('writetime(')) return value;
  return Number(value) < 1_000_000 ? Number(value) : 'now';
}

const run = (statement: string, params?: Parameters<typeof runQuery>[1]['params']) =>
  runQuery(cluster, { statement, ...(params === undefined ? {} : { params }) });

beforeAll(async () => {
  for (const keyspace of [MARKED, READ]) {
    for (const shape of SHAPES) {
      for (const statement of seedOf(keyspace, partitionOf(shape))) await plain.execute(statement);
    }
  }
});

describe('a change of data on a server', () => {
  it('is made for the tables as they are', async () => {
    const { keyspaces } = await readSchema(cluster);
    for (const name of ['t', 'counts', 'one']) {
      const { columns, partitionKey, clusteringKey } = mutatedTable(READ, name).shape;
      const shape = schemaLookup(keyspaces).table(READ, name);
      expect(shape).toMatchObject({ partitionKey, clusteringKey });
      expect(shape?.columns).toEqual(expect.arrayContaining([...columns]));
    }
  });

  it.each(SHAPES)('$name: does the same with markers and with literals', async (shape) => {
    const p = partitionOf(shape);
    const before = await stateOf(READ, p);
    const { statement, params } = withMarkers(shape.make(MARKED, p));
    const markers = await bindMarkers(await cluster.client(), statement);
    const types = (all: readonly Pick<(typeof markers)[number], 'type'>[]) =>
      all.map(({ type }) => formatCqlType(type).replace(/frozen<(.*)>/, '$1'));
    expect(types(params)).toEqual(types(markers));

    await run(
      statement,
      params.map(({ value }) => value),
    );
    await run(withLiterals(shape.make(READ, p)));
    const after = await stateOf(READ, p);
    expect(after).not.toEqual(before);
    expect(await stateOf(MARKED, p)).toEqual(after);
    if (shape.cell === undefined) return;
    const { column, micros = SEED_MICROS, ttlSeconds } = shape.cell;
    const cell = after.ages.find(isFirstRow);
    expect(cell).toContainEqual([`writetime(${column})`, micros]);
    expect(cell).toContainEqual([
      `ttl(${column})`,
      ttlSeconds === undefined ? null : Math.ceil(ttlSeconds / TTL_STEP_SECONDS),
    ]);
  });

  it.each(REFUSALS)('that the constructors refuse ($says) is refused: $cql', async ({ cql }) => {
    const statement = cql.replaceAll('ks.', `${READ}.`);
    const failure = await failureOf(plain.execute(statement));
    // A range up to null passes the coordinator, and then fails on the replicas.
    const codes = cql.includes('>= null') ? ['write_failure'] : ['invalid_statement', 'syntax_error'];
    expect(codes).toContain(failure.code);
  });
});

function isFirstRow(ages: readonly (readonly unknown[])[]): boolean {
  return (
    ages.some(([key, value]) => key === 'c' && value === 1) && ages.some(([key, value]) => key === 'c2' && value === 1)
  );
}
