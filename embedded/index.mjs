/**
 * The one door to a real Cassandra on this machine, in containers or as processes on a Java: rings are started, watched
 * and stopped here, and rows are loaded into them as SSTables. What downloads, Docker and Java need stays behind it.
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
 * Starts a ring and returns when every node answers and knows the others. It ends with this process, however that ends.
 * The driver and the downloads are loaded now and not before: those who only look at a ring do without.
 * @param {RingOptions} options
 * @returns {Promise<Ring>}
 * @throws {import('../scripts/support/problem.mjs').Problem} for everything that the reader can put right
 */
export async function startRing(options) {
  const ring = await import('./ring.mjs');
  return ring.startRing(options);
}
