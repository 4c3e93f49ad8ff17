import 'server-only';
import { Client } from 'cassandra-driver';
import type { ClusterHealth, ClusterSummary } from '@/lib/contract/clusters';
import type { ApiError } from '@/lib/contract/errors';
import type { ConfiguredCluster } from '@/lib/contract/networks';
import { Failure } from '../../failure';
import { watchRing } from '../nodes/ring-watch';
import { type BudgetRoom, emptyRoom, ReadBudget } from '../read/budget';
import { clientOptions, discoveryOptions } from './client-options';
import { toFailure } from './errors';
import { Routing } from './routing';

/** Clients kept per cluster besides the one without a keyspace: one for each keyspace recently used in the editor. */
const MOST_KEYSPACE_CLIENTS = 6;

/** The only partitioner whose tokens Ringside can compute. */
export const MURMUR3 = 'org.apache.cassandra.dht.Murmur3Partitioner';

/** What a cluster reported about itself when it was first reached. */
export interface ClusterIdentity {
  readonly localDatacenter: string;
  readonly release: string;
  readonly clusterName: string;
  /** Class name, for example `org.apache.cassandra.dht.Murmur3Partitioner`. */
  readonly partitioner: string;
}

/** Watches a cluster through its client. @returns ends it */
export type Watcher = (client: Client) => () => void;

/** A cluster's connections and what is known about it: plain data, so that it outlives a reload of the code. */
export interface Connections {
  readonly clients: Map<string, Promise<Client>>;
  /** How many reads are using a client. */
  readonly holders: Map<Client, number>;
  /** Clients to close once nobody reads from them. */
  readonly retired: Set<Client>;
  readonly reads: BudgetRoom;
  readonly routing: Routing;
  /** Each is given the client that a cluster is watched through, once it is connected, and returns what ends its watch. */
  readonly watchers: Set<Watcher>;
  readonly unwatch: Set<() => void>;
  /** Requests and streams under way that may still need a client. */
  users: number;
  /** `draining`: no longer configured like this, closed once nobody uses it. */
  stage: 'open' | 'draining' | 'closed';
  identity: Promise<ClusterIdentity> | null;
  known: ClusterIdentity | null;
  failure: ApiError | null;
  nodes: { up: number | null; total: number | null };
}

export function noConnections(): Connections {
  return {
    clients: new Map(),
    holders: new Map(),
    retired: new Set(),
    reads: emptyRoom(),
    routing: new Routing(),
    watchers: new Set(),
    unwatch: new Set(),
    users: 0,
    stage: 'open',
    identity: null,
    known: null,
    failure: null,
    nodes: { up: null, total: null },
  };
}

/**
 * One configured cluster: connected when first needed, kept connected by the driver, closed with the process. A failed
 * attempt is not remembered: the next request tries again.
 */
export class Cluster {
  /** The budget shared by all reads of this cluster. */
  readonly reads: ReadBudget;
  readonly #state: Connections;

  constructor(
    readonly config: ConfiguredCluster,
    connections: Connections = noConnections(),
    /** The Cassandra role of the person whose connections these are; null: they are everybody's. */
    readonly role: string | null = null,
  ) {
    this.#state = connections;
    const limits = () => ({ ...config.reads, nodes: connections.nodes.up ?? 1 });
    this.reads = new ReadBudget(connections.reads, limits, config.name);
  }

  get name(): string {
    return this.config.name;
  }

  get readOnly(): boolean {
    return !this.config.writes;
  }

  /** Whether both use the same connections. */
  sharesConnectionsWith(other: Cluster): boolean {
    return this.#state === other.#state;
  }

  /**
   * The same cluster, logged in as a role, with connections that nobody else uses. What is read of it takes turns with
   * everybody's.
   */
  asRole(role: string, password: string): Cluster {
    const { config } = this;
    return new Cluster({ ...config, username: role, password }, { ...noConnections(), reads: this.#state.reads }, role);
  }

  /** No request and no read uses it. */
  get isIdle(): boolean {
    return this.#state.users === 0 && this.#state.holders.size === 0;
  }

  /** Where this cluster's clients send requests by key. */
  get routing(): Routing {
    return this.#state.routing;
  }

  summary(): ClusterSummary {
    const { name, label, colour, consistency, pageRows, approval } = this.config;
    const held = approval === undefined ? {} : { approval: approval.for };
    const shown = { name, label: label ?? name, colour: colour ?? null, readOnly: this.readOnly };
    return { ...shown, consistency, pageRows, ...held };
  }

  /**
   * A connected client. Each keyspace has a separate client, because the driver keeps the keyspace on the connection: if
   * it were shared, one person's choice would decide what another's table names mean.
   * @throws Failure when no node can be reached or the login is refused, which is `sign_in_needed` for a person's role;
   *   `cluster_changed` once it has been drained
   */
  client(keyspace?: string): Promise<Client> {
    if (this.#state.stage === 'closed') return Promise.reject(changedFailure(this.name));
    const key = keyspace ?? '';
    const existing = this.#state.clients.get(key);
    if (existing !== undefined) {
      this.#state.clients.delete(key);
      this.#state.clients.set(key, existing);
      return existing;
    }
    const connecting = this.#connect(keyspace);
    this.#state.clients.set(key, connecting);
    connecting.then(
      () => this.#forgetOldest(),
      () => this.#state.clients.delete(key),
    );
    return connecting;
  }

  /**
   * Keeps a client open while it is read from, even if its keyspace is no longer among the recent ones.
   * @returns a function that releases it; more calls do nothing
   */
  hold(client: Client): () => void {
    this.#state.holders.set(client, (this.#state.holders.get(client) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const others = (this.#state.holders.get(client) ?? 1) - 1;
      if (others > 0) this.#state.holders.set(client, others);
      else this.#state.holders.delete(client);
      if (others === 0 && this.#state.retired.delete(client)) shutDown(client);
      this.#closeIfDrained();
    };
  }

  /**
   * Keeps the cluster connected while a request is answered, even if the configuration changes meanwhile.
   * @returns ends that; more calls do nothing
   */
  enter(): () => void {
    this.#state.users++;
    let isInside = true;
    return () => {
      if (!isInside) return;
      isInside = false;
      this.#state.users--;
      this.#closeIfDrained();
    };
  }

  /** Closes the connections as soon as no request and no read uses them: the configuration has changed. */
  drain(): void {
    if (this.#state.stage !== 'open') return;
    this.#state.stage = 'draining';
    this.#endWatches();
    this.#closeIfDrained();
  }

  /** Release, name and datacenter of the cluster; connects if necessary. */
  async identity(): Promise<ClusterIdentity> {
    await this.client();
    return this.#identify();
  }

  /** What is known without a request to Cassandra. */
  health(): ClusterHealth {
    const nodes = this.#state.nodes;
    const base = {
      name: this.name,
      release: this.#state.known?.release ?? null,
      nodesUp: nodes.up,
      nodesTotal: nodes.total,
    };
    if (this.#state.failure !== null) return { ...base, status: 'unreachable', error: this.#state.failure };
    if (this.#state.known !== null) return { ...base, status: 'connected' };
    return { ...base, status: this.#state.clients.size > 0 ? 'connecting' : 'idle' };
  }

  /** Lets `watcher` watch the cluster from when it is connected, until it is closed. */
  watchedBy(watcher: Watcher): void {
    this.#state.watchers.add(watcher);
  }

  async close(): Promise<void> {
    this.#endWatches();
    const clients = [...this.#state.clients.values()];
    this.#state.clients.clear();
    const retired = [...this.#state.retired];
    this.#state.retired.clear();
    await Promise.allSettled([...clients, ...retired].map(async (client) => (await client).shutdown()));
  }

  #endWatches(): void {
    for (const end of this.#state.unwatch) end();
    this.#state.unwatch.clear();
  }

  #closeIfDrained(): void {
    const { stage, users, holders } = this.#state;
    if (stage !== 'draining' || users > 0 || holders.size > 0) return;
    this.#state.stage = 'closed';
    void this.close();
  }

  async #connect(keyspace: string | undefined): Promise<Client> {
    try {
      const { localDatacenter, partitioner } = await this.#identify();
      const client = new Client(clientOptions(this.config, localDatacenter, this.routing, keyspace));
      await client.connect().catch(async (cause: unknown) => {
        await client.shutdown();
        throw cause;
      });
      if (keyspace === undefined) this.#watch(client, partitioner);
      this.#state.failure = null;
      return client;
    } catch (error) {
      const failure = toFailure(error);
      // A keyspace that does not exist says nothing about the cluster.
      if (keyspace === undefined) this.#state.failure = failure.error;
      throw this.role !== null && failure.error.code === 'authentication_failed' ? notAccepted(failure) : failure;
    }
  }

  #watch(client: Client, partitioner: string): void {
    // Other partitioners have other tokens: their requests go to any node, which forwards them.
    if (partitioner === MURMUR3) watchRing(client, this.routing);
    const count = () => {
      const hosts = client.hosts.values();
      this.#state.nodes = { up: hosts.filter((host) => host.isUp()).length, total: hosts.length };
      this.#state.failure = this.#state.nodes.up === 0 ? ALL_NODES_DOWN : null;
    };
    for (const event of ['hostUp', 'hostDown', 'hostAdd', 'hostRemove']) client.on(event, count);
    count();
    if (this.#state.stage !== 'open') return;
    for (const watcher of this.#state.watchers) this.#state.unwatch.add(watcher(client));
  }

  #identify(): Promise<ClusterIdentity> {
    this.#state.identity ??= discover(this.config).then(
      (identity) => {
        this.#state.known = identity;
        return identity;
      },
      (error: unknown) => {
        this.#state.identity = null;
        throw error;
      },
    );
    return this.#state.identity;
  }

  #forgetOldest(): void {
    const keyspaces = [...this.#state.clients.keys()].filter((key) => key !== '');
    for (const key of keyspaces.slice(0, Math.max(0, keyspaces.length - MOST_KEYSPACE_CLIENTS))) {
      const client = this.#state.clients.get(key);
      this.#state.clients.delete(key);
      client?.then(
        (old) => (this.#state.holders.has(old) ? this.#state.retired.add(old) : shutDown(old)),
        () => undefined,
      );
    }
  }
}

/** Closes a client that nobody needs; failures no longer matter. */
function shutDown(client: Client): void {
  client.shutdown().catch(() => undefined);
}

/** It is not the configuration that must be changed. */
function notAccepted(cause: Failure): Failure {
  return new Failure(
    {
      code: 'sign_in_needed',
      message: 'Cassandra does not accept your role or its password.',
      hint: 'Sign in again.',
      retryable: false,
    },
    { cause },
  );
}

function changedFailure(name: string): Failure {
  return new Failure({
    code: 'cluster_changed',
    message: `The configuration of the cluster “${name}” changed, and its old connections are closed.`,
    hint: 'Try again: the new configuration is used.',
    retryable: true,
  });
}

const ALL_NODES_DOWN: ApiError = {
  code: 'cluster_unreachable',
  message: 'No node of the cluster answers.',
  hint: 'Check the nodes and the network. Ringside retries automatically.',
  retryable: true,
};

/**
 * Asks the contact points, one after another, for their datacenter, which the driver requires. One that refuses the login
 * speaks for all of them.
 * @throws what the last contact point failed with
 */
async function discover(config: ConfiguredCluster): Promise<ClusterIdentity> {
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
      if (toFailure(error).error.code === 'authentication_failed') break;
    } finally {
      await client.shutdown();
    }
  }
  throw lastError;
}
