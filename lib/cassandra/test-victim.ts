import type { Client } from 'cassandra-driver';
import { afterAll, afterEach, beforeAll, expect, vi } from 'vitest';
import { nodeControl } from '@/embedded/index.mjs';
import { TELLS_GOSSIP } from '@/lib/test-release';
import { Cluster } from './client/cluster';
import { readTopology } from './nodes/topology';
import { NODES } from './test-ring';
import { clusterConfig } from './test-support';

/** A node that tests stop and pause, on a ring of three that they control. */

export const canControl = NODES.length >= 3 && Boolean(process.env.RINGSIDE_TEST_RING);
/** Peers take a while to accept a restarted node, longer on a busy machine. */
export const PATIENCE = { timeout: 120_000, interval: 500 };

const VICTIM = 2;

export interface VictimBed {
  readonly cluster: Cluster;
  readonly victim: () => ReturnType<typeof nodeControl>;
  /** Resumes and restarts the node, and waits until all nodes are up to each other. */
  readonly healed: () => Promise<void>;
}

/** A cluster with all nodes up before the first test and after each. */
export function victimBed(): VictimBed {
  const cluster = new Cluster(clusterConfig());
  const allUp = () => vi.waitFor(() => expectAllUp(cluster), PATIENCE);
  const healed = async () => {
    await nodeControl(VICTIM).resume();
    await nodeControl(VICTIM).start();
    await allUp();
  };
  beforeAll(allUp, 300_000);
  afterEach(healed, 300_000);
  afterAll(() => cluster.close());
  return { cluster, victim: () => nodeControl(VICTIM), healed };
}

/**
 * Writes the schema of every node to its files, so that a node that is killed reads the rows of its commit log back: the
 * tests' ring leaves changes in memory, and dropping a table makes each node write everything it holds there.
 */
export async function writeSchemaToFiles(plain: Client, keyspace: string): Promise<void> {
  await plain.execute(`CREATE TABLE ${keyspace}.dropped (k int PRIMARY KEY)`);
  await plain.execute(`DROP TABLE ${keyspace}.dropped`);
}

async function expectAllUp(cluster: Cluster): Promise<void> {
  const { nodes } = await readTopology(cluster, undefined);
  const allUp = TELLS_GOSSIP ? 'up,up' : 'up,unknown';
  expect(nodes.map(({ reachable, gossip }) => [reachable.state, gossip.state].join())).toEqual(NODES.map(() => allUp));
  expect(cluster.health().nodesUp).toBe(NODES.length);
}
