import 'server-only';
import { resolve } from 'node:path';
import { allClusters, closeClusters } from '@/lib/cassandra/client/registry';
import { sightOf } from '@/lib/cassandra/nodes/sight';
import { readClusters } from './config';
import { DATA_LAYOUT, openDataFolder } from './data-folder';
import { ConfigurationError, readEnvironment } from './env';
import { clusterEvents } from './events/events';
import { stopStreams } from './http/open-streams';
import { serverJobs } from './server-jobs';
import { serverSchedules } from './server-schedules';
import { serverMetrics, serverReadiness } from './server-status';

/** server/ looks them up under the same names. */
const END = Symbol.for('ringside.end');
const STATUS = Symbol.for('ringside.status');

/**
 * Validates environment and configuration, resumes the jobs and schedules of the previous process, and registers for the
 * web server how this one stands, and how to end jobs and connections: server/shutdown.mjs ends the process.
 */
export function startServer(): void {
  try {
    readClusters(readEnvironment());
    takeDataFolder();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(`Ringside cannot start:\n${error.message}`);
    process.exit(1);
  }
  for (const cluster of allClusters()) {
    cluster.watchedBy((client) => clusterEvents(cluster.name).begin(sightOf(client)));
  }
  let areJobsFound = false;
  void serverJobs()
    .recover()
    .then(() => {
      areJobsFound = true;
    });
  void serverSchedules().start();
  const end = () =>
    Promise.all([serverSchedules().close(), serverJobs().suspend(), stopStreams()]).finally(closeClusters);
  const status = { readiness: () => serverReadiness(areJobsFound), metrics: serverMetrics };
  Object.assign(globalThis, { [END]: end, [STATUS]: status });
}

/** @throws ConfigurationError when a later Ringside wrote it, or it cannot be used */
function takeDataFolder(): void {
  const folder = resolve(/* turbopackIgnore: true */ readEnvironment().RINGSIDE_DATA_DIR);
  if (openDataFolder(folder) !== 'earlier') return;
  console.log(`The data folder ${folder} had no mark of its layout, or an earlier one: it is now ${DATA_LAYOUT}.`);
}
