import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { STATE_DIRECTORY } from '../../scripts/support/paths.mjs';
import { isAlive } from '../../scripts/support/processes.mjs';
import { readRingIfAny } from '../record.mjs';

/**
 * @typedef {object} LocalRing a ring of this project's that runs as processes of this machine
 * @property {string} recordPath
 * @property {import('../record.mjs').RingRecord} record
 */

/** The compiler among the jars of earlier ones knows no Java that they run on. */
const FIRST_MAJOR = 5;

/**
 * Whether the nodes of a ring of this project's can be handed rows as files.
 * @param {Pick<import('../record.mjs').RingRecord, 'engine' | 'release'>} record
 */
export function takesFiles({ engine, release }) {
  return engine === 'jvm' && Number.parseInt(release, 10) >= FIRST_MAJOR;
}

/**
 * The ring behind a contact point, when it is one of this project's own that {@link takesFiles} and its nodes are
 * processes here.
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

/** Records of rings that `npm start`, `npm test` and whoever set RINGSIDE_TEST_RING have started. */
function knownRecords() {
  const own = join(STATE_DIRECTORY, 'cassandra');
  const kept = existsSync(own) ? readdirSync(own).map((name) => join(own, name, 'ring.json')) : [];
  const named = process.env.RINGSIDE_TEST_RING;
  return [...(named ? [named] : []), ...kept, join(STATE_DIRECTORY, 'test-ring', 'ring.json')];
}
