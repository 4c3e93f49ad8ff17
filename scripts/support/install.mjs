import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ROOT } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './processes.mjs';
import { step } from './progress.mjs';

/** The minimum in package.json; Next needs it. */
const LEAST_NODE = [20, 9];

/**
 * @param {string} version such as "v20.9.0"
 * @throws {Problem} when Ringside does not run on it
 */
export function checkNode(version = process.version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  const [leastMajor = 0, leastMinor = 0] = LEAST_NODE;
  if (major > leastMajor || (major === leastMajor && minor >= leastMinor)) return;
  throw new Problem(
    `This is Node ${version}; Ringside needs ${LEAST_NODE.join('.')} or newer.`,
    "Install a current Node (for example `nvm install --lts`, or your system's package), then run the command again.",
  );
}

/**
 * The relevant part of a package-lock.json. npm writes the same about what it has installed into
 * node_modules/.package-lock.json.
 * @typedef {{ packages?: Record<string, { version?: string, optional?: boolean, link?: boolean }> }} Lock
 */

/**
 * The packages of the lock that are not installed, or in another version. Optional packages are for other systems.
 * @param {Lock} wanted
 * @param {Lock | undefined} installed
 * @returns {string[]} paths such as node_modules/next
 */
export function missingPackages(wanted, installed) {
  const there = installed?.packages ?? {};
  return Object.entries(wanted.packages ?? {}).flatMap(([path, { version, optional, link }]) =>
    path === '' || optional || link || there[path]?.version === version ? [] : [path],
  );
}

/**
 * @param {string} path
 * @returns {Lock | undefined}
 */
function readLock(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/**
 * npm as a command line: the npm that runs this script, otherwise the one on the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function npmCommand(env = process.env) {
  const { npm_execpath: cli } = env;
  if (cli !== undefined && /^npm-cli\.c?js$/.test(basename(cli))) return [process.execPath, cli];
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/**
 * npm says first what is wrong, then prints lengthy usage.
 * @param {string} output
 * @returns {string}
 */
export function reasonIn(output) {
  const errors = output.split('\n').flatMap((line) => /^npm err(?:or|!) (\S.*)/i.exec(line)?.[1] ?? []);
  return (errors.length > 0 ? errors : output.trimEnd().split('\n').slice(-5)).slice(0, 5).join('\n    ');
}

/**
 * Installs the dependencies if they are missing or the lock has changed.
 * @param {{ signal?: AbortSignal | undefined }} [options]
 * @throws {Problem} when npm fails
 */
export async function install({ signal } = {}) {
  const wanted = readLock(join(ROOT, 'package-lock.json'));
  if (wanted === undefined) {
    throw new Problem('package-lock.json is missing.', 'This is not a complete copy of Ringside: clone it again.');
  }
  const missing = missingPackages(wanted, readLock(join(ROOT, 'node_modules', '.package-lock.json')));
  if (missing.length === 0) return;
  const installing = step(`Installing dependencies (npm ci, ${missing.length} packages)`);
  const startedAt = performance.now();
  const timer = setInterval(
    () => installing.update(`${Math.round((performance.now() - startedAt) / 1000)} s so far`),
    5000,
  );
  const [program = 'npm', ...fixed] = npmCommand();
  try {
    const { code, output } = await run(program, [...fixed, 'ci', '--no-audit', '--no-fund'], { cwd: ROOT, signal });
    if (code !== 0) throw new Error(reasonIn(output));
  } catch (cause) {
    signal?.throwIfAborted();
    throw new Problem(
      'The dependencies could not be installed.',
      'Check the network and npm (`npm ci` shows details), then run the command again.',
      { cause },
    );
  } finally {
    clearInterval(timer);
  }
  installing.done('Dependencies installed');
}
