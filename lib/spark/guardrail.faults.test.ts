import { describe, expect, it } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { smallNode } from '@/lib/cassandra/test-small-node';
import { clusterConfig } from '@/lib/cassandra/test-support';
import { sparkRequestSchema } from '@/lib/contract/spark';
import { planSpark } from './plan-spark';

/** On a node whose guardrail forbids ALLOW FILTERING: that binds logins that are no superuser, so it asks for passwords. */

const [ADDRESS, KEYSPACE] = ['127.0.45.43', 'spark_guarded'];
const node = smallNode({
  ...{ address: ADDRESS, name: KEYSPACE, asksForPasswords: true },
  settings: { allow_filtering_enabled: 'false' },
  statements: [
    `CREATE TABLE ${KEYSPACE}."T" (id int, "B" text, v text, PRIMARY KEY ((id, "B")))`,
    "CREATE ROLE reader WITH PASSWORD = 'r' AND LOGIN = true",
    `GRANT SELECT ON KEYSPACE ${KEYSPACE} TO reader`,
    `GRANT MODIFY ON KEYSPACE ${KEYSPACE} TO reader`,
    "CREATE ROLE stranger WITH PASSWORD = 's' AND LOGIN = true",
  ],
});

const named = { keyspace: KEYSPACE, table: 'T' };
const mapping = ['id', 'B', 'v'].map((name) => ({ to: name, from: { field: name } }));
const READS = {
  export: { do: 'export', ...named, format: 'parquet' },
  copy: { do: 'copy', ...named, to: named, failed: '/bad', mapping },
} as const;
const LOAD = { do: 'load', ...named, source: '/rows.csv', format: 'csv', failed: '/bad', mapping } as const;

async function problemsOf(request: unknown, of: Cluster): Promise<readonly string[]> {
  const { plan, script } = await planSpark(of, sparkRequestSchema.parse(request), {
    ...{ timestampMicros: 1, isAnywhere: true },
  });
  expect(script === null).toBe(plan.problems.length > 0);
  return plan.problems;
}

async function as(username: string, work: (cluster: Cluster) => Promise<void>): Promise<void> {
  const login = { username, password: username.slice(0, 1) };
  const cluster = new Cluster(clusterConfig({ contactPoints: [`${ADDRESS}:9042`], ...login }));
  await work(cluster).finally(() => cluster.close());
}

describe('a plan for Spark', { timeout: 300_000 }, () => {
  it('plans no read for a login that it binds, says why, and a load all the same', async () => {
    await as('reader', async (cluster) => {
      for (const request of Object.values(READS)) {
        expect(await problemsOf(request, cluster)).toEqual([
          expect.stringMatching(/^The guardrail allow_filtering_enabled is false: .* only superusers/),
        ]);
      }
      expect(await problemsOf(LOAD, cluster)).toEqual([]);
    });
  });

  it('plans reads for a superuser, whom it does not bind', async () => {
    for (const request of Object.values(READS)) expect(await problemsOf(request, node().cluster)).toEqual([]);
  });

  it('takes no other refusal for it', async () => {
    await as('stranger', async (cluster) => expect(await problemsOf(READS.export, cluster)).toEqual([]));
  });
});
