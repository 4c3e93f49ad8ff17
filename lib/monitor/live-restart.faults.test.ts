import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { sightOf } from '@/lib/cassandra/nodes/sight';
import { clusterConfig, insertAll } from '@/lib/cassandra/test-support';
import { clusterEventSchema } from '@/lib/contract/events';
import { ClusterWatch } from '@/lib/events/cluster-watch';
import { LastSeen } from '@/lib/events/last-seen';
import { LineLog } from '@/lib/line-log';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';
import { LivePoll } from './live-poll';

/** A node that nothing else uses, whose settings are changed and which is started again. */

const ADDRESS = '127.0.42.1';
const NODE = `${ADDRESS}:9042`;
const TEST_TIMEOUT_MS = 300_000;
const WAIT = { timeout: 120_000, interval: 500 };
const ROWS = 2_000;

const directory = mkdtempSync(join(tmpdir(), 'ringside-live-'));
let ring: Ring;
let plain: Client;
let cluster: Cluster;
let poll: LivePoll;

beforeAll(async () => {
  ring = await startRing({
    nodes: [{ address: ADDRESS }],
    directory: join(directory, 'ring'),
    engine: 'jvm',
    javaFlags: ['-XX:TieredStopAtLevel=1'],
    clusterName: 'ringside-live',
  });
  plain = new AgreeingClient({ contactPoints: [ADDRESS], localDataCenter: 'dc1' });
  await plain.execute("CREATE KEYSPACE live WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
  await plain.execute('CREATE TABLE live.t (k int PRIMARY KEY)');
  cluster = new Cluster(clusterConfig({ contactPoints: [NODE] }));
  poll = new LivePoll(cluster);
}, TEST_TIMEOUT_MS);

afterAll(async () => {
  poll?.end();
  await cluster?.close();
  await plain?.shutdown();
  await ring?.stop();
  rmSync(directory, { recursive: true, force: true });
});

async function valuesOf(series: string): Promise<readonly (number | null)[]> {
  return (await poll.look({})).lines.find((line) => line.series === series)?.values ?? [];
}

describe('a node that starts again', () => {
  it(
    'is a gap and no spike in the plots, and an event, as its settings are',
    async () => {
      const log = new LineLog(join(directory, 'events'), clusterEventSchema, 'Events');
      const watch = new ClusterWatch('live', log, new LastSeen(join(directory, 'events')), 1_000, 2_000);
      const end = watch.begin(sightOf(await cluster.client()));
      const kinds = async () => (await watch.list({})).events.map(({ kind }) => kind);
      await expect.poll(async () => (await valuesOf('writes')).some((value) => value !== null), WAIT).toBe(true);
      const rows = Array.from({ length: ROWS }, (_, k) => [k] as const);
      await insertAll(plain, 'INSERT INTO live.t (k) VALUES (?)', rows);
      await expect.poll(async () => (await valuesOf('writes')).some((value) => (value ?? 0) > 0), WAIT).toBe(true);

      await ring.nodetool(['settimeout', 'read', '7000']);
      await expect.poll(kinds, WAIT).toContain('settings_changed');
      const changed = (await watch.list({})).events.find(({ kind }) => kind === 'settings_changed');
      expect(changed).toMatchObject({ node: NODE, moreChanges: 0 });
      expect(changed?.fields).toMatchObject([{ field: 'read_request_timeout', before: '5000ms', after: '7000ms' }]);

      const before = (await valuesOf('writes')).length;
      await ring.node(0).stop();
      await expect.poll(async () => (await poll.look({})).gaps.length, WAIT).toBe(1);
      await ring.node(0).start();
      await expect.poll(kinds, WAIT).toContain('node_restarted');
      await expect.poll(async () => (await poll.look({})).gaps, WAIT).toEqual([]);
      const since = async () => (await valuesOf('writes')).slice(before);
      await expect
        .poll(async () => (await since()).slice((await since()).lastIndexOf(null)).some((value) => value === 0), WAIT)
        .toBe(true);
      const values = await since();
      expect(values).toContain(null);
      // Nobody has written since: any other number would be the counter's own jump.
      expect(values.filter((value) => (value ?? 0) > 1)).toEqual([]);
      await expect.poll(kinds, WAIT).toEqual(expect.arrayContaining(['node_down', 'node_up']));
      end();
    },
    TEST_TIMEOUT_MS,
  );
});
