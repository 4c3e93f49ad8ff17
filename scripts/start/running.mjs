import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { OWNER_ONLY_FILE, privateDirectory } from '../support/private.mjs';
import { commandLineOf, isAlive } from '../support/processes.mjs';

/**
 * What a running `npm start` publishes about itself, for a second one and for `npm run demo`.
 * @typedef {object} Running
 * @property {number} pid
 * @property {string} url
 * @property {boolean} ready whether the page can be opened
 * @property {{ contactPoints: string[], port: number } | null} demo Ringside's own Cassandra
 */

const RUNNING_PATH = join(STATE_DIRECTORY, 'running.json');

/**
 * @param {unknown} value
 * @returns {Running | undefined} undefined if it is not such a record
 */
function asRunning(value) {
  if (typeof value !== 'object' || value === null) return undefined;
  const { pid, url, ready, demo } = /** @type {Record<string, unknown>} */ (value);
  if (typeof pid !== 'number' || typeof url !== 'string') return undefined;
  return { pid, url, ready: ready === true, demo: asDemo(demo) };
}

/**
 * @param {unknown} value
 * @returns {Running['demo']}
 */
function asDemo(value) {
  if (typeof value !== 'object' || value === null) return null;
  const { contactPoints, port } = /** @type {Record<string, unknown>} */ (value);
  if (!Array.isArray(contactPoints) || typeof port !== 'number') return null;
  return { contactPoints: contactPoints.map(String), port };
}

/**
 * The `npm start` or `npm run dev` now running in this folder.
 * @param {string} [path]
 * @returns {Promise<Running | undefined>}
 */
export async function findRunning(path = RUNNING_PATH) {
  if (!existsSync(path)) return undefined;
  /** @type {Running | undefined} */
  let running;
  try {
    running = asRunning(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
  if (running === undefined || running.pid === process.pid || !isAlive(running.pid)) return undefined;
  // The process id may have been reused by now.
  return /scripts[/\\](start|dev)\.mjs/.test(await commandLineOf(running.pid)) ? running : undefined;
}

/** @returns {boolean} whether a start in this folder was killed: its watchdog may still be cleaning up */
export function wasCutOff() {
  return existsSync(RUNNING_PATH);
}

/**
 * @param {Omit<Running, 'pid'>} running
 */
export function writeRunning(running) {
  privateDirectory(dirname(RUNNING_PATH));
  const text = `${JSON.stringify({ pid: process.pid, ...running }, null, 2)}\n`;
  writeFileSync(RUNNING_PATH, text, { mode: OWNER_ONLY_FILE });
}

/** Removes this process's record. */
export function clearRunning() {
  rmSync(RUNNING_PATH, { force: true });
}
