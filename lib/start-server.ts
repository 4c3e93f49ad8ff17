import 'server-only';
import { closeClusters } from './cassandra/registry';
import { readClusters } from './config';
import { ConfigurationError, readEnvironment } from './env';
import { exportJobs } from './export/jobs';

/**
 * Validates environment and configuration, lets the jobs of the process before go on, and brings jobs and connections to
 * an end when this process is told to end.
 */
export function startServer(): void {
  try {
    readClusters(readEnvironment());
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(`Ringside cannot start:\n${error.message}`);
    process.exit(1);
  }
  void exportJobs().recover();
  const end = () => exportJobs().suspend().finally(closeClusters);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
}
