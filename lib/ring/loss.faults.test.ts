import { join } from 'node:path';
import cassandra, { type types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { STATE_DIRECTORY } from '@/scripts/support/paths.mjs';
import { type LevelLoss, type LossLevel, lossOf, placeRanges, rangeRing, replicasAt } from './loss';
import { murmur3Token } from './murmur3';
import { firstIndex, type RingNode, replicasOf } from './placement';
import { type KnownReplication, parseReplication } from './replication';

/**
 * What the simulation says of a loss, against what Cassandra does: a ring of four nodes in two datacenters, with uneven
 * racks, whose nodes are stopped. A read and a write at each level, in every group of ranges with the same replicas,
 * through a living coordinator in each datacenter, must be served or be refused as unavailable, as the simulation says.
 */

const A = { address: '127.0.42.1', rack: 'r1', dc: 'east' };
const B = { address: '127.0.42.2', rack: 'r1', dc: 'east' };
const C = { address: '127.0.42.3', rack: 'r2', dc: 'east' };
const D = { address: '127.0.42.4', rack: 'r1', dc: 'west' };
const NODES = [A, B, C, D];
const PORT = 9042;

const KEYSPACES: Readonly<Record<string, Record<string, string>>> = {
  wi_simple: { class: 'SimpleStrategy', replication_factor: '3' },
  wi_network: { class: 'NetworkTopologyStrategy', east: '2', west: '1' },
  wi_east: { class: 'NetworkTopologyStrategy', east: '3', west: '0' },
  wi_one: { class: 'NetworkTopologyStrategy', east: '1' },
  wi_many: { class: 'NetworkTopologyStrategy', east: '5', west: '2' },
};

const START_TIMEOUT_MS = 600_000;
/** Peers take a while to see that a node has stopped or started, longer on a busy machine. */
const PATIENCE = { timeout: 180_000, interval: 1_000 };
const CONSISTENCIES: Readonly<Record<LossLevel, types.consistencies>> = {
  ANY: cassandra.types.consistencies.any,
  ONE: cassandra.types.consistencies.one,
  TWO: cassandra.types.consistencies.two,
  THREE: cassandra.types.consistencies.three,
  QUORUM: cassandra.types.consistencies.quorum,
  ALL: cassandra.types.consistencies.all,
  EACH_QUORUM: cassandra.types.consistencies.eachQuorum,
  SERIAL: cassandra.types.consistencies.serial,
  LOCAL_ONE: cassandra.types.consistencies.localOne,
  LOCAL_QUORUM: cassandra.types.consistencies.localQuorum,
  LOCAL_SERIAL: cassandra.types.consistencies.localSerial,
};

/** A client of one coordinator that never asks another, and sends nothing twice. */
function clientOf({ address, dc }: typeof A) {
  const { AllowListPolicy, RoundRobinPolicy } = cassandra.policies.loadBalancing;
  const only = [`${address}:${PORT}`];
  return new cassandra.Client({
    contactPoints: only,
    localDataCenter: dc,
    policies: {
      loadBalancing: new AllowListPolicy(new RoundRobinPolicy(), only),
      retry: new cassandra.policies.retry.FallthroughRetryPolicy(),
    },
    isMetadataSyncEnabled: false,
    socketOptions: { readTimeout: 30_000 },
  });
}

function known(options: Record<string, string>): KnownReplication {
  const replication = parseReplication(options);
  if (replication.kind === 'unknown') throw new Error(replication.reason);
  return replication;
}

/** "served", "unavailable", or what else happened, which the simulation never says. */
async function outcomeOf(request: Promise<unknown>): Promise<string> {
  try {
    await request;
    return 'served';
  } catch (error) {
    if (
      error instanceof cassandra.errors.ResponseError &&
      error.code === cassandra.types.responseErrorCodes.unavailableException
    )
      return 'unavailable';
    return String(error);
  }
}

/** The key's token: an int is four bytes. */
function tokenOf(key: number): bigint {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(key);
  return murmur3Token(bytes);
}

/** A key in a range of each group of ranges that have the same replicas. */
function keysOf(nodes: readonly RingNode[], replication: KnownReplication): number[] {
  const keys = new Map<string, number>();
  for (let key = 0; key < 500; key++) {
    const group = replicasOf(tokenOf(key), nodes, replication).toSorted().join();
    if (!keys.has(group)) keys.set(group, key);
  }
  return [...keys.values()];
}

function read(client: cassandra.Client, keyspace: string, key: number, level: LossLevel) {
  const options = { prepare: true, consistency: CONSISTENCIES[level] };
  return client.execute(`SELECT v FROM ${keyspace}.t WHERE id = ?`, [key], options);
}

/**
 * A plain write; at the serial levels a conditional one, whose commit waits for one replica. The driver sends a single
 * statement at ANY, which is 0, as one at ONE (`requests.js`), but a batch as it is.
 */
function write(client: cassandra.Client, keyspace: string, key: number, level: LossLevel) {
  const insert = `INSERT INTO ${keyspace}.t (id, v) VALUES (?, 'x')`;
  const consistency = CONSISTENCIES[level];
  switch (level) {
    case 'ANY':
      return client.batch([{ query: insert, params: [key] }], { prepare: true, logged: false, consistency });
    case 'SERIAL':
    case 'LOCAL_SERIAL':
      return client.execute(`${insert} IF NOT EXISTS`, [key], {
        prepare: true,
        serialConsistency: consistency,
        consistency: CONSISTENCIES.ONE,
      });
    default:
      return client.execute(insert, [key], { prepare: true, consistency });
  }
}

describe('a ring of two datacenters that loses nodes', () => {
  let ring: Ring;
  let nodes: RingNode[] = [];

  beforeAll(async () => {
    ring = await startRing({
      nodes: NODES,
      port: PORT,
      directory: join(STATE_DIRECTORY, 'loss-ring'),
      heapMb: 512,
      javaFlags: ['-XX:TieredStopAtLevel=1'],
      clusterName: 'ringside-loss',
    });
    const client = clientOf(A);
    try {
      for (const [keyspace, options] of Object.entries(KEYSPACES)) {
        const replication = JSON.stringify(options).replaceAll('"', "'");
        await client.execute(`CREATE KEYSPACE ${keyspace} WITH replication = ${replication}`);
        await client.execute(`CREATE TABLE ${keyspace}.t (id int PRIMARY KEY, v text)`);
      }
      nodes = await membersSeenBy(client);
    } finally {
      await client.shutdown();
    }
  }, START_TIMEOUT_MS);

  afterAll(async () => ring?.stop(), START_TIMEOUT_MS);

  /** Waits until every living node knows exactly these to be down. */
  async function lose(lost: readonly (typeof A)[]) {
    for (const [index, node] of NODES.entries()) {
      if (lost.includes(node)) await ring.node(index).stop();
      else await ring.node(index).start();
    }
    for (const [index, node] of NODES.entries()) {
      if (lost.includes(node)) continue;
      const downSeen = async () =>
        [...(await ring.nodetool(['status'], index)).matchAll(/^D\S\s+(\S+)/gm)].map(([, address]) => address).sort();
      await expect.poll(downSeen, PATIENCE).toEqual(lost.map(({ address }) => address).sort());
    }
  }

  it.each<[string, (typeof A)[]]>([
    ['nothing', []],
    ['a datacenter of one node', [D]],
    ['one node of a rack of two', [B]],
    ['a rack', [A, B]],
    ['a rack and the other datacenter', [A, B, D]],
  ])(
    'serves what the simulation says: %s',
    async (_, lost) => {
      await lose(lost);
      const ids = new Set(lost.map(({ address }) => address));
      const standing = (id: string) => (ids.has(id) ? 'down' : 'up');
      const living = NODES.filter((node) => !lost.includes(node));
      const coordinators = [...new Map(living.map((node) => [node.dc, node])).values()];
      const found: string[] = [];
      const expected: string[] = [];
      for (const coordinator of coordinators) {
        const client = clientOf(coordinator);
        try {
          for (const [keyspace, options] of Object.entries(KEYSPACES)) {
            const replication = known(options);
            const placed = placeRanges(rangeRing(nodes), replication);
            const loss = lossOf(placed, standing);
            const isServed = (level: LevelLoss, range: number) => loss.rangesWith(level, ['works']).includes(range);
            for (const key of keysOf(nodes, replication)) {
              const range = firstIndex(placed.ring, tokenOf(key));
              const replicas = replicasAt(placed, range).map(({ id }) => id.at(-1));
              for (const level of loss.levels) {
                if (level.datacenter !== null && level.datacenter !== coordinator.dc) continue;
                const where = `${keyspace} on ${replicas.join('')} at ${level.level} through ${coordinator.dc}`;
                const simulated = isServed(level, range) ? 'served' : 'unavailable';
                expected.push(`write ${where}: ${simulated}`);
                found.push(`write ${where}: ${await outcomeOf(write(client, keyspace, key, level.level))}`);
                if (level.level === 'ANY') continue;
                expected.push(`read ${where}: ${simulated}`);
                found.push(`read ${where}: ${await outcomeOf(read(client, keyspace, key, level.level))}`);
              }
            }
          }
        } finally {
          await client.shutdown();
        }
      }
      expect(found).toEqual(expected);
      expect(found.length).toBeGreaterThan(200);
    },
    START_TIMEOUT_MS,
  );
});

/** The ring as a node describes it, ids being addresses. */
async function membersSeenBy(client: cassandra.Client): Promise<RingNode[]> {
  const columns = 'data_center, rack, tokens';
  const own = await client.execute(`SELECT broadcast_address AS id, ${columns} FROM system.local`);
  const peers = await client.execute(`SELECT peer AS id, ${columns} FROM system.peers_v2`);
  return [...own.rows, ...peers.rows].map((row) => {
    const tokens: unknown = row.get('tokens');
    return {
      id: String(row.get('id')),
      datacenter: String(row.get('data_center')),
      rack: String(row.get('rack')),
      tokens: Array.isArray(tokens) ? tokens.map((token) => BigInt(String(token))) : [],
    };
  });
}
