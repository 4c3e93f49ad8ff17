import 'server-only';
import { constants } from 'node:fs';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { Failure } from '@/lib/failure';
import type { Handle, Life, Way } from './application';
import { EVENTS_FILE, JARS_DIRECTORY, PROPERTIES_FILE, SCRIPT_FILE } from './files';
import { jarAddress } from './jar-address';
import { submitArguments } from './plan/command';
import { PYSPARK } from './plan/script';
import { whyUnfit } from './plan/versions';

const TIMEOUT_MS = 10_000;
/** Of a look before anything is started. */
const LOOK_TIMEOUT_MS = 3_000;
const LOOK_MS = 500;
const GRACE_MS = 20_000;

/** What Spark itself passes to a Java 17 that it starts. Here the master starts it, and passes nothing. */
const OPENED = [
  ...['java.lang', 'java.lang.invoke', 'java.lang.reflect', 'java.io', 'java.net', 'java.nio', 'java.util'],
  ...['java.util.concurrent', 'java.util.concurrent.atomic', 'sun.nio.ch', 'sun.nio.cs', 'sun.security.action'],
  'sun.util.calendar',
];

const createdSchema = z.object({
  success: z.boolean(),
  submissionId: z.string().optional(),
  message: z.string().optional(),
});
const serverSchema = z.object({ serverSparkVersion: z.string() });
const statusSchema = z.object({ success: z.boolean(), driverState: z.string().optional() });

/**
 * Submits to the REST server of a standalone master, which runs the driver on one of its workers. The files must lie where
 * the workers see them, and be theirs to read: the same paths, the same user.
 */
export function byRest(rest: string, master: string): Way {
  return {
    start: (directory, jars) => create({ rest, master, directory }, jars),
    life: (handle) => life(rest, handle),
    end: (handle) => end(rest, handle),
  };
}

/** Why jobs must not be submitted to a master; null: nothing is known against it, as when it is too busy to answer. */
export async function unfitMaster(rest: string): Promise<string | null> {
  // Every answer names the master's version, even one about a submission that it does not know.
  const answer = await ask(`${rest}/v1/submissions/status/none`, undefined, LOOK_TIMEOUT_MS).catch(() => null);
  const { serverSparkVersion: spark } = serverSchema.safeParse(answer).data ?? {};
  if (spark === undefined) return null;
  return whyUnfit(`The master at ${rest}`, { spark, scala: null }, 'Use a master of Spark 3.5.');
}

interface Creating {
  readonly rest: string;
  readonly master: string;
  readonly directory: string;
}

/** The worker that runs the driver sees this directory alone, so the jars go there too. */
async function create({ rest, master, directory }: Creating, jars: readonly string[]): Promise<Handle> {
  const own = join(directory, JARS_DIRECTORY);
  await mkdir(own, { recursive: true });
  const copies = jars.map((path) => join(own, basename(path)));
  await Promise.all(jars.map((path, at) => copyFile(path, copies[at] ?? '', constants.COPYFILE_FICLONE)));
  const created = createdSchema.parse(
    await ask(`${rest}/v1/submissions/create`, {
      action: 'CreateSubmissionRequest',
      clientSparkVersion: PYSPARK,
      mainClass: 'org.apache.spark.deploy.SparkSubmit',
      appResource: '',
      appArgs: restArguments(master, directory, copies),
      environmentVariables: { SPARK_ENV_LOADED: '1' },
      sparkProperties: {
        'spark.app.name': 'Ringside',
        'spark.master': master,
        'spark.submit.deployMode': 'cluster',
        // A driver that is run again would write again.
        'spark.driver.supervise': 'false',
        'spark.driver.extraJavaOptions': OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`).join(' '),
      },
    }),
  );
  if (created.success && created.submissionId !== undefined) return { by: 'rest', submission: created.submissionId };
  throw failed('The Spark master refused the job.', created.message);
}

/** The arguments of spark-submit as the driver gets them: it is spark-submit in client mode, on a worker. */
export function restArguments(master: string, directory: string, paths: readonly string[]): string[] {
  const jars = paths.map(jarAddress);
  const files = { properties: join(directory, PROPERTIES_FILE), script: join(directory, SCRIPT_FILE), jars };
  return [...submitArguments(master, files), '--events', join(directory, EVENTS_FILE)];
}

async function life(rest: string, handle: Handle): Promise<Life> {
  if (handle.by !== 'rest') return 'unknown';
  const answer = await ask(`${rest}/v1/submissions/status/${encodeURIComponent(handle.submission)}`).catch(() => null);
  const { success, driverState } = statusSchema.safeParse(answer).data ?? {};
  if (success !== true || driverState === undefined) return 'unknown';
  return ['SUBMITTED', 'RUNNING', 'RELAUNCHING'].includes(driverState) ? 'running' : 'ended';
}

async function end(rest: string, handle: Handle): Promise<void> {
  if (handle.by !== 'rest') return;
  await ask(`${rest}/v1/submissions/kill/${encodeURIComponent(handle.submission)}`, {});
  const deadline = performance.now() + GRACE_MS;
  while ((await life(rest, handle)) !== 'ended') {
    if (performance.now() > deadline) throw failed('The Spark master did not end the job.', handle.submission);
    await delay(LOOK_MS);
  }
}

/** GET, or POST with a body. */
async function ask(url: string, body?: unknown, timeoutMs = TIMEOUT_MS): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
      ...(body === undefined
        ? {}
        : {
            method: 'POST',
            body: JSON.stringify(body),
            headers: { 'content-type': 'application/json;charset=UTF-8' },
          }),
    });
    return await answer.json();
  } catch (cause) {
    throw failed('The Spark master does not answer.', cause instanceof Error ? cause.message : String(cause), cause);
  }
}

function failed(message: string, detail: string | undefined, cause?: unknown): Failure {
  return new Failure(
    { code: 'spark_failed', message, ...(detail === undefined ? {} : { detail }), retryable: false },
    cause === undefined ? undefined : { cause },
  );
}
