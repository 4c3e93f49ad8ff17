import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_DIRECTORY } from '../support/paths.mjs';

/**
 * The folder through which `npm start` and its web server exchange the state of Ringside's own Cassandra: files that only
 * this user can write. The web server finds it in RINGSIDE_OWN_CASSANDRA, which is unset when clusters are configured; its
 * side is lib/own-cassandra.ts.
 */
export const OWN_CASSANDRA_DIRECTORY = join(STATE_DIRECTORY, 'own-cassandra');

/**
 * What the page shows.
 * @typedef {object} OwnCassandra
 * @property {string} cluster its cluster name
 * @property {'ended' | 'starting'} state `starting`: restarting after it had ended
 * @property {string} message what happened
 * @property {string} hint what to do
 */

/**
 * @param {OwnCassandra | null} own null while it runs
 * @param {string} [directory]
 */
export function writeOwnState(own, directory = OWN_CASSANDRA_DIRECTORY) {
  const path = join(directory, 'state.json');
  if (own === null) return rmSync(path, { force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // The reader is another process and must never see half a state.
  writeFileSync(`${path}.part`, `${JSON.stringify(own)}\n`, { mode: 0o600 });
  renameSync(`${path}.part`, path);
}

/**
 * @param {string} [directory]
 * @returns {boolean} whether the page requests a restart
 */
export function isRequested(directory = OWN_CASSANDRA_DIRECTORY) {
  return existsSync(join(directory, 'restart'));
}

/**
 * Removes the page's request, once it is being handled.
 * @param {string} [directory]
 */
export function clearRequest(directory = OWN_CASSANDRA_DIRECTORY) {
  rmSync(join(directory, 'restart'), { force: true });
}

/**
 * Removes what an earlier start may have left.
 * @param {string} [directory]
 */
export function clearOwnState(directory = OWN_CASSANDRA_DIRECTORY) {
  rmSync(directory, { recursive: true, force: true });
}
