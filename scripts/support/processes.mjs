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
 * Runs a command to its end and passes on its output line by line.
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
 * The standard output of a short command, or undefined if it fails, is not installed or takes too long.
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
 * Starts a command as the leader of a new process group, writing to a log. A Ctrl-C in the terminal does not reach it, so
 * whoever starts it must end it.
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
 * @returns {boolean} true while the process exists and is not a zombie
 */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  try {
    // The state follows the command's closing bracket; Z is a zombie.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return true;
  }
}

/**
 * The command line of a process, to tell one that we started from one that reused its id.
 * @param {number} pid
 * @returns {Promise<string>} empty if unavailable
 */
export async function commandLineOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return (await outputOf('ps', ['-o', 'command=', '-p', String(pid)])) ?? '';
  }
}

/**
 * Sends a signal to a process group from {@link startInBackground}, or to the process if there is no group.
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
 * When a process started, as reported by the system: together with its id, this identifies exactly one process.
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
 * Ends a process group: asks first, and kills what has not ended in time. Returns when its leader is gone; whatever is left
 * of the group is orphaned then, and is killed.
 * @param {number} pid
 * @param {{ graceMs?: number }} [options] 0: kill without asking
 */
export async function endGroup(pid, { graceMs = 15_000 } = {}) {
  if (isAlive(pid) && graceMs > 0) {
    // A stopped process sees no other signal until it is continued.
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
    // Usually nobody is left.
  }
}
