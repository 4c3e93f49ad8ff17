import { type Client, errors } from 'cassandra-driver';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { plainClient } from '@/lib/cassandra/test-ring';
import type { Filter } from '@/lib/contract/filters';
import type { JsonValue } from '@/lib/contract/json';
import { HAS_5_0 } from '@/lib/test-release';
import { fromJson } from '@/lib/wire/encode';
import { toCqlLiteral } from '@/lib/wire/values';
import { classify } from './classifier';
import { buildSelect, displaySelect, type SelectRequest } from './select-builder';
import { filters, wholeKey } from './test-select-filters';
import { DDL, KEYSPACE, shape } from './test-select-table';
import type { CqlType } from './types';

let client: Client;

beforeAll(async () => {
  client = plainClient();
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  for (const statement of DDL) await client.execute(statement);
  await vi.waitFor(indexesAnswer, { timeout: 120_000, interval: 250 });
}, 180_000);

const INDEXED = [
  ...['old = 1', 'older = 1', 'tags CONTAINS 1', 'counts[1] = 1', 'number = 1'],
  ...["prefixed LIKE 'a%'", "contained LIKE '%a%'"],
  ...(HAS_5_0 ? ['new = 1', 'newer = 1', 'attrs CONTAINS KEY 1', '"entries"[1] = 1'] : []),
];

/** An index works once every node has built its part; until then reads through it fail. */
async function indexesAnswer(): Promise<void> {
  for (const condition of INDEXED) await client.execute(`SELECT * FROM ${KEYSPACE}.t WHERE ${condition}`);
  if (HAS_5_0) await client.execute(`SELECT * FROM ${KEYSPACE}.t ORDER BY v ANN OF [1, 2] LIMIT 1`);
}

afterAll(async () => {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
});

/** The server's verdict on a statement: null if it runs, otherwise why not. */
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

describe('buildSelect', () => {
  it('finds a problem exactly where the server refuses', { timeout: 300_000 }, async () => {
    const property = fc.asyncProperty(filters, async (wanted) => {
      const built = buildSelect(requestOf(wanted));
      // Older releases refuse a little more; but whatever we call served is served on each of them.
      if (!HAS_5_0 && built.problem !== null) return;
      const refused = await refusalOf(requestOf(wanted));
      const said = { statement: built.statement, why: refused ?? '', problem: built.problem };
      expect({ ...said, refused: refused !== null }).toEqual({ ...said, refused: built.problem !== null });
    });
    await fc.assert(property, { numRuns: 800 });
  });

  it.runIf(HAS_5_0)('says exactly when ALLOW FILTERING helps', { timeout: 300_000 }, async () => {
    const property = fc.asyncProperty(filters, async (wanted) => {
      const request = requestOf(wanted, { allowFiltering: true });
      const built = buildSelect(request);
      const { statement, needsFiltering } = buildSelect(requestOf(wanted));
      expect(built.statement).toBe(needsFiltering === null ? statement : `${statement} ALLOW FILTERING`);
      // Try ALLOW FILTERING even where Ringside says that it does not help.
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
      const classified = classify(shown, {
        schema: { table: () => shape, isAggregate: () => false, keyspace: () => undefined },
      });
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
