import type { Client } from 'cassandra-driver';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainClient } from '@/lib/cassandra/test-ring';
import type { JsonValue } from '@/lib/contract/json';
import type { CqlType } from '@/lib/cql/types';
import { fromJson } from '@/lib/wire/encode';
import { randomFullBytes } from '@/lib/wire/random-values';
import { toJson } from '@/lib/wire/values';
import { sortSteps } from './sort-steps';
import { IN_ORDER, PAIR, typeInOrder } from './test-values-in-order';
import { keyColumn } from './value-orders';

const KEYSPACE = 'ringside_local_orders';
const RANDOM_VALUES = 60;
/** Types that Cassandra does not take as clustering columns. */
const NOT_CLUSTERING = /^(counter|vector)/;
/** Of these the server puts the elements in order itself: random ones would not come back as they were sent. */
const NORMALIZED = /^frozen<(set|map)/;
const TYPES = IN_ORDER.filter(([type]) => !NOT_CLUSTERING.test(type));

let client: Client;

beforeAll(async () => {
  client = plainClient();
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.execute(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1} AND durable_writes = false`,
  );
  await client.execute(PAIR.replace('KS', KEYSPACE));
});

afterAll(async () => {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
});

/** False for times outside a day, which cannot be written as text, and for elements of no bytes, over which replicas fail. */
function isStorable(value: JsonValue, type: string): boolean {
  if (type === 'time') return /^\d\d:/.test(String(value));
  return !(Array.isArray(value) && type.includes('list') && value.includes(''));
}

/** The numbers of the values in the order in which a partition has them; of equal values the last one stays. */
async function storedOrder(table: string, type: CqlType, values: readonly JsonValue[]): Promise<number[]> {
  for (const [id, value] of values.entries()) {
    const bytes = fromJson(value, type);
    await client.execute(
      `INSERT INTO ${KEYSPACE}.${table} (k, v, id) VALUES (1, ?, ?)`,
      [bytes === null ? null : Buffer.from(bytes), id],
      { prepare: true },
    );
  }
  const { rows } = await client.execute(`SELECT id FROM ${KEYSPACE}.${table} WHERE k = 1`, [], { fetchSize: 5_000 });
  return rows.map((row) => Number(row.get('id')));
}

function sortedHere(type: CqlType, values: readonly JsonValue[], ids: readonly number[]): number[] {
  const keys = keyColumn(type);
  if (keys === null) throw new Error('the type has no order');
  for (const id of ids) keys.add(values[id] ?? null);
  const steps = sortSteps(ids.length, (a, b) => keys.compare(a, b));
  let step = steps.next();
  while (!step.done) step = steps.next();
  return Array.from(step.value, (at) => ids[at] ?? -1);
}

describe('rows sorted on the page', () => {
  it.each(TYPES)('by %s are in the order of a clustering column', async (text, known) => {
    const type = typeInOrder(text);
    const table = text.replace(/\W+/g, '_').replace(/_$/, '');
    await client.execute(`CREATE TABLE ${KEYSPACE}.${table} (k int, v ${text}, id int, PRIMARY KEY (k, v))`);
    const random = NORMALIZED.test(text) ? [] : fc.sample(randomFullBytes(type), { numRuns: RANDOM_VALUES, seed: 42 });
    const values = [...known.toReversed(), ...random.map((bytes) => toJson(bytes, type))].filter((value) =>
      isStorable(value, text),
    );
    const stored = await storedOrder(table, type, values);
    expect(stored.length).toBeGreaterThan(1);
    expect(
      sortedHere(
        type,
        values,
        stored.toSorted((a, b) => a - b),
      ),
    ).toEqual(stored);
  });
});
