import 'server-only';
import type { SparkConfig } from '@/lib/contract/config-file';
import { readEnvironment } from '@/lib/env';
import { unfitMaster } from './by-rest';
import { findSubmit } from './find-submit';
import { unfitSubmit } from './version-of';

/**
 * Why jobs for a master cannot be started from here: there is no Spark, or the connector does not work with its version.
 * Null: nothing is known against it.
 */
export async function unfitSpark({ rest, submit: configured }: SparkConfig, master: string): Promise<string | null> {
  if (rest !== undefined && master.startsWith('spark://')) return unfitMaster(rest);
  const submit = findSubmit({ configured, env: process.env, data: readEnvironment().RINGSIDE_DATA_DIR });
  if (submit !== null) return unfitSubmit(submit);
  return 'There is no spark-submit on this machine: run “ringside spark setup” there, or set SPARK_HOME.';
}
