import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { vi } from 'vitest';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { NODES } from '@/lib/cassandra/test-ring';
import type { ClusterConfigInput } from '@/lib/contract/configuration';
import { exportRequestSchema } from '@/lib/contract/reads';
import { type SparkRequest, sparkRequestSchema } from '@/lib/contract/spark';
import type { SparkProgress } from '@/lib/contract/spark-progress';
import { aboutExport } from '@/lib/export/about';
import { planExport } from '@/lib/export/source';
import { PartsWriter } from '@/lib/export/write-parts';
import { readJson } from '@/lib/jobs/atomic-file';
import { Stop } from '@/lib/jobs/stop';
import { openScan } from '@/lib/scan/scan';
import { findSubmit, type Submit } from './find-submit';
import { runSpark } from './run-spark';
import { setUp } from './setup';
import { workOf } from './spark-kind';
import { sparkStateSchema } from './state';

/** Jobs on a real Spark, for tests. What was fetched stays in the cache. */

const DATA = join(process.env.RINGSIDE_CACHE_DIR ?? '.ringside/cache', 'spark-tests');

/** A new folder for what a file of tests writes. */
export const folder = mkdtempSync(join(tmpdir(), 'ringside-spark-'));

/** Fetches PySpark and the connector on first use. */
export async function setUpSpark(): Promise<Submit> {
  vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
  vi.stubEnv('SPARK_HOME', undefined);
  await setUp({ data: DATA, signal: AbortSignal.timeout(600_000), note: (line) => process.stderr.write(`${line}\n`) });
  const found = findSubmit({ env: {}, data: DATA });
  if (found === null) throw new Error('no spark-submit');
  return found;
}

/** Where jobs run from now on. */
export function configure(spark: Record<string, unknown>): void {
  const properties = {
    'spark.driver.host': '127.0.0.1',
    'spark.driver.bindAddress': '127.0.0.1',
    'spark.ui.port': '14040',
    // Limits of reads count pages.
    'spark.cassandra.input.fetch.sizeInRows': '10',
  };
  const test: ClusterConfigInput = { name: 'test', contactPoints: NODES, writes: true };
  vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify({ clusters: [test], spark: { properties, ...spark } }));
}

/** Plans and starts a job. */
export async function begin(cluster: Cluster, asked: SparkRequest, directory = join(folder, randomUUID())) {
  const work = await workOf(cluster, sparkRequestSchema.parse(asked), true);
  return again(cluster, work, directory);
}

/** Runs or finds a job, with what it says of itself. */
export function again(cluster: Cluster, work: Awaited<ReturnType<typeof workOf>>, directory: string) {
  const controller = new AbortController();
  let progress = (): SparkProgress | undefined => undefined;
  const done = runSpark(cluster, {
    ...{ work, directory, signal: controller.signal },
    watch: (now) => {
      progress = () => now().spark;
    },
  });
  done.catch(() => undefined);
  return {
    work,
    directory,
    done,
    stop: (event: Stop['event']) => controller.abort(new Stop(event)),
    progress: () => progress(),
  };
}

/** What a job keeps. */
export const stateOf = (directory: string) => readJson(join(directory, 'checkpoint.json'), sparkStateSchema);

/** The rows of Parquet files, by their `id`. */
export async function rowsIn(directory: string): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = [];
  for (const name of readdirSync(directory).filter((each) => each.endsWith('.parquet'))) {
    const file = await asyncBufferFromFile(join(directory, name));
    rows.push(...(await parquetReadObjects({ file, compressors })));
  }
  return rows.toSorted((one, other) => Number(one.id) - Number(other.id));
}

/** Ringside's own export of a table, as Parquet. @returns its directory */
export async function ownExport(cluster: Cluster, keyspace: string, table: string): Promise<string> {
  const directory = join(folder, randomUUID());
  const request = exportRequestSchema.parse({ keyspace, table, format: 'parquet' });
  const source = await planExport(cluster, request);
  const writer = new PartsWriter({
    ...{ directory, format: source.format, compression: 'none', about: await aboutExport(cluster, source) },
    open: (resume, stop) =>
      openScan(
        { ...source.plan, reader: cluster.reads.reader() },
        { principal: { id: 'test' }, limits: undefined, resume },
        stop,
      ),
  });
  await writer.run(new AbortController().signal);
  return directory;
}
