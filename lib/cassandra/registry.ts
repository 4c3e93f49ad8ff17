import 'server-only';
import { readClusters } from '@/lib/config';
import type { ClusterSummary } from '@/lib/contract/clusters';
import { Cluster } from './cluster';
import { CassandraFailure } from './failure';

/** One {@link Cluster} for each configured cluster in the whole process: route bundles and development reloads share it. */
const KEY = Symbol.for('ringside.clusters');

function clusters(): ReadonlyMap<string, Cluster> {
  const global = globalThis as { [KEY]?: ReadonlyMap<string, Cluster> };
  global[KEY] ??= new Map(readClusters().map((config) => [config.name, new Cluster(config)]));
  return global[KEY];
}

/** Every configured cluster, in the order of the configuration. */
export function allClusters(): Cluster[] {
  return [...clusters().values()];
}

export function clusterSummaries(): ClusterSummary[] {
  return allClusters().map((cluster) => cluster.summary());
}

/** @throws CassandraFailure `not_found` when no cluster of this name is configured */
export function getCluster(name: string): Cluster {
  const cluster = clusters().get(name);
  if (cluster !== undefined) return cluster;
  throw new CassandraFailure({
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
