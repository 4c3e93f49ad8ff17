import 'server-only';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Cluster } from '@/lib/cassandra/client/cluster';
import { readSpark } from '@/lib/config';
import { readEnvironment } from '@/lib/env';
import { Failure } from '@/lib/failure';
import { writeText } from '@/lib/jobs/atomic-file';
import type { JobProgress } from '@/lib/jobs/job-kind';
import { isUntilRestart } from '@/lib/jobs/stop';
import { partOf, WorkDirectory } from '@/lib/jobs/work-directory';
import type { Manifest } from '@/lib/jobs/work-state';
import { formatCount } from '@/lib/text/format';
import { isVerified, type Life, type Way } from './application';
import { byProcess } from './by-process';
import { byRest } from './by-rest';
import { connectorJars } from './connector-jars';
import type { Said } from './events';
import { EVENTS_FILE, JARS_DIRECTORY, LOG_FILE, PROPERTIES_FILE, SCRIPT_FILE } from './files';
import { findSubmit } from './find-submit';
import { follow } from './follow';
import { removeOwn, takeParts } from './own-parts';
import { secretProperties } from './plan-spark';
import type { SparkWork } from './request';
import { begin, type SparkState, sparkStateSchema, standingOf, termsOf } from './state';

/** Characters of Spark's log that an error shows. */
const SHOWN_LOG = 2_000;

export interface SparkRun {
  readonly work: SparkWork;
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly watch: (progress: () => JobProgress) => void;
}

/**
 * Runs a job on Spark to its end, or finds one again that an earlier process of Ringside started. It is complete only when
 * its last line says that what was observed was read back; that the application ended proves nothing.
 * @throws Failure `spark_failed` for every other end; the signal's reason when it is stopped
 */
export async function runSpark(
  cluster: Cluster,
  { work, directory, signal, watch }: SparkRun,
): Promise<SparkState['progress']> {
  const terms = termsOf(work);
  const files = new WorkDirectory(directory, { noun: 'Spark job', terms, schema: sparkStateSchema });
  const lock = await files.hold();
  try {
    let state = (await files.load()) ?? begin(terms);
    const keep = async (change: Partial<SparkState>) => {
      state = { ...state, ...change };
      await files.save(state);
    };
    watch(() => ({ ...standingOf(state, [], state.progress), scan: null }));
    const way = wayOf(work);
    await startOnce(cluster, { work, directory, way, signal }, state, keep);
    const { said, life } = await followed(way, { directory, signal, state: () => state, keep });
    await keep({ progress: said.progress, rows: said.progress.rowsReadBack ?? state.rows, phase: 'over' });
    if (!isVerified(said)) throw await unverified(said, life, directory);
    return await finished(files, { work, directory, said, startedAt: state.startedAt, watch });
  } finally {
    await lock.release();
  }
}

type Keep = (change: Partial<SparkState>) => Promise<void>;

function wayOf({ master }: SparkWork): Way {
  const { rest, submit } = readSpark();
  if (rest !== undefined && master.startsWith('spark://')) return byRest(rest, master);
  const found = findSubmit({ configured: submit, env: process.env, data: readEnvironment().RINGSIDE_DATA_DIR });
  if (found !== null) return byProcess({ submit: found, master });
  const message = 'There is no spark-submit on this machine.';
  throw new Failure({
    code: 'spark_failed',
    message,
    hint: 'Run “ringside spark setup”, or set SPARK_HOME.',
    retryable: false,
  });
}

interface Starting {
  readonly work: SparkWork;
  readonly directory: string;
  readonly way: Way;
  readonly signal: AbortSignal;
}

/** Never starts twice: an application that may be running is looked for, not repeated. */
async function startOnce(cluster: Cluster, { work, directory, way, signal }: Starting, state: SparkState, keep: Keep) {
  // One that is over is looked at again: its lines still say how it ended.
  if (state.handle !== null) return;
  if (state.phase === 'starting') {
    throw ended('Ringside ended while it started this job, so it may be running.', 'Look for it at the Spark master.');
  }
  if (state.phase === 'over') throw ended('This job could not be started.', 'Start a new one.');
  // First of all, so that its files are never in a directory without a checkpoint.
  await keep({});
  const { RINGSIDE_DATA_DIR: data, RINGSIDE_MAVEN_REPOSITORY: repository } = readEnvironment();
  const jars = await connectorJars({ data, repository, signal });
  await writeText(join(directory, SCRIPT_FILE), work.script);
  await writeText(join(directory, PROPERTIES_FILE), await secretProperties(cluster, work.request));
  await keep({ phase: 'starting' });
  try {
    const handle = await way.start(directory, jars);
    await keep({ phase: 'started', handle });
  } catch (error) {
    await keep({ phase: 'over' });
    throw error;
  }
}

interface FollowedRun {
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly state: () => SparkState;
  readonly keep: Keep;
}

async function followed(
  way: Way,
  { directory, signal, state, keep }: FollowedRun,
): Promise<{ said: Said; life: Life }> {
  const { handle } = state();
  if (handle === null) throw new Error('a started job has no handle');
  let now = { rows: state().rows, bytes: state().bytes, progress: state().progress };
  const events = join(directory, EVENTS_FILE);
  try {
    const end = await follow({
      ...{ way, handle, events, signal },
      onSaid: ({ progress }, moved) => {
        const { rows, bytes } = moved ?? now;
        // What is read back afterwards writes nothing.
        now = { progress, rows: progress.rowsObserved ?? rows, bytes: Math.max(bytes, now.bytes) };
        Object.assign(state(), now);
      },
    });
    await forgetSecrets(directory);
    return end;
  } catch (error) {
    // It runs on while Ringside restarts, and the next process finds it by its handle.
    if (!isUntilRestart(signal)) {
      await way.end(handle);
      await forgetSecrets(directory);
    }
    await keep(now);
    throw error;
  }
}

/** The login is in the properties, which nobody needs once the application has ended; nor the jars. */
async function forgetSecrets(directory: string): Promise<void> {
  await rm(join(directory, PROPERTIES_FILE), { force: true });
  await rm(join(directory, JARS_DIRECTORY), { recursive: true, force: true });
}

async function unverified({ ended: last, failure, progress }: Said, life: Life, directory: string): Promise<Failure> {
  if (last !== null) {
    const { rowsObserved, rowsReadBack, rowsFailed } = progress;
    const counts = [
      `${count(rowsObserved)} rows observed`,
      `${count(rowsReadBack)} read back`,
      ...(rowsFailed === null || rowsFailed === 0 ? [] : [`${count(rowsFailed)} did not fit and were kept apart`]),
    ];
    return ended(
      `The job is not complete: ${counts.join(', ')}.`,
      `${SCRIPT_FILE} and ${LOG_FILE} are in ${directory}.`,
    );
  }
  const detail = failure ?? (await logTail(directory));
  const message =
    life === 'unknown'
      ? 'Nobody knows whether this application still runs: the Spark master does not know it.'
      : failure === null
        ? 'The application ended without its last line, so what it wrote is not complete.'
        : 'The application failed.';
  return ended(message, `Spark’s log is ${join(directory, LOG_FILE)}.`, detail);
}

function count(rows: number | null): string {
  return rows === null ? 'unknown' : formatCount(rows);
}

function ended(message: string, hint: string, detail?: string): Failure {
  return new Failure({
    ...{ code: 'spark_failed', message, hint, retryable: false },
    ...(detail === undefined || detail === '' ? {} : { detail }),
  });
}

async function logTail(directory: string): Promise<string> {
  const text = await readFile(join(directory, LOG_FILE), 'utf8').catch(() => '');
  return text.slice(-SHOWN_LOG).trim();
}

interface Finishing extends Pick<SparkRun, 'work' | 'directory' | 'watch'> {
  readonly said: Said;
  readonly startedAt: string;
}

async function finished(files: WorkDirectory<SparkState>, finishing: Finishing): Promise<SparkState['progress']> {
  const { work, directory, said, startedAt, watch } = finishing;
  const { request, master, timestampMicros } = work;
  const isOwn = request.do === 'export' && request.target === undefined;
  const parts = isOwn ? await takeParts(directory, request.format) : [];
  const { progress, ended: last } = said;
  const [rows, bytes] = [progress.rowsReadBack ?? 0, last?.bytes ?? 0];
  const facts: Pick<Manifest, 'isComplete' | 'startedAt' | 'warnings' | 'parts' | 'rows' | 'bytes'> = {
    ...{
      isComplete: true,
      startedAt,
      warnings: request.accepted.map((name) => `${name} may have lost values in Spark.`),
    },
    ...{ parts, rows, bytes },
  };
  await files.writeManifest({ ...facts, spark: progress, request, master, timestampMicros });
  if (isOwn) await removeOwn(directory);
  const done = standingOf(
    { rows, bytes },
    parts.map((part) => partOf({ ...part, isComplete: true })),
    progress,
  );
  watch(() => ({ ...done, scan: null }));
  return progress;
}
