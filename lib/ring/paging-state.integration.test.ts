import { type Client, types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { plainClient } from '@/lib/cassandra/test-ring';
import { murmur3Token, routingKey } from './murmur3';
import { tokenOf } from './paging-state';

const KEYSPACE = 'ringside_paging_state_test';
const rowsSchema = z.array(z.object({ k: z.string(), part: z.number(), t: z.bigint() }));

let client: Client;

beforeAll(async () => {
  client = plainClient();
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.execute(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await client.execute(`CREATE TABLE ${KEYSPACE}.t (k text, part int, c int, PRIMARY KEY ((k, part), c))`);
  for (let part = 0; part < 40; part++) {
    const inserts = Array.from({ length: 7 }, (_, c) => ({
      query: `INSERT INTO ${KEYSPACE}.t (k, part, c) VALUES (?, ?, ?)`,
      params: ['é'.repeat(part * 9), part, c],
    }));
    await client.batch(inserts, { prepare: true });
  }
});

afterAll(async () => {
  await client.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await client.shutdown();
});

describe('the paging state of a real server', () => {
  it('contains the token of the last row of every page of a scan', async () => {
    let pageState: string | undefined;
    let rows = 0;
    do {
      const page = await client.execute(`SELECT k, part, token(k, part) AS t FROM ${KEYSPACE}.t`, [], {
        prepare: true,
        fetchSize: 11,
        ...(pageState === undefined ? {} : { pageState }),
      });
      const last = rowsSchema.parse(page.rows).at(-1);
      rows += page.rows.length;
      pageState = page.pageState ?? undefined;
      if (pageState === undefined || last === undefined) continue;
      expect(tokenOf(Buffer.from(pageState, 'hex'))).toBe(last.t);
      const part = Buffer.alloc(4);
      part.writeInt32BE(last.part);
      expect(murmur3Token(routingKey([Buffer.from(last.k), part]))).toBe(last.t);
    } while (pageState !== undefined);
    expect(rows).toBe(280);
  });

  it('contains no key within one partition', async () => {
    const page = await client.execute(`SELECT * FROM ${KEYSPACE}.t WHERE k = ? AND part = ?`, ['é'.repeat(27), 3], {
      prepare: true,
      fetchSize: 2,
      consistency: types.consistencies.one,
    });
    expect(page.pageState).toBeTruthy();
    expect(tokenOf(Buffer.from(page.pageState ?? '', 'hex'))).toBeNull();
  });
});
