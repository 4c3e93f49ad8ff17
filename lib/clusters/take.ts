import 'server-only';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { getCluster, takeClusters } from '@/lib/cassandra/client/registry';
import { sightOf } from '@/lib/cassandra/nodes/sight';
import type { ClusterChange } from '@/lib/cluster/configuration-changes';
import { type Configuration, clustersOf, holdConfiguration } from '@/lib/config';
import type { ApiError } from '@/lib/contract/errors';
import { clusterEvents } from '@/lib/events/events';
import type { JobManager } from '@/lib/jobs/job-manager';

/** Keeps what happens to a cluster, from when it is connected. */
export function watchEvents(cluster: Cluster): void {
  cluster.watchedBy((client) => clusterEvents(cluster.name).begin(sightOf(client)));
}

/**
 * Runs with another configuration from now on. Requests and streams under way go on with the connections they have; jobs
 * that need a cluster which is gone or reached differently, or which may no longer be written to, are paused and say why.
 * @returns what has changed, once those jobs have stopped
 */
export async function takeConfiguration(
  configuration: Configuration,
  jobs: Pick<JobManager, 'pauseFor'>,
): Promise<readonly ClusterChange[]> {
  holdConfiguration(configuration);
  const { changes, drain } = takeClusters(clustersOf(configuration));
  for (const { name, what } of changes) {
    if (what === 'added' || what === 'reconnected') watchEvents(getCluster(name));
  }
  const gone = changes.filter(({ what }) => what === 'removed');
  const different = changes.filter(({ what, isNowReadOnly }) => what === 'reconnected' || isNowReadOnly);
  await pause(jobs, gone, 'all', {
    message: 'A cluster of this job is no longer configured, or is disabled.',
    hint: 'Resume the job once the cluster is configured again, or cancel it.',
  });
  await pause(jobs, different, 'running', {
    message: 'The configuration of a cluster of this job changed.',
    hint: 'Resume it: it goes on from its checkpoint, with the new configuration.',
  });
  drain();
  return changes;
}

async function pause(
  jobs: Pick<JobManager, 'pauseFor'>,
  changes: readonly ClusterChange[],
  which: 'running' | 'all',
  why: Pick<ApiError, 'message' | 'hint'>,
): Promise<void> {
  if (changes.length === 0) return;
  const names = new Set(changes.map(({ name }) => name));
  await jobs.pauseFor(names, which, { code: 'cluster_changed', retryable: true, ...why });
}
