import { expect, describe as group, it } from 'vitest';
import { locateKey } from '@/lib/cassandra/nodes/replicas';
import { HAS_NODETOOL, nodetoolOf } from '@/lib/cassandra/test-nodetool';
import { NODES } from '@/lib/cassandra/test-ring';
import { insertAll, testBed } from '@/lib/cassandra/test-support';
import { readTableRepair } from './tables';

const KEYSPACE = 'ringside_table_repair';
const TABLE = { keyspace: KEYSPACE, table: 't' };
const { cluster, plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY)`]);
const eventually = { timeout: 120_000, interval: 1_000 };

async function replicate(): Promise<void> {
  const factor = Math.min(2, NODES.length);
  await plain.execute(
    `ALTER KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${factor}}`,
  );
}

group.runIf(HAS_NODETOOL && NODES.length > 1)('when a table was last repaired', { timeout: 300_000 }, () => {
  it('is known of the ranges of a repair, and of no others', async () => {
    await replicate();
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k) VALUES (?)`, [[1]]);
    const { token } = await locateKey(cluster, { ...TABLE, key: { k: 1 } });
    const here = BigInt(token);
    await nodetoolOf(['repair', '-full', '-st', String(here - 10n), '-et', String(here), KEYSPACE, 't']);
    await expect.poll(async () => (await readTableRepair(cluster, TABLE, token)).here, eventually).not.toBeNull();
    const repaired = await readTableRepair(cluster, TABLE, token);
    expect(repaired).toMatchObject({ records: 1, looked: 1, why: null, last: repaired.here });
    const elsewhere = await readTableRepair(cluster, TABLE, String(here + 1n));
    expect(elsewhere).toMatchObject({ here: null, last: repaired.last, looked: 1 });
  });
});
