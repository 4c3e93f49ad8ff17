import 'server-only';
import { execFile, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Failure } from '@/lib/failure';
import { OWNER_ONLY_FILE } from '@/lib/regular-file';
import type { Handle, Life, Way } from './application';
import { EVENTS_FILE, LOG_FILE, PROPERTIES_FILE, SCRIPT_FILE } from './files';
import { environmentOf, type Submit } from './find-submit';
import { jarAddress } from './jar-address';
import { submitArguments } from './plan/command';

const run = promisify(execFile);
/** Spark stops its tasks and removes its temporary files before it ends. */
const GRACE_MS = 10_000;
const LOOK_MS = 100;

interface Submission {
  readonly submit: Submit;
  readonly master: string;
}

/** Runs spark-submit as a process group that outlives Ringside. */
export function byProcess(submission: Submission): Way {
  return { start: (directory, jars) => start(submission, directory, jars), life, end };
}

async function start({ submit, master }: Submission, directory: string, paths: readonly string[]): Promise<Handle> {
  const [events, log] = await Promise.all(
    [EVENTS_FILE, LOG_FILE].map((name) => open(join(directory, name), 'a', OWNER_ONLY_FILE)),
  );
  try {
    const jars = paths.map(jarAddress);
    const args = submitArguments(master, { properties: PROPERTIES_FILE, script: SCRIPT_FILE, jars });
    const child = spawn(submit.path, args, {
      cwd: directory,
      detached: true,
      stdio: ['ignore', events?.fd, log?.fd],
      env: environmentOf(submit),
    });
    const pid = await new Promise<number>((found, failed) => {
      child.once('spawn', () => found(child.pid ?? -1));
      child.once('error', failed);
    });
    child.unref();
    const startedAt = await startOf(pid);
    if (startedAt === null) throw new Error('it ended at once');
    return { by: 'process', pid, startedAt };
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    const message = `${submit.path} could not be started.`;
    throw new Failure({ code: 'spark_failed', message, hint: `See ${LOG_FILE}.`, detail, retryable: false }, { cause });
  } finally {
    await Promise.all([events?.close(), log?.close()]);
  }
}

/** When a process started, as the system writes it; null: there is none. */
async function startOf(pid: number): Promise<string | null> {
  const found = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    env: { ...process.env, LC_ALL: 'C' },
  }).catch(() => null);
  const [, state = 'Z', startedAt = ''] = /^(\S+)\s+(.*\S)\s*$/.exec(found?.stdout ?? '') ?? [];
  return state.startsWith('Z') || startedAt === '' ? null : startedAt;
}

async function life(handle: Handle): Promise<Life> {
  if (handle.by !== 'process') return 'unknown';
  return (await startOf(handle.pid)) === handle.startedAt ? 'running' : 'ended';
}

async function end(handle: Handle): Promise<void> {
  if (handle.by !== 'process') return;
  const deadline = performance.now() + GRACE_MS;
  signalGroup(handle.pid, 'SIGTERM');
  while ((await life(handle)) === 'running') {
    if (performance.now() > deadline) signalGroup(handle.pid, 'SIGKILL');
    await delay(LOOK_MS);
  }
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // It ended in between.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
