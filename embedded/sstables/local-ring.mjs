import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_DIRECTORY } from '../../scripts/support/paths.mjs';
import { isAlive } from '../../scripts/support/processes.mjs';
import { readRingIfAny } from '../record.mjs';

/**
 * @typedef {object} LocalRing one of this project's rings, running as processes on this machine
 * @property {string} recordPath
 * @property {import('../record.mjs').RingRecord} record
 */

/** The compiler in the jars of earlier releases does not support the Java they run on. */
const FIRST_MAJOR = 5;

/**
 * Whether rows can be loaded into a ring of this project as SSTable files.
 * @param {Pick<import('../record.mjs').RingRecord, 'engine' | 'release'>} record
 */
export function takesFiles({ engine, release }) {
  return engine === 'jvm' && Number.parseInt(release, 10) >= FIRST_MAJOR;
}

/**
 * The ring at a contact point, if it is one of this project's own that {@link takesFiles} and its nodes are processes on
 * this machine.
 * @param {string} contactPoint host or host:port
 * @param {number} port
 * @param {readonly string[]} [recordPaths] where to look
 * @returns {LocalRing | undefined}
 */
export function localRing(contactPoint, port, recordPaths = knownRecords()) {
  const [, host = contactPoint, ownPort] = /^([^:]+):(\d+)$/.exec(contactPoint) ?? [];
  for (const recordPath of recordPaths) {
    const record = readRingIfAny(recordPath);
    if (record === undefined || !takesFiles(record) || record.port !== Number(ownPort ?? port)) continue;
    const isThere = record.nodes.some(({ address }) => address === host);
    const allRun = record.nodes.every(({ run }) => run.kind === 'process' && run.pid > 0 && isAlive(run.pid));
    if (isThere && allRun) return { recordPath, record };
  }
  return undefined;
}

/** Records of rings from `npm start`, `npm test` and RINGSIDE_TEST_RING. */
function knownRecords() {
  const own = join(STATE_DIRECTORY, 'cassandra');
  const kept = existsSync(own) ? readdirSync(own).map((name) => join(own, name, 'ring.json')) : [];
  const named = process.env.RINGSIDE_TEST_RING;
  return [...(named ? [named] : []), ...kept, join(STATE_DIRECTORY, 'test-ring', 'ring.json')];
}
