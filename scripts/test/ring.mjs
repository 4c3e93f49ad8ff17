import { join } from 'node:path';
import { startRing } from '../../embedded/index.mjs';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { say, step } from '../support/progress.mjs';

/** Apart from 127.0.0.1 to .9, where `npm start` may have a ring at the same time. */
const ADDRESSES = ['127.0.0.11', '127.0.0.12', '127.0.0.13'];

/**
 * The nodes live for minutes: what the optimising compiler makes of their code costs more than it saves, half of the
 * processor time of a node at the beginning, on a machine that the tests themselves keep busy.
 */
const JAVA_FLAGS = ['-XX:TieredStopAtLevel=1'];

/**
 * Starts a single node with a heap of 512 MB, for what must not end it.
 * @returns {Promise<import('../../embedded/index.mjs').Ring>}
 */
export async function startSmallNode() {
  const starting = step('Starting a Cassandra node with a heap of 512 MB');
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
 * Starts the ring that the tests use: three nodes, a rack each.
 * @param {string} [version] of Cassandra; default: the usual one, in containers where they can be had
 * @returns {Promise<import('../../embedded/index.mjs').Ring>}
 */
export async function startTestRing(version) {
  const starting = step('Starting a ring of three Cassandra nodes');
  const ring = await startRing({
    nodes: ADDRESSES.map((address, index) => ({ address, rack: `rack${index + 1}`, dc: 'dc1' })),
    port: 9042,
    directory: join(STATE_DIRECTORY, 'test-ring'),
    heapMb: 640,
    javaFlags: JAVA_FLAGS,
    clusterName: 'ringside-test',
    // An image is of one release; the jars of each are locked.
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
 * What the web server of the end-to-end tests connects to: the ring for reading and writing (`demo`), the same for
 * reading only (`frozen`), and one that nobody ever reaches (`gone`). It reads from a quorum, so that what tests have
 * written is there whichever replica was busy then, and while one node is down.
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
