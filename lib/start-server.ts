import 'server-only';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { readClusters } from './config';
import { ConfigurationError, readEnvironment } from './env';
import { serverJobs } from './server-jobs';

/** server/shutdown.mjs looks it up under the same name. */
const END = Symbol.for('ringside.end');

/**
 * Validates environment and configuration, resumes the jobs of the previous process, and registers how to end jobs and
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
  void serverJobs().recover();
  const end = () => serverJobs().suspend().finally(closeClusters);
  Object.assign(globalThis, { [END]: end });
}
