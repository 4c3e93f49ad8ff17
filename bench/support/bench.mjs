import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../../scripts/support/paths.mjs';

/**
 * What each part of the benchmarks receives.
 * @typedef {object} Bench
 * @property {string} url of the served Ringside
 * @property {string} cluster its name there
 * @property {string} node `host:port`
 * @property {string} ring the record of the node, for nodetool
 * @property {string} directory for files
 * @property {number | null} pid of the server
 * @property {number} rows of the table that all contenders read
 * @property {number} rounds
 * @property {readonly number[]} sizes
 * @property {number} flights of the demo data
 * @property {number} flingSeconds
 * @property {string | undefined} peers
 * @property {readonly string[]} peerNames
 */

/**
 * Loads a table unless it exists.
 * @param {Bench} bench
 * @param {readonly string[]} args of bench/load.mjs
 */
export function load({ node, ring }, args) {
  runScript(['bench', 'load.mjs'], ['--contact-points', node, '--ring', ring, ...args]);
}

/**
 * Loads demo data unless it exists.
 * @param {Bench} bench
 * @param {readonly string[]} args of scripts/demo/load.mjs
 */
export function loadDemo({ node, ring }, args) {
  runScript(['scripts', 'demo', 'load.mjs'], ['--contact-points', node, ...args], { RINGSIDE_TEST_RING: ring });
}

/** @param {readonly string[]} path below the project @param {readonly string[]} args @param {Record<string, string>} env */
function runScript(path, args, env = {}) {
  const options = { stdio: /** @type {const} */ ('inherit'), cwd: ROOT, env: { ...process.env, ...env } };
  const { status } = spawnSync(process.execPath, [join(ROOT, ...path), ...args], options);
  if (status !== 0) throw new Error(`${path.join('/')} ${args.join(' ')} ended with ${status}`);
}

/**
 * @param {Bench} bench
 * @returns {Promise<{ state: string, rows: number, bytes: number, elapsedMs: number }>} the newest export
 */
export async function newestExport({ url }) {
  const response = await fetch(`${url}/api/exports`);
  const { exports } = await response.json();
  return exports[0];
}

/** The shell line of the terminal. @param {Bench} bench @param {readonly string[]} args */
export function terminalArguments({ node }, args) {
  return [join(ROOT, 'scripts', 'ringside.mjs'), 'export', '--contact-points', node, '--quiet', ...args];
}
