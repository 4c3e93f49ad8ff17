import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Submit } from './find-submit';

/** A standalone master and worker of Spark on loopback, for tests. */

export const MASTER = 'spark://127.0.0.1:17077';
export const REST = 'http://127.0.0.1:16066';
const MASTER_UI = 'http://127.0.0.1:18480';
const LOOK_MS = 250;

const stateSchema = z.object({ aliveworkers: z.number(), activeapps: z.array(z.unknown()) });

function daemon({ path, env }: Submit, args: readonly string[], data: string): ChildProcess {
  return spawn(join(path, '..', 'spark-class'), args, {
    stdio: 'ignore',
    detached: true,
    env: {
      ...process.env,
      ...env,
      SPARK_LOCAL_IP: '127.0.0.1',
      SPARK_WORKER_DIR: join(data, 'worker'),
      SPARK_DAEMON_JAVA_OPTS:
        '-Dspark.master.rest.enabled=true -Dspark.master.rest.host=127.0.0.1 -Dspark.master.rest.port=16066',
    },
  });
}

export function startMaster(submit: Submit, data: string): ChildProcess {
  const where = ['--host', '127.0.0.1', '--port', '17077', '--webui-port', '18480'];
  return daemon(submit, ['org.apache.spark.deploy.master.Master', ...where], data);
}

export function startWorker(submit: Submit, data: string): ChildProcess {
  const size = ['--host', '127.0.0.1', '--cores', '2', '--memory', '3g', '--webui-port', '18481'];
  return daemon(submit, ['org.apache.spark.deploy.worker.Worker', ...size, MASTER], data);
}

/** Resolves once the master knows so many live workers. */
export async function untilWorkers(count: number): Promise<void> {
  while ((await masterState())?.aliveworkers !== count) await delay(LOOK_MS);
}

/** How many applications the master has running; null: it does not answer. */
export async function activeApplications(): Promise<number | null> {
  return (await masterState())?.activeapps.length ?? null;
}

async function masterState() {
  const answer = await fetch(`${MASTER_UI}/json/`).catch(() => null);
  return answer === null ? null : stateSchema.parse(await answer.json());
}

/** Kills a process with all that it started, and waits for it. */
export async function killGroup(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}
