import type { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { locateKey } from '../nodes/replicas';
import { watchRing } from '../nodes/ring-watch';
import { readSchema } from '../schema/schema';
import { NODES, plainClient } from '../test-ring';
import { testBed } from '../test-support';
import { MURMUR3 } from './cluster';
import { Routing } from './routing';

/** Fewer replicas than nodes, so that a request may miss them. */
const KEYSPACE = 'ringside_routing_test';
const WIDE = 'ringside_routing_wide_test';
const KEYS = Array.from({ length: 60 }, (_, key) => key);

const plain = plainClient();
beforeAll(async () => {
  const one = "{'class': 'SimpleStrategy', 'replication_factor': 1}";
  await plain.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await plain.execute(`CREATE KEYSPACE ${KEYSPACE} WITH replication = ${one}`);
  await plain.execute(`CREATE TABLE ${KEYSPACE}.t (a int, b text, v int, PRIMARY KEY ((a, b)))`);
});
afterAll(async () => {
  await plain.execute(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await plain.shutdown();
});
const { cluster } = testBed([WIDE], [`CREATE TABLE ${WIDE}.t (k int PRIMARY KEY, v int)`]);

async function coordinatorOf(client: Client, statement: string, values: unknown[]): Promise<string> {
  return (await client.execute(statement, values, { prepare: true })).info.queriedHost;
}

describe('A request by key', () => {
  it('goes to a node that has the partition, according to Cassandra’s placement', async () => {
    await readSchema(cluster, { fresh: true });
    const client = await cluster.client();
    const statement = `SELECT * FROM ${KEYSPACE}.t WHERE a = ? AND b = ?`;
    const isRouted = async (key: number) => {
      const asked = await coordinatorOf(client, statement, [key, `b${key}`]);
      const { replicas } = await locateKey(cluster, { keyspace: KEYSPACE, table: 't', key: { a: key, b: `b${key}` } });
      expect(replicas).toHaveLength(1);
      return asked === replicas[0];
    };
    // The ring is still being read while the first requests are answered.
    await vi.waitFor(async () => expect((await Promise.all(KEYS.map(isRouted))).every(Boolean)).toBe(true), 30_000);
  });

  it('reaches all replicas over many requests', async () => {
    const client = await cluster.client();
    const asked = await Promise.all(
      KEYS.map((key) => coordinatorOf(client, `SELECT * FROM ${WIDE}.t WHERE k = ?`, [key])),
    );
    expect(new Set(asked)).toEqual(new Set(NODES));
  });

  it('still works if the keyspace is unknown or there is no key to route by', async () => {
    const client = await cluster.client();
    const statements = ['SELECT * FROM system.local', `SELECT * FROM ${WIDE}.t`];
    for (const statement of statements) {
      const asked = await Promise.all(KEYS.map(() => coordinatorOf(client, statement, [])));
      expect(new Set(asked)).toEqual(new Set(NODES));
    }
    cluster.routing.learnKeyspaces([]);
    const unknown = await Promise.all(
      KEYS.map(() => coordinatorOf(client, `SELECT * FROM ${KEYSPACE}.t WHERE a = ? AND b = ?`, [1, 'b1'])),
    );
    expect(new Set(unknown)).toEqual(new Set(NODES));
  });
});

describe('What routing knows', () => {
  it('is nothing before the ring and the keyspaces are read', async () => {
    const routing = new Routing();
    const key = Buffer.from([0, 0, 0, 1]);
    expect(routing.replicas(WIDE, key)).toBeNull();
    await watchRing(await cluster.client(), routing);
    expect(routing.replicas(WIDE, key)).toBeNull();
    routing.learnKeyspaces((await readSchema(cluster)).keyspaces);
    expect(new Set(routing.replicas(WIDE, key))).toEqual(new Set(NODES));
    // Node-local rows have no replicas.
    expect(routing.replicas('system', key)).toBeNull();
  });

  it('depends on the ring’s partitioner', async () => {
    expect((await cluster.identity()).partitioner).toBe(MURMUR3);
  });
});
