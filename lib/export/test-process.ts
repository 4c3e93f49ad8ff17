import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Inside the project, so that its dependencies are found. */
const OUTPUT = join(ROOT, '.ringside', 'test');

/** Bundles a TypeScript file of the project as a Node program; `remove` it when done. */
export async function bundleProgram(entry: string): Promise<{ path: string; remove(): Promise<void> }> {
  await mkdir(OUTPUT, { recursive: true });
  const path = join(OUTPUT, `${basename(entry, '.ts')}-${process.pid}.mjs`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [entry],
    outfile: path,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20.9',
    format: 'esm',
    logLevel: 'silent',
    alias: { '@': ROOT.replace(/\/$/, ''), 'server-only': join(ROOT, 'node_modules/server-only/empty.js') },
  });
  return { path, remove: () => rm(path, { force: true }) };
}

export interface Running {
  readonly process: ChildProcess;
  /** Its output, line by line, until it ends. */
  readonly lines: AsyncIterable<string>;
  /** Resolves when it ends: the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export interface ProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** The system keeps every file of this process below this many bytes. */
  readonly fileBytes?: number;
}

export function startProgram(
  path: string,
  args: readonly string[],
  { env = {}, fileBytes }: ProcessOptions = {},
): Running {
  // bash counts `ulimit -f` in blocks of 1,024 bytes.
  const limit = fileBytes === undefined ? '' : `ulimit -f ${fileBytes / 1_024}; `;
  const child = spawn('bash', ['-c', `${limit}exec "$0" "$@"`, process.execPath, path, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? code));
  });
  return { process: child, lines: createInterface({ input: child.stdout }), ended };
}
