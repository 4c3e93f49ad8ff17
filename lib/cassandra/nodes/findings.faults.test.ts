import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, policies } from 'cassandra-driver';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Ring, startRing } from '@/embedded/index.mjs';
import type { ClusterConfigInput } from '@/lib/contract/configuration';
import { type ClusterFacts, rowsOf } from '@/lib/health/facts';
import { unsampledIndexes } from '@/lib/health/index-values';
import { nodeViewsOf } from '@/lib/health/node-views';
import { unknownRepairs } from '@/lib/health/repairs';
import { findingsOf, unknownOf } from '@/lib/health/verdict';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';
import { Cluster } from '../client/cluster';
import { findIndexes } from '../read/find-indexes';
import { findTable } from '../read/find-places';
import { clusterConfig, insertAll } from '../test-support';
import { INTERVALS_MS } from './ask-nodes';
import { readClusterFacts } from './cluster-facts';

/** Each finding that can be made to happen, on two datacenters of real nodes that nothing else uses. */

const ADDRESSES = ['127.0.43.1', '127.0.43.2', '127.0.43.3'] as const;
const PORT = 9042;
const [FIRST, , LAST] = ADDRESSES.map((address) => `${address}:${PORT}`);
const WHOLE = "{'class': 'NetworkTopologyStrategy', 'dc1': 2, 'dc2': 1}";
const TEST_TIMEOUT_MS = 600_000;
const NOTICED_MS = 180_000;
/** Cassandra counts a file of hints once it is closed: at 128 MiB, unless this says otherwise. */
const SMALL_HINT_FILES = [
  '-Dcassandra.config.allow_system_properties=true',
  '-Dcassandra.settings.max_hints_file_size=1MiB',
];

let ring: Ring;
let plain: Client;
const directory = join(mkdtempSync(join(tmpdir(), 'ringside-findings-')), 'ring');

beforeAll(async () => {
  ring = await startRing({
    nodes: [
      { address: ADDRESSES[0], dc: 'dc1', rack: 'rack1' },
      { address: ADDRESSES[1], dc: 'dc1', rack: 'rack2' },
      { address: ADDRESSES[2], dc: 'dc2', rack: 'rack1' },
    ],
    port: PORT,
    directory,
    heapMb: 512,
    engine: 'jvm',
    javaFlags: ['-XX:TieredStopAtLevel=1', ...SMALL_HINT_FILES],
    clusterName: 'ringside-findings',
    ...(process.env.RINGSIDE_FINDINGS_RELEASE === undefined ? {} : { version: process.env.RINGSIDE_FINDINGS_RELEASE }),
  });
  plain = new AgreeingClient({ contactPoints: [...ADDRESSES], localDataCenter: 'dc1' });
  await plain.execute(`CREATE KEYSPACE st_base WITH replication = ${WHOLE}`);
  await plain.execute('CREATE TABLE st_base.t (k int, c int, v blob, PRIMARY KEY (k, c))');
}, 300_000);

afterAll(async () => {
  await plain?.shutdown();
  await ring?.stop();
});

const open = new Set<Cluster>();
afterEach(async () => {
  await Promise.all([...open].map((cluster) => cluster.close()));
  open.clear();
});

/** A Ringside that has asked nothing yet. */
function newcomer(more: Partial<ClusterConfigInput> = {}): Cluster {
  const cluster = new Cluster(clusterConfig({ contactPoints: [FIRST ?? ''], port: PORT, ...more }));
  open.add(cluster);
  return cluster;
}

const isWhole = ({ nodes, schemaReadAt, repairHistory }: ClusterFacts) =>
  schemaReadAt !== null &&
  repairHistory?.outcome !== 'unknown' &&
  nodes.every(({ silence, reads }) => silence !== null || Object.keys(reads).length === INTERVALS_MS.length);

/** What a newcomer finds, once every node that answers has said all that it is asked. */
async function look(more: Partial<ClusterConfigInput> = {}): Promise<ClusterFacts> {
  const cluster = newcomer(more);
  const repairs = more.username === undefined;
  let facts = await readClusterFacts(cluster, { repairs });
  const lookAgain = async () => {
    facts = await readClusterFacts(cluster, { repairs });
    return isWhole(facts);
  };
  await expect.poll(lookAgain, { timeout: NOTICED_MS, interval: 300 }).toBe(true);
  return facts;
}

const idsOf = async (cluster: Cluster) => findingsOf(await readClusterFacts(cluster)).map(({ id }) => id);
const compactorOf = ({ nodes: [first] }: ClusterFacts) =>
  first === undefined ? undefined : rowsOf(first, 'pools')?.rows.find(({ name }) => name === 'CompactionExecutor');
const ids = async () => findingsOf(await look()).map(({ id }) => id);
const eventually = (read: () => Promise<string[]>) => expect.poll(read, { timeout: NOTICED_MS, interval: 1_000 });

describe('a healthy cluster', { timeout: TEST_TIMEOUT_MS }, () => {
  it('has no findings, and every node sees every other up', async () => {
    await eventually(ids).toEqual([]);
    const cluster = newcomer();
    await eventually(async () => {
      const { subjects } = nodeViewsOf(await readClusterFacts(cluster));
      return subjects.map(({ common, isAgreed }) => `${common.state} ${isAgreed}`);
    }).toEqual(['up true', 'up true', 'up true']);
  });
});

describe('the schema', { timeout: TEST_TIMEOUT_MS }, () => {
  const simple = (factor: number) => `{'class': 'SimpleStrategy', 'replication_factor': ${factor}}`;
  const network = (factors: string) => `{'class': 'NetworkTopologyStrategy', ${factors}}`;

  it.each([
    ['simple_strategy:st_one', simple(2)],
    ['single_replica:st_one', network("'dc1': 1")],
    ['more_replicas_than_nodes:st_one/dc2', network("'dc1': 2, 'dc2': 3")],
  ])('makes %s', async (id, replication) => {
    await plain.execute(`CREATE KEYSPACE st_one WITH replication = ${replication}`);
    await eventually(ids).toEqual([id]);
    await plain.execute('DROP KEYSPACE st_one');
    await eventually(ids).toEqual([]);
  });

  it('leaves a datacenter without replicas', async () => {
    await plain.execute(`ALTER KEYSPACE st_base WITH replication = ${network("'dc1': 2")}`);
    await eventually(ids).toEqual(['unused_datacenter:dc2']);
    await plain.execute(`ALTER KEYSPACE st_base WITH replication = ${WHOLE}`);
    await eventually(ids).toEqual([]);
  });

  it.each([
    ['ttl_without_time_windows:st_base.x', 'default_time_to_live = 60'],
    ['time_windows_without_ttl:st_base.x', "compaction = {'class': 'TimeWindowCompactionStrategy'}"],
  ])('makes %s', async (id, options) => {
    await plain.execute(`CREATE TABLE st_base.x (k int PRIMARY KEY) WITH ${options}`);
    await eventually(ids).toEqual([id]);
    await plain.execute('DROP TABLE st_base.x');
    await eventually(ids).toEqual([]);
  });
});

describe('tables', { timeout: TEST_TIMEOUT_MS }, () => {
  const MEBIBYTE = 1_024 * 1_024;
  const insert = 'INSERT INTO st_base.t (k, c, v) VALUES (?, ?, ?)';

  it('have a partition that is too large, and later a snapshot that holds its space', async () => {
    for (let c = 0; c < 110; c++) await plain.execute(insert, [1, c, randomBytes(MEBIBYTE)], { prepare: true });
    for (const index of ADDRESSES.keys()) {
      await ring.nodetool(['flush', 'st_base'], index);
      // Each SSTable has a part of it until then.
      await ring.nodetool(['compact', 'st_base'], index);
    }
    await eventually(ids).toEqual(['large_partition:st_base.t']);
    await ring.nodetool(['snapshot', '-t', 'st_held', 'st_base']);
    await plain.execute('TRUNCATE st_base.t');
    await eventually(ids).toEqual([`snapshots:${FIRST}`]);
    await ring.nodetool(['clearsnapshot', '-t', 'st_held']);
    await eventually(ids).toEqual([]);
  });

  it('wait to be compacted', async () => {
    await plain.execute('CREATE TABLE st_base.slow (k int PRIMARY KEY, v blob)');
    const add = 'INSERT INTO st_base.slow (k, v) VALUES (?, ?)';
    for (let k = 0; k < 200; k++) await plain.execute(add, [k, randomBytes(MEBIBYTE)], { prepare: true });
    const waiting = ['a', 'b', 'c'];
    for (const name of waiting) {
      await plain.execute(`CREATE TABLE st_base.${name} (k int PRIMARY KEY)`);
      await plain.execute(`INSERT INTO st_base.${name} (k) VALUES (1)`);
    }
    await ring.nodetool(['flush', 'st_base']);
    await ring.nodetool(['setconcurrentcompactors', '1']);
    await ring.nodetool(['setcompactionthroughput', '1']);
    const compact = (name: string) => ring.nodetool(['compact', 'st_base', name]);
    const slow = compact('slow');
    const compactor = async () => compactorOf(await look());
    await expect.poll(compactor, { timeout: NOTICED_MS }).toMatchObject({ active: 1, pending: 0 });
    const compactions = [slow, ...waiting.map(compact)];
    await expect.poll(compactor, { timeout: NOTICED_MS }).toMatchObject({ active: 1, pending: 3 });
    const cluster = newcomer();
    await eventually(() => idsOf(cluster)).toEqual(['compaction_backlog']);
    await ring.nodetool(['setcompactionthroughput', '0']);
    await Promise.all(compactions);
    await ring.nodetool(['setconcurrentcompactors', '2']);
    await eventually(() => idsOf(cluster)).toEqual([]);
    for (const name of ['slow', ...waiting]) await plain.execute(`DROP TABLE st_base.${name}`);
  });

  it('were repaired longer ago than their deletions are kept', async () => {
    // Of a table that nobody has repaired, nothing is known.
    for (const name of ['r', 's']) await plain.execute(`CREATE TABLE st_base.${name} (k int PRIMARY KEY)`);
    await ring.nodetool(['repair', '-full', 'st_base', 'r']);
    await eventually(ids).toEqual([]);
    expect(unknownRepairs(await look()).map(({ why }) => why)).toEqual([expect.stringContaining('2 tables')]);
    await plain.execute('ALTER TABLE st_base.r WITH gc_grace_seconds = 2');
    await plain.execute('ALTER TABLE st_base.s WITH gc_grace_seconds = 2');
    await eventually(ids).toEqual(['repair_overdue:st_base']);
    const [found] = findingsOf(await look());
    expect(found?.title).toMatch(
      /^The last repair of st_base\.r ended (just now|\d+ (s|min) ago), but its deletions are kept for 2 s\.$/,
    );
    expect(found?.blindSpot).toContain('2 tables have no record');
    await plain.execute('ALTER TABLE st_base.r WITH gc_grace_seconds = 864000');
    await eventually(ids).toEqual([]);
    for (const name of ['r', 's']) await plain.execute(`DROP TABLE st_base.${name}`);
  });

  it('have secondary indexes on columns with too many values, and with too few', async () => {
    // With fewer replicas than nodes in a datacenter, a query by the index asks more than one node.
    await plain.execute(`CREATE KEYSPACE st_thin WITH replication = ${WHOLE.replace("'dc1': 2", "'dc1': 1")}`);
    await plain.execute('CREATE TABLE st_thin.users (k int PRIMARY KEY, email text, country text, name text)');
    await plain.execute('CREATE INDEX by_email ON st_thin.users (email)');
    await plain.execute('CREATE INDEX by_country ON st_thin.users (country)');
    await insertAll(
      plain,
      'INSERT INTO st_thin.users (k, email, country) VALUES (?, ?, ?)',
      Array.from({ length: 1_500 }, (_, k) => [k, `user${k}@example.com`, `c${k % 5}`]),
    );
    await plain.execute('CREATE TABLE st_base.flags (k int, c int, alive boolean, PRIMARY KEY (k, c))');
    await plain.execute('CREATE INDEX by_alive ON st_base.flags (alive)');
    const [partitions, each] = [16_000, 8];
    const add = 'INSERT INTO st_base.flags (k, c, alive) VALUES (?, ?, true)';
    for (let k = 0; k < partitions; k += 32) {
      const batches = Array.from({ length: 32 }, (_, at) =>
        plain.batch(
          Array.from({ length: each }, (_, c) => ({ query: add, params: [k + at, c] })),
          { prepare: true, logged: false },
        ),
      );
      await Promise.all(batches);
    }
    for (const index of ADDRESSES.keys()) {
      await ring.nodetool(['flush'], index);
      await ring.nodetool(['refreshsizeestimates'], index);
    }
    const cluster = newcomer();
    const sample = async (keyspace: string, table: string) => {
      const target = await findTable(cluster, { keyspace, table });
      for await (const _ of findIndexes(cluster, target, { what: 'indexes' }, new AbortController().signal));
    };
    await eventually(() => idsOf(cluster)).toEqual([]);
    expect(unsampledIndexes(await readClusterFacts(cluster))[0]?.what).toContain('3 secondary indexes');
    await sample('st_thin', 'users');
    // by_country has few values, and few rows.
    await eventually(() => idsOf(cluster)).toEqual(['index_high_cardinality:st_thin.users/by_email']);
    await plain.execute('DROP KEYSPACE st_thin');
    await sample('st_base', 'flags');
    await eventually(() => idsOf(cluster)).toEqual(['index_low_cardinality:st_base.flags/by_alive']);
    expect(unsampledIndexes(await readClusterFacts(cluster))).toEqual([]);
    await plain.execute('DROP TABLE st_base.flags');
    await eventually(() => idsOf(cluster)).toEqual([]);
  });

  it('are read through many tombstones', async () => {
    const deletions = Array.from({ length: 1_500 }, (_, c) => [c]);
    await insertAll(plain, 'DELETE FROM st_base.t WHERE k = 2 AND c = ?', deletions);
    await eventually(async () => {
      await plain.execute('SELECT c FROM st_base.t WHERE k = 2');
      return ids();
    }).toEqual(['tombstones:st_base.t']);
    await plain.execute('DROP TABLE st_base.t');
    await eventually(ids).toEqual([]);
    await plain.execute('CREATE TABLE st_base.t (k int, c int, v blob, PRIMARY KEY (k, c))');
  });
});

describe('nodes and their clients', { timeout: TEST_TIMEOUT_MS }, () => {
  it('have a cache that is off', async () => {
    await ring.nodetool(['setcachecapacity', '0', '0', '10'], 1);
    await eventually(ids).toEqual(['key_cache_off']);
    await ring.nodetool(['setcachecapacity', '20', '0', '10'], 1);
    await eventually(ids).toEqual([]);
  });

  it('differ in a setting in which they must agree', async () => {
    await ring.nodetool(['settimeout', 'read', '6000'], 2);
    await eventually(ids).toEqual(['settings_differ:read_request_timeout']);
    await ring.nodetool(['settimeout', 'read', '5000'], 2);
    await eventually(ids).toEqual([]);
  });

  it('are talked to by an old version of the protocol', async () => {
    const old = new Client({
      contactPoints: [...ADDRESSES],
      localDataCenter: 'dc1',
      protocolOptions: { maxVersion: 3 },
    });
    await old.connect();
    await eventually(ids).toEqual(['old_protocol']);
    await old.shutdown();
    await eventually(ids).toEqual([]);
  });
});

describe('a client', { timeout: TEST_TIMEOUT_MS }, () => {
  it('has all its connections to one node', async () => {
    const loadBalancing = new policies.loadBalancing.AllowListPolicy(new policies.loadBalancing.RoundRobinPolicy(), [
      FIRST ?? '',
    ]);
    const pooling = { coreConnectionsPerHost: { 0: 12, 1: 12, 2: 12 } };
    // By its name it is not one with Ringside, which has the same driver and address.
    const applicationName = 'st_crowd';
    const crowd = new Client({ contactPoints: [ADDRESSES[0]], policies: { loadBalancing }, pooling, applicationName });
    await crowd.connect();
    await eventually(ids).toEqual([expect.stringMatching(/^clients_on_one_node:127.* by st_crowd$/)]);
    await crowd.shutdown();
    await eventually(ids).toEqual([]);
  });
});

describe('a node that is gone', { timeout: TEST_TIMEOUT_MS }, () => {
  const insert = 'INSERT INTO st_base.t (k, c, v) VALUES (?, 0, ?)';
  const write = () =>
    insertAll(
      plain,
      insert,
      Array.from({ length: 64 }, (_, k) => [k, randomBytes(65_536)]),
    );

  /** What was lost while a node was paused stays a finding for ten minutes, and a busy machine loses more. */
  const stateOf = async (cluster: Cluster) => (await idsOf(cluster)).filter((id) => !id.startsWith('lost_messages:'));

  it('is unknown while it is paused, then down, and it passes', async () => {
    const cluster = newcomer();
    await eventually(async () => [String(isWhole(await readClusterFacts(cluster)))]).toEqual(['true']);
    const victim = ring.node(2);
    await victim.pause();
    try {
      // It is unknown at once; the others have not noticed yet.
      await eventually(() => idsOf(cluster)).toContain(`node_silent:${LAST}`);
      const { silent } = nodeViewsOf(await readClusterFacts(cluster));
      expect(silent).toMatchObject([{ node: LAST, lastAnswerAt: expect.stringMatching(/^20/) }]);
      await eventually(() => stateOf(cluster)).toEqual([`node_down:${LAST}`]);
    } finally {
      await victim.resume();
    }
    await victim.ready();
    await eventually(() => stateOf(cluster)).toEqual([]);
  });

  it('is down while it is stopped; hints wait for it until it is back', async () => {
    const cluster = newcomer();
    const victim = ring.node(2);
    await victim.stop();
    const hostId = (await readClusterFacts(cluster)).members.find(({ node }) => node === LAST)?.id;
    try {
      await eventually(() => idsOf(cluster)).toEqual([`node_down:${LAST}`]);
      await write();
      await eventually(() => idsOf(cluster)).toEqual([`node_down:${LAST}`, `hints_waiting:${hostId}`]);
    } finally {
      await victim.start();
    }
    await eventually(ids).toEqual([]);
  });
});

describe('a login without rights on system_views', { timeout: TEST_TIMEOUT_MS }, () => {
  it('sees what is missing, and the GRANT that helps; logins that are checked on one node are found', async () => {
    // With SimpleStrategy a datacenter may have no replica of a role at all, and then nobody can log in there.
    const authIn = (dc1: number) =>
      `ALTER KEYSPACE system_auth WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': ${dc1}, 'dc2': 1}`;
    await plain.execute(authIn(1));
    await ring.nodetool(['repair', '-full', 'system_auth']);
    const path = join(directory, 'n1', 'conf', 'cassandra.yaml');
    const yaml: Record<string, unknown> = JSON.parse(readFileSync(path, 'utf8'));
    const secured = { authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer' };
    writeFileSync(path, JSON.stringify({ ...yaml, ...secured }));
    const node = ring.node(0);
    await node.stop();
    await node.start();
    // The other nodes know no passwords.
    const loadBalancing = new policies.loadBalancing.AllowListPolicy(new policies.loadBalancing.RoundRobinPolicy(), [
      FIRST ?? '',
    ]);
    const login = { contactPoints: [ADDRESSES[0]], policies: { loadBalancing } };
    const root = new AgreeingClient({ ...login, credentials: { username: 'cassandra', password: 'cassandra' } });
    await eventually(async () => {
      await root.execute("CREATE ROLE IF NOT EXISTS st_reader WITH PASSWORD = 'st' AND LOGIN = true");
      return ['made'];
    }).toEqual(['made']);
    const facts = await look({ username: 'st_reader', password: 'st' });
    const gaps = unknownOf(facts).filter(({ grant }) => grant !== null);
    expect(gaps.length).toBeGreaterThan(5);
    for (const gap of gaps) {
      expect(gap).toMatchObject({ nodes: [FIRST], grant: 'GRANT SELECT ON KEYSPACE system_views TO st_reader' });
    }
    // What it may not read is no finding.
    expect(findingsOf(facts).map(({ id }) => id)).toEqual([]);
    for (const { grant } of gaps.slice(0, 1)) await root.execute(grant ?? '');
    const asReader = async () => findingsOf(await look({ username: 'st_reader', password: 'st' })).map(({ id }) => id);
    await eventually(asReader).toEqual([
      'system_auth_replicas',
      'settings_differ:authenticator',
      'settings_differ:authorizer',
    ]);
    await root.execute(authIn(2));
    await eventually(asReader).not.toContain('system_auth_replicas');
    await root.shutdown();
  });
});
