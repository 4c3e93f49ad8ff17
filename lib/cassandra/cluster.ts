import 'server-only';
import { Client } from 'cassandra-driver';
import type { ClusterConfig, ClusterHealth, ClusterSummary } from '@/lib/contract/clusters';
import { clientOptions, discoveryOptions } from './client-options';
import { toFailure } from './errors';
import { CassandraFailure } from './failure';

/** Clients kept per cluster beside the one without a keyspace: one for each keyspace lately used in the editor. */
const MOST_KEYSPACE_CLIENTS = 6;

/** What a cluster said of itself when it was first reached. */
export interface ClusterIdentity {
  readonly localDatacenter: string;
  readonly release: string;
  readonly clusterName: string;
  /** Class name, such as `org.apache.cassandra.dht.Murmur3Partitioner`. */
  readonly partitioner: string;
}

/**
 * One configured cluster: connected when first needed, kept by the driver from then on, closed with the process.
 * A failed attempt is not remembered: the next request tries again.
 */
export class Cluster {
  readonly #clients = new Map<string, Promise<Client>>();
  /** How many reads are under way on a client. */
  readonly #holders = new Map<Client, number>();
  /** Clients to be closed once nobody reads from them. */
  readonly #retired = new Set<Client>();
  #identity: Promise<ClusterIdentity> | null = null;
  #known: ClusterIdentity | null = null;
  #failure: CassandraFailure | null = null;

  constructor(readonly config: ClusterConfig) {}

  get name(): string {
    return this.config.name;
  }

  get readOnly(): boolean {
    return !this.config.writes;
  }

  summary(): ClusterSummary {
    const { name, label, colour, consistency, pageRows } = this.config;
    return { name, label: label ?? name, colour: colour ?? null, readOnly: this.readOnly, consistency, pageRows };
  }

  /**
   * A connected client. Clients of one keyspace are apart from the others, because the driver keeps the keyspace on
   * the connection: sharing it would let one person's choice decide where another's names lead.
   * @throws CassandraFailure when no node can be reached or the login is refused
   */
  client(keyspace?: string): Promise<Client> {
    const key = keyspace ?? '';
    const existing = this.#clients.get(key);
    if (existing !== undefined) {
      this.#clients.delete(key);
      this.#clients.set(key, existing);
      return existing;
    }
    const connecting = this.#connect(keyspace);
    this.#clients.set(key, connecting);
    connecting.then(
      () => this.#forgetOldest(),
      () => this.#clients.delete(key),
    );
    return connecting;
  }

  /**
   * Keeps a client open while it is read from, also when its keyspace is no longer among those lately used.
   * @returns what lets go of it; calling it again changes nothing
   */
  hold(client: Client): () => void {
    this.#holders.set(client, (this.#holders.get(client) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const others = (this.#holders.get(client) ?? 1) - 1;
      if (others > 0) this.#holders.set(client, others);
      else this.#holders.delete(client);
      if (others === 0 && this.#retired.delete(client)) shutDown(client);
    };
  }

  /** Release, name and datacenter of the cluster; connects when that has not been done. */
  async identity(): Promise<ClusterIdentity> {
    await this.client();
    return this.#identify();
  }

  /** What is known without asking Cassandra anything. */
  health(): ClusterHealth {
    const nodes = this.#nodeCounts;
    const base = { name: this.name, release: this.#known?.release ?? null, nodesUp: nodes.up, nodesTotal: nodes.total };
    if (this.#failure !== null) return { ...base, status: 'unreachable', error: this.#failure.error };
    if (this.#known !== null) return { ...base, status: 'connected' };
    return { ...base, status: this.#clients.size > 0 ? 'connecting' : 'idle' };
  }

  async close(): Promise<void> {
    const clients = [...this.#clients.values()];
    this.#clients.clear();
    const retired = [...this.#retired];
    this.#retired.clear();
    await Promise.allSettled([...clients, ...retired].map(async (client) => (await client).shutdown()));
  }

  #nodeCounts: { up: number | null; total: number | null } = { up: null, total: null };

  async #connect(keyspace: string | undefined): Promise<Client> {
    try {
      const { localDatacenter } = await this.#identify();
      const client = new Client(clientOptions(this.config, localDatacenter, keyspace));
      await client.connect().catch(async (cause: unknown) => {
        await client.shutdown();
        throw cause;
      });
      if (keyspace === undefined) this.#watch(client);
      this.#failure = null;
      return client;
    } catch (error) {
      const failure = toFailure(error);
      // A keyspace that does not exist says nothing of the cluster.
      if (keyspace === undefined) this.#failure = failure;
      throw failure;
    }
  }

  #watch(client: Client): void {
    const count = () => {
      const hosts = client.hosts.values();
      this.#nodeCounts = { up: hosts.filter((host) => host.isUp()).length, total: hosts.length };
      this.#failure = this.#nodeCounts.up === 0 ? ALL_NODES_DOWN : null;
    };
    for (const event of ['hostUp', 'hostDown', 'hostAdd', 'hostRemove']) client.on(event, count);
    count();
  }

  #identify(): Promise<ClusterIdentity> {
    this.#identity ??= discover(this.config).then(
      (identity) => {
        this.#known = identity;
        return identity;
      },
      (error: unknown) => {
        this.#identity = null;
        throw error;
      },
    );
    return this.#identity;
  }

  #forgetOldest(): void {
    const keyspaces = [...this.#clients.keys()].filter((key) => key !== '');
    for (const key of keyspaces.slice(0, Math.max(0, keyspaces.length - MOST_KEYSPACE_CLIENTS))) {
      const client = this.#clients.get(key);
      this.#clients.delete(key);
      client?.then(
        (old) => (this.#holders.has(old) ? this.#retired.add(old) : shutDown(old)),
        () => undefined,
      );
    }
  }
}

/** Closes a client that nobody needs; what goes wrong there is of no more interest. */
function shutDown(client: Client): void {
  client.shutdown().catch(() => undefined);
}

const ALL_NODES_DOWN = new CassandraFailure({
  code: 'cluster_unreachable',
  message: 'No node of the cluster answers.',
  hint: 'Are the nodes up, and is the network between? It is tried again by itself.',
  retryable: true,
});

/**
 * Asks the contact points, one after another, which datacenter is theirs: the driver wants to be told.
 * @throws what the last contact point failed with
 */
async function discover(config: ClusterConfig): Promise<ClusterIdentity> {
  let lastError: unknown;
  for (const contactPoint of config.contactPoints.map((point) => config.addressMap?.[point] ?? point)) {
    const client = new Client(discoveryOptions(config, contactPoint));
    try {
      await client.connect();
      const { rows } = await client.execute(
        'SELECT data_center, release_version, cluster_name, partitioner FROM system.local',
      );
      const [local] = rows;
      return {
        localDatacenter: config.localDatacenter ?? String(local?.data_center),
        release: String(local?.release_version),
        clusterName: String(local?.cluster_name),
        partitioner: String(local?.partitioner),
      };
    } catch (error) {
      lastError = error;
    } finally {
      await client.shutdown();
    }
  }
  throw lastError;
}
