import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '@/scripts/support/paths.mjs';

/** Runs the command line in a separate process, as a person or a script would. */

const SCRIPT = join(ROOT, 'scripts', 'ringside.mjs');

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
}

/** Starts it without waiting for it to end. */
export function start(args: readonly string[]): Running {
  return collect(spawn(process.execPath, [SCRIPT, ...args], { cwd: ROOT }));
}

export function run(...args: string[]): Promise<Ended> {
  return start(args).ended;
}

/** Runs a shell line in which `"$@"` is the command with these arguments. */
export function runInShell(line: string, ...args: string[]): Promise<Ended> {
  return collect(spawn('bash', ['-c', line, 'bash', process.execPath, SCRIPT, ...args], { cwd: ROOT })).ended;
}

function collect(child: ChildProcessWithoutNullStreams): Running {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const ended = once(child, 'close').then(() => ({
    code: child.exitCode,
    signal: child.signalCode,
    stdout: Buffer.concat(stdout),
    stderr: Buffer.concat(stderr).toString(),
  }));
  return { child, ended };
}
