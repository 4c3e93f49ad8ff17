import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Client, types } from 'cassandra-driver';
import { afterAll, beforeAll, vi } from 'vitest';
import { z } from 'zod';
import { type Ring, startRing } from '@/embedded/index.mjs';
import { parseJson } from '@/lib/contract/json';
import { AgreeingClient } from '@/scripts/support/agreeing-client.mjs';
import { Cluster } from './client/cluster';
import { clusterConfig } from './test-support';

/** One node for a file's tests alone, which they overload, pause and kill, and whose disk they fill. */

const PORT = 9042;
/** A start takes up to a minute on a busy machine, and a load or a copy goes on for as long. */
export const SETTLED = { timeout: 120_000, interval: 100 };
/** Never of a row. */
export const OF_THE_CLUSTER =
  /^(ranges_failed|not_enough_replicas|write_timeout|read_timeout|request_timeout|cluster_unreachable|overloaded)$/;

const recordSchema = z.object({ nodes: z.array(z.object({ run: z.object({ pid: z.number() }) })) });

const ONE_REPLICA = `{'class': 'SimpleStrategy', 'replication_factor': 1}`;
const LOGINS = { authenticator: 'PasswordAuthenticator', authorizer: 'CassandraAuthorizer' };
/** Made some seconds after the start. */
const SUPERUSER = { username: 'cassandra', password: 'cassandra' };

interface SmallNodeOptions {
  /** On the loopback network, of this file alone. */
  readonly address: string;
  /** Of the cluster, and of the keyspace that is made. */
  readonly name: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** It asks for passwords, and Ringside and the plain client sign in as the first superuser. */
  readonly asksForPasswords?: boolean;
  /** Run once the keyspace is there, with a time limit for a busy machine. */
  readonly statements: readonly string[];
}

export interface SmallNode {
  readonly cluster: Cluster;
  /** A client independent of Ringside. */
  readonly plain: Client;
  readonly ring: Ring;
  /** A new directory, removed after the tests. */
  readonly newDirectory: () => Promise<string>;
  /**
   * The commit log takes nothing more. A limit on the size of the node's files makes that: what it meets is the same, and
   * nothing else on the machine is full.
   */
  readonly fillDisk: () => Promise<void>;
  /** As an operator does once there is room: killed, started, and waited for. */
  readonly restart: () => Promise<void>;
}

/** Started before the first test, ended after the last. @returns it, once it is up */
export function smallNode({
  address,
  name,
  settings = {},
  asksForPasswords = false,
  statements,
}: SmallNodeOptions): () => SmallNode {
  let node: SmallNode | undefined;
  let [base, ring, plain, cluster]: [string, Ring?, Client?, Cluster?] = [''];
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), `ringside-${name}-`));
    ring = await startRing({
      ...{ nodes: [{ address }], port: PORT, directory: join(base, 'ring'), heapMb: 512, engine: 'jvm' },
      ...{ javaFlags: ['-XX:TieredStopAtLevel=1'], clusterName: `ringside-${name}` },
      settings: { ...settings, ...(asksForPasswords ? LOGINS : {}) },
    });
    const login = asksForPasswords ? SUPERUSER : undefined;
    const client = plainClient(address, login);
    plain = client;
    await vi.waitFor(() => client.connect(), SETTLED);
    const made = `CREATE KEYSPACE IF NOT EXISTS ${name} WITH replication = ${ONE_REPLICA}`;
    for (const statement of [made, ...statements]) await plain.execute(statement, [], { readTimeout: 60_000 });
    cluster = new Cluster(clusterConfig({ contactPoints: [`${address}:${PORT}`], ...login }));
    const [up, asked] = [ring, plain];
    const newDirectory = () => mkdtemp(join(base, 'job-'));
    const restart = () => restarted(up, asked);
    node = { cluster, plain, ring, newDirectory, fillDisk: () => fillDisk(up), restart };
  }, 300_000);
  afterAll(async () => {
    await cluster?.close();
    await plain?.shutdown();
    await ring?.stop();
    await rm(base, { recursive: true });
  });
  return () => {
    if (node === undefined) throw new Error('the node is not up yet');
    return node;
  };
}

function plainClient(address: string, credentials: typeof SUPERUSER | undefined): Client {
  const login = credentials === undefined ? {} : { credentials };
  return new AgreeingClient({
    contactPoints: [address],
    localDataCenter: 'dc1',
    isMetadataSyncEnabled: false,
    ...login,
  });
}

async function fillDisk(ring: Ring): Promise<void> {
  const { pid } = recordSchema.parse(parseJson(await readFile(ring.recordPath, 'utf8'))).nodes[0]?.run ?? {};
  await promisify(execFile)('prlimit', ['--pid', String(pid), '--fsize=4096:unlimited']);
}

async function restarted(ring: Ring, plain: Client): Promise<void> {
  await ring.node(0).kill();
  await ring.node(0).start();
  const isUp = () =>
    plain.execute('SELECT release_version FROM system.local', [], { consistency: types.consistencies.one });
  await vi.waitFor(isUp, SETTLED);
}
