import 'server-only';
import { type ClusterChange, clusterChanges } from '@/lib/cluster/configuration-changes';
import { readClusters } from '@/lib/config';
import type { ClusterSummary } from '@/lib/contract/clusters';
import type { ConfiguredCluster } from '@/lib/contract/networks';
import { hasOwnRole, type Principal } from '@/lib/contract/principal';
import { Failure } from '../../failure';
import { Cluster, type Connections, noConnections } from './cluster';
import { roleClusters } from './role-clusters';

/**
 * The clusters that are configured now and the connections of each, one set per process. The bundler may make several
 * instances of this module (one for pages, one for handlers, another after a reload in development): they share both.
 */
const KEY = Symbol.for('ringside.connections');

interface Shared {
  /** Null until somebody asks for it. */
  configured: readonly ConfiguredCluster[] | null;
  readonly connections: Map<string, Connections>;
}

function shared(): Shared {
  const global = globalThis as { [KEY]?: Shared };
  global[KEY] ??= { configured: null, connections: new Map() };
  return global[KEY];
}

interface Known {
  readonly configured: readonly ConfiguredCluster[];
  readonly clusters: ReadonlyMap<string, Cluster>;
}

let known: Known | null = null;

function clusters(): ReadonlyMap<string, Cluster> {
  const room = shared();
  room.configured ??= readClusters();
  if (known?.configured !== room.configured) {
    const before = known?.clusters;
    const list = room.configured.map((config) => [config.name, clusterOf(config, before?.get(config.name))] as const);
    known = { configured: room.configured, clusters: new Map(list) };
  }
  return known.clusters;
}

/** The same object while nothing about the cluster has changed. */
function clusterOf(config: ConfiguredCluster, before: Cluster | undefined): Cluster {
  const now = new Cluster(config, connectionsOf(config.name));
  return before?.config === config && before.sharesConnectionsWith(now) ? before : now;
}

function connectionsOf(name: string): Connections {
  const { connections } = shared();
  const found = connections.get(name) ?? noConnections();
  connections.set(name, found);
  return found;
}

/** What a new configuration changed, and what ends the connections that it no longer needs. */
export interface Taken {
  readonly changes: readonly ClusterChange[];
  /** Closes them once nobody uses them; what runs on them may be stopped before. */
  readonly drain: () => void;
}

/**
 * Uses these clusters from now on. The connections of a cluster stay unless what they are made from has changed; what runs
 * on old ones goes on with them to its end.
 */
export function takeClusters(next: readonly ConfiguredCluster[]): Taken {
  const [before, room] = [clusters(), shared()];
  const changes = clusterChanges(room.configured ?? [], next);
  const kept = new Map(changes.map((change) => [change.name, change]));
  const left = changes.flatMap(({ name, what }) => {
    const old = what === 'removed' || what === 'reconnected' ? before.get(name) : undefined;
    if (old !== undefined) room.connections.delete(name);
    return old ?? [];
  });
  const configs = new Map([...before].map(([name, { config }]) => [name, config]));
  // An unchanged cluster keeps its object, by which other rooms remember its schema.
  room.configured = next.map((config) => (kept.has(config.name) ? config : (configs.get(config.name) ?? config)));
  const drain = () => {
    for (const cluster of left) cluster.drain();
  };
  return { changes, drain };
}

/** Every configured cluster, in the order of the configuration. */
export function allClusters(): Cluster[] {
  return [...clusters().values()];
}

export function clusterSummaries(): ClusterSummary[] {
  return allClusters().map((cluster) => cluster.summary());
}

/**
 * The cluster with the connections of the user in the configuration.
 * @throws Failure `not_found` when no cluster with this name is configured
 */
export function getCluster(name: string): Cluster {
  const cluster = clusters().get(name);
  if (cluster !== undefined) return cluster;
  throw unknownCluster(name);
}

/**
 * The cluster as a person uses it: this alone decides with whose connections. Whoever signed in as a Cassandra role has
 * their own, to their cluster, and no other is there for them.
 * @throws Failure `not_found`; `sign_in_needed` where their password is not known; `overloaded`
 */
export function clusterFor(name: string, person: Pick<Principal, 'id'>): Cluster {
  const shared = getCluster(name);
  if (!hasOwnRole(person)) return shared;
  const own = roleClusters();
  const login = own.loginOf(person);
  if (login !== null && login.cluster !== name) throw unknownCluster(name);
  return own.of(person, shared);
}

/** For a cluster that is not configured, and one that may not be seen: nobody can tell which. */
export function unknownCluster(name: string): Failure {
  return new Failure({
    code: 'not_found',
    message: `No cluster named “${name}” is configured.`,
    hint: 'The names are listed at /api/clusters.',
    retryable: false,
  });
}

/** Closes every connection; for shutdown. */
export async function closeClusters(): Promise<void> {
  await Promise.all([roleClusters().close(), ...allClusters().map((cluster) => cluster.close())]);
}
