/**
 * The one entrance to a real Cassandra on this machine, in containers or as Java processes: starts, watches and stops
 * rings, and loads rows into them as SSTables. Downloads, Docker and Java stay internal.
 */

export { nodeControl, nodetool, stopRing } from './control.mjs';
export { chooseEngine, engineWish } from './engine.mjs';
export { lockedVersions } from './lock-file.mjs';
export { probeCql } from './probe.mjs';
export { readRingIfAny, writeRing } from './record.mjs';
export { CellWriter, rowsOf } from './sstables/cells.mjs';
export { loadAsSstables } from './sstables/load.mjs';
export { localRing } from './sstables/local-ring.mjs';

/**
 * @typedef {import('./control.mjs').NodeControl} NodeControl
 * @typedef {import('./ring.mjs').Ring} Ring
 * @typedef {import('./ring.mjs').RingOptions} RingOptions
 * @typedef {import('./sstables/local-ring.mjs').LocalRing} LocalRing
 */

/**
 * Starts a ring and returns when every node answers and knows the others. The ring ends with this process, however that
 * ends. The driver and the downloader are imported only here: callers that only look at a ring do not need them.
 * @param {RingOptions} options
 * @returns {Promise<Ring>}
 * @throws {import('../scripts/support/problem.mjs').Problem} for everything that the user can fix
 */
export async function startRing(options) {
  const ring = await import('./ring.mjs');
  return ring.startRing(options);
}
