import 'server-only';
import type { Client } from 'cassandra-driver';
import type { IndexSample } from '@/lib/health/facts';

/** A cluster with more indexes than these forgets the sample that was taken first. */
const MOST_SAMPLES = 500;

const KEY = Symbol.for('ringside.index-samples');

/** By the client that a cluster keeps, as in ask-nodes.ts: the samples end with it. */
function samplesBy(client: Client): Map<string, IndexSample> {
  const global = globalThis as { [KEY]?: WeakMap<Client, Map<string, IndexSample>> };
  global[KEY] ??= new WeakMap();
  const samples = global[KEY].get(client) ?? new Map<string, IndexSample>();
  global[KEY].set(client, samples);
  return samples;
}

/** The last sample of each index that people have taken. */
export function indexSamples(client: Client): readonly IndexSample[] {
  return [...samplesBy(client).values()];
}

export function keepIndexSamples(client: Client, taken: readonly IndexSample[]): void {
  const samples = samplesBy(client);
  for (const sample of taken) {
    const key = [sample.keyspace, sample.table, sample.index].join('\u0000');
    samples.delete(key);
    samples.set(key, sample);
  }
  for (const key of [...samples.keys()].slice(0, Math.max(0, samples.size - MOST_SAMPLES))) samples.delete(key);
}
