import 'server-only';
import { execFile } from 'node:child_process';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { environmentOf, type Submit } from './find-submit';
import { type SparkVersion, whyUnfit } from './plan/versions';

const run = promisify(execFile);
/** It starts a Java to print two lines. */
const TIMEOUT_MS = 30_000;

const JAR = /^spark-core_(\d+\.\d+)-(\d[\w.-]*)\.jar$/;

/** What a spark-submit said of itself, by its path and time of change: a plan is made at each change of a form. */
const said = new Map<string, SparkVersion>();

const TODO = 'Run “ringside spark setup” and unset SPARK_HOME, or name another spark-submit in spark.submit.';

/** Why jobs must not start with a spark-submit; null: nothing is known against it. */
export async function unfitSubmit(submit: Submit): Promise<string | null> {
  const version = await versionOf(submit);
  return version === null ? null : whyUnfit(submit.path, version, TODO);
}

/** The version of a spark-submit: by the jars beside it, otherwise by what it says. Null: neither tells. */
async function versionOf(submit: Submit): Promise<SparkVersion | null> {
  const path = await realpath(submit.path);
  const beside = await versionInJars(join(dirname(path), '..', 'jars'));
  if (beside !== null) return beside;
  const key = `${path} ${(await stat(path)).mtimeMs}`;
  const version = said.get(key) ?? (await askVersion(submit));
  if (version !== null) said.set(key, version);
  return version;
}

async function versionInJars(directory: string): Promise<SparkVersion | null> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names) {
    const [, scala, spark] = JAR.exec(name) ?? [];
    if (scala !== undefined && spark !== undefined) return { spark, scala };
  }
  return null;
}

async function askVersion(submit: Submit): Promise<SparkVersion | null> {
  const options = { env: environmentOf(submit), timeout: TIMEOUT_MS };
  const answer = await run(submit.path, ['--version'], options).catch(() => null);
  if (answer === null) return null;
  const text = `${answer.stdout}\n${answer.stderr}`;
  const [, spark] = /\bversion (\d[\w.-]*)/.exec(text) ?? [];
  const [, scala = null] = /Scala version (\d+\.\d+)/.exec(text) ?? [];
  return spark === undefined ? null : { spark, scala };
}
