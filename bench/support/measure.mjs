import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Process watching and arithmetic that the benchmarks share. Memory figures come from Linux's /proc. */

/** @param {readonly number[]} numbers @returns {number} */
export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}

/** @param {() => Promise<unknown>} work @returns {Promise<number>} milliseconds */
export async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** @param {number} pid @returns {number} resident bytes now; 0 when unknown */
function residentBytes(pid) {
  return statusBytes(pid, 'VmRSS');
}

/** @param {number} pid @returns {number} peak resident bytes */
function peakBytes(pid) {
  return statusBytes(pid, 'VmHWM');
}

/** @param {number} pid @param {string} field */
function statusBytes(pid, field) {
  try {
    const [, kilobytes = '0'] =
      new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Number(kilobytes) * 1024;
  } catch {
    // The process has ended, or this system has no /proc.
    return 0;
  }
}

/** @param {number} port of 127.0.0.1 @returns {number | null} the process listening there; null when unknown */
export function pidOfPort(port) {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  if (process.platform !== 'linux') return null;
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[1]?.endsWith(wanted) && fields[3] === '0A')
      .map((fields) => `socket:[${fields[9]}]`),
  );
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        if (inodes.includes(readlinkSync(`/proc/${pid}/fd/${fd}`))) return Number(pid);
      }
    } catch {
      // The process has ended, or belongs to another user.
    }
  }
  return null;
}

/**
 * Watches a process while `work` runs.
 * @template T
 * @param {number | null} pid
 * @param {() => Promise<T>} work
 * @returns {Promise<{ value: T, idle: number, peak: number, cpuSeconds: number }>} bytes before, peak bytes, and its CPU time
 */
export async function watched(pid, work) {
  if (pid === null) return { value: await work(), idle: 0, peak: 0, cpuSeconds: 0 };
  const [idle, cpu] = [residentBytes(pid), cpuSecondsOf(pid)];
  let peak = idle;
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 50);
  try {
    const value = await work();
    return { value, idle, peak: Math.max(peak, residentBytes(pid)), cpuSeconds: cpuSecondsOf(pid) - cpu };
  } finally {
    clearInterval(timer);
  }
}

/** User and system time of a process so far: fields 14 and 15 of proc(5)'s stat, in ticks of 10 ms. */
function cpuSecondsOf(/** @type {number} */ pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
  } catch {
    return 0;
  }
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number | null, output: string, errors: string, seconds: number, peak: number, cpuSeconds: number }>}
 */
export async function runTimed(command, args, { cwd, env = process.env } = {}) {
  const startedAt = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env, ...(cwd === undefined ? {} : { cwd }) });
  let [output, errors, peak, cpuSeconds] = ['', '', 0, 0];
  child.stdout.on('data', (data) => {
    output += data;
  });
  child.stderr.on('data', (data) => {
    errors += data;
  });
  const timer = setInterval(() => {
    peak = Math.max(peak, peakBytes(child.pid ?? 0));
    cpuSeconds = Math.max(cpuSeconds, cpuSecondsOf(child.pid ?? 0));
  }, 50);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearInterval(timer);
  return { code, output, errors, seconds: (performance.now() - startedAt) / 1_000, peak, cpuSeconds };
}

/** @param {number} value @returns {number} with at most two decimals */
export function round(value) {
  return Math.round(value * 100) / 100;
}

/**
 * Runs two commands, the second of which reads what the first writes.
 * @param {readonly string[]} from command and arguments
 * @param {readonly string[]} into
 * @param {{ cwd: string }} options
 * @returns {Promise<{ code: number, errors: string, seconds: number, peak: number, cpuSeconds: number }>} the first exit status
 * that is not 0, the memory of the larger process, the processor time of both
 */
export async function runPiped([first = '', ...firstArgs], [second = '', ...secondArgs], { cwd }) {
  const startedAt = performance.now();
  const source = spawn(first, firstArgs, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  const sink = spawn(second, secondArgs, { cwd, stdio: [source.stdout, 'ignore', 'pipe'] });
  // Its end is the other command's alone: otherwise the first would wait for ever once the second has ended.
  source.stdout.destroy();
  let [errors, peak] = ['', 0];
  const cpu = [0, 0];
  const timer = setInterval(() => {
    for (const [at, { pid = 0 }] of [source, sink].entries()) {
      peak = Math.max(peak, peakBytes(pid));
      cpu[at] = Math.max(cpu[at] ?? 0, cpuSecondsOf(pid));
    }
  }, 50);
  const codes = await Promise.all(
    [source, sink].map(async (child) => {
      child.stderr?.on('data', (data) => {
        errors += data;
      });
      return new Promise((resolve, reject) => {
        child.once('error', reject);
        child.once('exit', resolve);
      });
    }),
  );
  clearInterval(timer);
  const cpuSeconds = (cpu[0] ?? 0) + (cpu[1] ?? 0);
  return {
    code: codes.find((code) => code !== 0) ?? 0,
    errors,
    seconds: (performance.now() - startedAt) / 1_000,
    peak,
    cpuSeconds,
  };
}
