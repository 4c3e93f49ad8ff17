import { execFile, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE } from './private.mjs';
import { until } from './until.mjs';

const execute = promisify(execFile);

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine] every line of standard output and standard error
 * @property {AbortSignal | undefined} [signal] ends the command with SIGTERM
 */

/**
 * Runs a command to its end, handing over its output by the line.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string, stdout: string }>} the exit code (128 when a signal ended it), all
 *   output, and what of it was standard output
 */
export function run(command, args, { cwd, env = process.env, onLine, signal } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], signal });
    /** @type {string[]} */
    const output = [];
    /** @type {string[]} */
    const stdout = [];
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        output.push(line);
        if (stream === child.stdout) stdout.push(line);
        onLine?.(line);
      });
    }
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? 128, output: output.join('\n'), stdout: stdout.join('\n') }));
  });
}

/**
 * The standard output of a short command, or undefined when it fails, is not there or takes too long.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<string | undefined>}
 */
export async function outputOf(command, args, { timeoutMs = 10_000 } = {}) {
  try {
    const { stdout } = await execute(command, [...args], { timeout: timeoutMs });
    return stdout;
  } catch {
    return undefined;
  }
}

/**
 * Starts a command as the leader of a process group of its own, writing to a log. A Ctrl-C in the terminal does not
 * reach it: who started it ends it, in order.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ logPath: string, cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @returns {Promise<import('node:child_process').ChildProcess & { pid: number }>}
 */
export function startInBackground(command, args, { logPath, cwd, env = process.env }) {
  mkdirSync(dirname(logPath), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  const log = openSync(logPath, 'a', OWNER_ONLY_FILE);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
    child.once('error', reject);
    child.once('spawn', () => {
      const { pid } = child;
      if (pid === undefined) reject(new Error(`${command} started without a process id`));
      else resolve(Object.assign(child, { pid }));
    });
  }).finally(() => closeSync(log));
}

/**
 * @param {number} pid
 * @returns {boolean} true while the process exists and is more than an entry waiting to be collected
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    // After the command's closing bracket comes the state; Z is a process that ended and was not waited for.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/**
 * The command line of a process, to tell one that we started from one that only got the same number later.
 * @param {number} pid
 * @returns {Promise<string>} empty when it cannot be had
 */
export async function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return (await outputOf('ps', ['-o', 'command=', '-p', String(pid)])) ?? '';
  }
}

/**
 * Sends a signal to a process group that {@link startInBackground} made, or to the process where there is no group.
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
export function signalGroup(pid, signal) {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/**
 * When a process started, as the system tells it: with its number that names one process and no later one.
 * @param {number} pid
 * @returns {Promise<string>} empty when there is no such process
 */
export async function startOf(pid) {
  try {
    // The 22nd field (proc_pid_stat(5)); the command before it may hold spaces and brackets.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return (await outputOf('ps', ['-o', 'lstart=', '-p', String(pid)]))?.trim() ?? '';
  }
}

/**
 * Ends a process group: asks first, and kills what has not ended in time. Returns when its leader is gone; what is left
 * of the group then has nobody to answer to, and is killed.
 * @param {number} pid
 * @param {{ graceMs?: number }} [options] 0: nobody is asked
 */
export async function endGroup(pid, { graceMs = 15_000 } = {}) {
  if (isAlive(pid) && graceMs > 0) {
    // A stopped process sees no other signal before this one.
    signalGroup(pid, 'SIGCONT');
    signalGroup(pid, 'SIGTERM');
    await until(() => !isAlive(pid), { timeoutMs: graceMs, everyMs: 100 });
  }
  if (isAlive(pid)) signalGroup(pid, 'SIGKILL');
  else killRestOf(pid);
  await until(() => !isAlive(pid), { timeoutMs: 10_000, everyMs: 100 });
}

/** @param {number} leader of a group, itself gone */
function killRestOf(leader) {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Nobody is left, which is the rule.
  }
}
