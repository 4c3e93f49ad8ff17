import 'server-only';
import { readClusters } from '@/lib/config';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { Failure } from '../../failure';
import { Cluster, type Connections, noConnections } from './cluster';

/**
 * The connections of each configured cluster, one set per process. The bundler may make several instances of this module
 * (one for pages, one for handlers, another after a reload in development): they share the connections.
 */
const KEY = Symbol.for('ringside.connections');

let known: ReadonlyMap<string, Cluster> | null = null;

function clusters(): ReadonlyMap<string, Cluster> {
  known ??= new Map(readClusters().map((config) => [config.name, new Cluster(config, connectionsOf(config.name))]));
  return known;
}

function connectionsOf(name: string): Connections {
  const global = globalThis as { [KEY]?: Map<string, Connections> };
  global[KEY] ??= new Map();
  const connections = global[KEY].get(name) ?? noConnections();
  global[KEY].set(name, connections);
  return connections;
}

/** Every configured cluster, in the order of the configuration. */
export function allClusters(): Cluster[] {
  return [...clusters().values()];
}

export function clusterSummaries(): ClusterSummary[] {
  return allClusters().map((cluster) => cluster.summary());
}

/** @throws Failure `not_found` when no cluster with this name is configured */
export function getCluster(name: string): Cluster {
  const cluster = clusters().get(name);
  if (cluster !== undefined) return cluster;
  throw new Failure({
    code: 'not_found',
    message: `No cluster named “${name}” is configured.`,
    hint: 'The names are listed at /api/clusters.',
    retryable: false,
  });
}

/** Closes every connection; for shutdown. */
export async function closeClusters(): Promise<void> {
  await Promise.all(allClusters().map((cluster) => cluster.close()));
}
