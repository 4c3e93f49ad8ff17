import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { nodeControl } from '@/embedded/index.mjs';
import { Cluster } from '../client/cluster';
import { readFromNode } from '../client/system-reads';
import { NODES } from '../test-ring';
import { clusterConfig } from '../test-support';
import { readSchema } from './schema';

const canControl = NODES.length >= 3 && Boolean(process.env.RINGSIDE_TEST_RING);

describe.runIf(canControl)('the schema, while a node keeps its connections and answers nothing', () => {
  const cluster = new Cluster(clusterConfig());
  const paused = new Set<ReturnType<typeof nodeControl>>();
  afterEach(async () => {
    for (const node of paused) await node.resume();
    paused.clear();
  }, 60_000);
  afterAll(() => cluster.close());

  // Whichever was asked first before.
  it.each([0, 1, 2])('comes from another before node %i is given up', { timeout: 60_000 }, async (index) => {
    await readSchema(cluster, { fresh: true });
    const node = nodeControl(index);
    const client = await cluster.client();
    const host = client.hosts.values().find(({ address }) => address.startsWith(`${node.address}:`));
    if (host === undefined) throw new Error(`${node.address} is not in the cluster`);
    paused.add(node);
    await node.pause();
    const ended: string[] = [];
    const silence = readFromNode(client, host, 'SELECT schema_version FROM system.local').catch(() => {
      ended.push('silence');
    });
    const schema = await readSchema(cluster, { fresh: true });
    ended.push('schema');
    await silence;
    expect(schema.keyspaces.map(({ name }) => name)).toContain('system');
    expect(ended).toEqual(['schema', 'silence']);
  });
});
