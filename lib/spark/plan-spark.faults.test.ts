import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import { sparkRequestSchema } from '@/lib/contract/spark';
import { startSshd } from '@/scripts/test/sshd.mjs';
import { planSpark } from './plan-spark';

const KEYSPACE = 'ringside_spark_tunnel';
testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (id int PRIMARY KEY)`]);

it('starts no job for a cluster behind an SSH host, says why, and has the command to run elsewhere', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ringside-spark-sshd-'));
  const sshd = await startSshd(directory);
  const keys = { identityFile: sshd.path('user'), knownHostsFile: sshd.path('known') };
  const tunnel = { host: sshd.address, port: sshd.port, user: userInfo().username, ...keys };
  const cluster = new Cluster(clusterConfig({ tunnel }));
  try {
    const request = sparkRequestSchema.parse({ do: 'export', keyspace: KEYSPACE, table: 't', format: 'parquet' });
    const { plan } = await planSpark(cluster, request, { timestampMicros: 1, isAnywhere: true });
    expect(plan.start).toEqual({ can: false, reason: expect.stringContaining(`the SSH host ${sshd.address}`) });
    expect(plan.files?.command).toContain('spark-submit');
  } finally {
    await cluster.close();
    await sshd.stop();
    rmSync(directory, { recursive: true, force: true });
  }
});
