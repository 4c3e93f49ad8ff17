import 'server-only';
import { allClusters, closeClusters } from '@/lib/cassandra/client/registry';
import { sightOf } from '@/lib/cassandra/nodes/sight';
import { readClusters } from './config';
import { ConfigurationError, readEnvironment } from './env';
import { clusterEvents } from './events/events';
import { serverJobs } from './server-jobs';
import { serverSchedules } from './server-schedules';

/** server/shutdown.mjs looks it up under the same name. */
const END = Symbol.for('ringside.end');

/**
 * Validates environment and configuration, resumes the jobs and schedules of the previous process, and registers how to end jobs and
 * connections, for server/shutdown.mjs, which ends the process.
 */
export function startServer(): void {
  try {
    readClusters(readEnvironment());
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(`Ringside cannot start:\n${error.message}`);
    process.exit(1);
  }
  for (const cluster of allClusters()) {
    cluster.watchedBy((client) => clusterEvents(cluster.name).begin(sightOf(client)));
  }
  void serverJobs().recover();
  void serverSchedules().start();
  const end = () => Promise.all([serverSchedules().close(), serverJobs().suspend()]).finally(closeClusters);
  Object.assign(globalThis, { [END]: end });
}
