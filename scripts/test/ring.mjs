import { join } from 'node:path';
import { startRing } from '../../embedded/index.mjs';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { say, step } from '../support/progress.mjs';

/** Not 127.0.0.1 to .9, where `npm start` may have a ring running. */
const ADDRESSES = ['127.0.0.11', '127.0.0.12', '127.0.0.13'];

/** What saves the nodes' processor time, of which the tests need more than of anything else. */
const JAVA_FLAGS = [
  // Nodes live for minutes only, so the optimising compiler costs more than it saves: half of their time at startup.
  '-XX:TieredStopAtLevel=1',
  // Milliseconds, not 2: an idle node wakes up for little else.
  '-Dcassandra.approximate_time_precision_ms=20',
];

/**
 * A change of the schema is in memory and in the commit log, without a file for each table of system_schema at once. A node
 * that is killed gets what it missed from the others, but its commit log is read before: rows of tables unknown then are lost.
 */
const SCHEMA_IN_MEMORY = '-Dcassandra.test.flush_local_schema_changes=false';

/**
 * Starts a single node with a 512 MB heap, for tests of what it must survive.
 * @returns {Promise<import('../../embedded/index.mjs').Ring>}
 */
export async function startSmallNode() {
  const starting = step('Starting a Cassandra node with a 512 MB heap');
  const ring = await startRing({
    nodes: [{ address: '127.0.0.17', rack: 'rack1', dc: 'dc1' }],
    port: 9042,
    directory: join(STATE_DIRECTORY, 'heap-ring'),
    heapMb: 512,
    javaFlags: JAVA_FLAGS,
    clusterName: 'ringside-heap',
    onProgress: starting.update,
  });
  starting.done(`The node is up: Cassandra ${ring.release}`);
  return ring;
}

/**
 * Starts the ring for the tests: three nodes, one per rack.
 * @param {object} [options]
 * @param {string | undefined} [options.version] of Cassandra; default: the usual one, in containers if possible
 * @param {boolean} [options.changesSchemaInMemory] a third of the time for a change; see test-victim.ts for what a kill loses
 * @returns {Promise<import('../../embedded/index.mjs').Ring>}
 */
export async function startTestRing({ version, changesSchemaInMemory = false } = {}) {
  const starting = step('Starting a ring of three Cassandra nodes');
  const ring = await startRing({
    nodes: ADDRESSES.map((address, index) => ({ address, rack: `rack${index + 1}`, dc: 'dc1' })),
    port: 9042,
    directory: join(STATE_DIRECTORY, 'test-ring'),
    heapMb: 640,
    javaFlags: changesSchemaInMemory ? [...JAVA_FLAGS, SCHEMA_IN_MEMORY] : JAVA_FLAGS,
    clusterName: 'ringside-test',
    // The image has one release; jars are locked for every release.
    ...(version === undefined ? {} : { version, engine: 'jvm' }),
    onProgress: starting.update,
  });
  starting.done(`The ring is up: Cassandra ${ring.release}`);
  say(`  as ${ring.why}`);
  return ring;
}

/**
 * How tests find the ring: its nodes, and what embedded/index.mjs needs to stop and pause them.
 * @param {import('../../embedded/index.mjs').Ring} ring
 * @returns {Record<string, string>}
 */
export function ringEnvironment({ contactPoints, port, recordPath, release }) {
  return {
    RINGSIDE_TEST_RELEASE: release,
    RINGSIDE_TEST_NODES: contactPoints.map((address) => `${address}:${port}`).join(','),
    RINGSIDE_TEST_RING: recordPath,
  };
}

/**
 * The clusters of the end-to-end tests: the ring with writes (`demo`), the same read-only (`frozen`), and one that can
 * never be reached (`gone`). Reads use a quorum, so that tests see what they have written whichever replica was busy, and
 * while one node is down.
 * @param {import('../../embedded/index.mjs').Ring} ring
 * @returns {object[]}
 */
export function clustersForTests({ contactPoints, port }) {
  const ring = { contactPoints, port, consistency: 'LOCAL_QUORUM' };
  return [
    { name: 'demo', label: 'Demo', ...ring, writes: true },
    { name: 'frozen', label: 'Frozen', colour: '#c62828', ...ring },
    { name: 'gone', label: 'Gone', contactPoints: ['127.0.0.99'], port: 9042 },
  ];
}
