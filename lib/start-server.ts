import 'server-only';
import { closeClusters } from './cassandra/registry';
import { readClusters } from './config';
import { ConfigurationError, readEnvironment } from './env';

/** Validates environment and configuration, and closes the clusters' connections when the process is told to end. */
export function startServer(): void {
  try {
    readClusters(readEnvironment());
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(`Ringside cannot start:\n${error.message}`);
    process.exit(1);
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void closeClusters());
}
