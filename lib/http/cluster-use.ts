import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Cluster } from '@/lib/cassandra/client/cluster';

/** The bundler may make several instances of this module: they share what is being answered. */
const KEY = Symbol.for('ringside.cluster-use');

function scope(): AsyncLocalStorage<Cluster> {
  const global = globalThis as { [KEY]?: AsyncLocalStorage<Cluster> };
  global[KEY] ??= new AsyncLocalStorage();
  return global[KEY];
}

/** Answers a request to a cluster, which stays connected meanwhile even if the configuration changes. */
export async function usingCluster<T>(cluster: Cluster | undefined, answer: () => T | Promise<T>): Promise<T> {
  if (cluster === undefined) return answer();
  const leave = cluster.enter();
  try {
    return await scope().run(cluster, answer);
  } finally {
    leave();
  }
}

/** For a stream that outlives its handler. @returns ends the use; more calls do nothing */
export function holdThisCluster(): () => void {
  return scope().getStore()?.enter() ?? (() => undefined);
}
