import { expect, describe as group, it } from 'vitest';
import { connectTestResponseSchema } from '@/lib/contract/connect';
import { schemaResponseSchema, sizesResponseSchema } from '@/lib/contract/schema';
import { replicasRequestSchema, topologyResponseSchema } from '@/lib/contract/topology';
import { TELLS_GOSSIP } from '@/lib/test-release';
import { Cluster } from '../client/cluster';
import { testConnection } from '../client/connect-test';
import { describe } from '../schema/describe';
import { findTable, readSchema } from '../schema/schema';
import { readSizes } from '../schema/sizes';
import { NODES } from '../test-ring';
import { clusterConfig, failureOf, REPLICAS, testBed } from '../test-support';
import { locateKey } from './replicas';
import { readTopology } from './topology';

const KEYSPACE = 'ringside_topology_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TYPE ${KEYSPACE}.place (name text, at tuple<float, float>)`,
    `CREATE TABLE ${KEYSPACE}.keys ("A" text, b int, c timestamp, v map<text, frozen<place>>, s int static, PRIMARY KEY (("A", b), c)) WITH CLUSTERING ORDER BY (c DESC) AND comment = 'ünïcode'`,
    `CREATE INDEX ON ${KEYSPACE}.keys (keys(v))`,
  ],
);

/** Reachable, and what the other nodes say. */
const ALL_WELL = TELLS_GOSSIP ? 'up/up' : 'up/unknown';

group('the topology', () => {
  it('has every node up, by its own answer and by gossip', async () => {
    // A heartbeat comes once a second, later from a busy node: the first answers may not know of each yet.
    const states = async () => {
      const { nodes } = await readTopology(cluster, undefined);
      return nodes.map(({ reachable, gossip }) => [reachable.state, gossip.state].join('/'));
    };
    await expect.poll(states, { timeout: 60_000, interval: 500 }).toEqual(NODES.map(() => ALL_WELL));
    const topology = topologyResponseSchema.parse(await readTopology(cluster, undefined));
    expect(topology.nodes.map(({ address }) => address).sort()).toEqual([...NODES].sort());
    expect(topology).toMatchObject({ keyspace: null, replication: null });
    // Other tests change the schema at the same time.
    const agreed = async () => (await readTopology(cluster, undefined)).schemaAgreement.agreed;
    await expect.poll(agreed, { interval: 100 }).toBe(true);
    if (TELLS_GOSSIP) {
      expect(topology.gaps).toEqual([]);
      expect(topology.nodes.every(({ loadBytes }) => (loadBytes ?? 0) > 0)).toBe(true);
    } else {
      expect(topology.gaps.join()).toContain('gossip_info');
      expect(topology.nodes.every(({ loadBytes, loadReason }) => loadBytes === null && loadReason)).toBe(true);
    }
  });

  it('shares the ring out: primaries to 1, replicas to their number', async () => {
    const { nodes, replication } = await readTopology(cluster, KEYSPACE);
    const sum = (shares: readonly (number | null)[]) =>
      shares.reduce<number>((total, share) => total + (share ?? 0), 0);
    expect(sum(nodes.map(({ primaryOwnership }) => primaryOwnership))).toBeCloseTo(1, 9);
    expect(sum(nodes.map(({ effectiveOwnership }) => effectiveOwnership))).toBeCloseTo(REPLICAS, 9);
    expect(replication?.replication_factor).toBe(String(REPLICAS));
    expect(new Set(nodes.flatMap(({ tokens }) => tokens)).size).toBe(nodes.flatMap(({ tokens }) => tokens).length);
  });

  it('of a keyspace that is not is not found', async () => {
    expect(await failureOf(readTopology(cluster, 'nowhere'))).toMatchObject({ code: 'not_found' });
  });
});

group('where a key lives', () => {
  const locate = (key: Record<string, string | number | null>, table = 'keys') =>
    locateKey(cluster, replicasRequestSchema.parse({ keyspace: KEYSPACE, table, key }));

  it('is by the token that Cassandra itself computes', async () => {
    for (const [a, b] of [
      ['', 0],
      ['é'.repeat(40), -1],
      ['x', 2_147_483_647],
      ['\u{10ffff}', 7],
    ] as const) {
      await plain.execute(`INSERT INTO ${KEYSPACE}.keys ("A", b, c) VALUES (?, ?, 0)`, [a, b], { prepare: true });
      const { rows } = await plain.execute(
        `SELECT token("A", b) AS t FROM ${KEYSPACE}.keys WHERE "A" = ? AND b = ?`,
        ...[[a, b], { prepare: true }],
      );
      const { token, replicas } = await locate({ A: a, b });
      expect(token).toBe(String(rows[0]?.t));
      expect(new Set(replicas).size).toBe(REPLICAS);
      expect(NODES).toEqual(expect.arrayContaining(replicas));
    }
  });

  it('needs the whole partition key, of the right types', async () => {
    expect((await failureOf(locate({ A: 'x' }))).message).toBe('The partition key also needs b.');
    expect((await failureOf(locate({ A: 'x', b: 'y' }))).message).toMatch(/^b: /);
    expect((await failureOf(locate({ A: null, b: 1 }))).message).toMatch(/^A: .*null/);
    expect(await failureOf(locate({ A: 'x', b: 1 }, 'nowhere'))).toMatchObject({ code: 'not_found' });
  });
});

group('the schema', () => {
  it('is what was made, in the server’s order', async () => {
    const schema = schemaResponseSchema.parse(await readSchema(cluster, { fresh: true }));
    expect(schema.gaps).toEqual([]);
    const table = findTable(schema, KEYSPACE, 'keys');
    expect(table?.columns.map(({ name, kind, type, clusteringOrder }) => [name, kind, type, clusteringOrder])).toEqual([
      ['A', 'partition_key', 'text', 'none'],
      ['b', 'partition_key', 'int', 'none'],
      ['c', 'clustering', 'timestamp', 'desc'],
      ['s', 'static', 'int', 'none'],
      ['v', 'regular', 'map<text, frozen<place>>', 'none'],
    ]);
    expect(table).toMatchObject({ kind: 'table', comment: 'ünïcode', indexes: [{ target: 'keys(v)' }] });
    const keyspace = schema.keyspaces.find(({ name }) => name === KEYSPACE);
    expect(keyspace?.types).toEqual([
      {
        name: 'place',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'at', type: 'frozen<tuple<float, float>>' },
        ],
      },
    ]);
    const virtual = findTable(schema, 'system_views', 'settings');
    expect(virtual).toMatchObject({ kind: 'virtual', id: null });
  });

  it('as DDL is the server’s own', async () => {
    const { ddl } = await describe(cluster, KEYSPACE, 'keys');
    expect(ddl).toContain(`CREATE TABLE ${KEYSPACE}.keys`);
    expect(ddl).toContain('CREATE INDEX');
    expect((await describe(cluster, KEYSPACE, undefined)).ddl).toContain(`CREATE TYPE ${KEYSPACE}.place`);
    expect((await failureOf(describe(cluster, KEYSPACE, 'nowhere'))).code).toBe('invalid_statement');
  });

  it('has sizes from every node', async () => {
    const sizes = sizesResponseSchema.parse(await readSizes(cluster));
    expect(sizes).toMatchObject({ nodesAsked: NODES.length, nodesAnswered: NODES.length, gaps: [] });
  });
});

group('a connection', () => {
  const [host = '', port = '9042'] = (NODES[0] ?? '').split(':');
  const target = { contactPoints: [host], port: Number(port), tls: null };
  const steps = async (more: object) => {
    const answer = connectTestResponseSchema.parse(await testConnection({ ...target, ...more }));
    return { ...answer, steps: answer.steps.map(({ step, status }) => `${step} ${status}`) };
  };

  it('is tried step by step', async () => {
    expect(await steps({})).toMatchObject({
      ok: true,
      steps: ['dns ok', 'tcp ok', 'tls skipped', 'login ok', 'datacenter ok'],
      datacenters: ['dc1'],
    });
  });

  it('fails at the step that fails', async () => {
    expect((await steps({ contactPoints: ['no.such.host.invalid'] })).steps).toEqual(['dns failed']);
    expect((await steps({ port: 1 })).steps).toEqual(['dns ok', 'tcp failed']);
    expect((await steps({ tls: { verify: true } })).steps).toEqual(['dns ok', 'tcp ok', 'tls failed']);
    expect((await steps({ localDatacenter: 'dc9' })).steps.at(-1)).toBe('datacenter failed');
  });

  it('of a cluster that is not there fails soon, and is tried again', async () => {
    const nowhere = new Cluster(clusterConfig({ contactPoints: ['127.0.0.1:1'] }));
    expect(await failureOf(nowhere.client())).toMatchObject({ code: 'cluster_unreachable', retryable: true });
    expect(nowhere.health()).toMatchObject({ status: 'unreachable', nodesUp: null });
    expect(await failureOf(nowhere.client())).toMatchObject({ code: 'cluster_unreachable' });
    await nowhere.close();
  });
});
