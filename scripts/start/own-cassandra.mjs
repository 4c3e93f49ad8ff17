import { join } from 'node:path';
import { chooseEngine, engineWish, startRing } from '../../embedded/index.mjs';
import { availableMb } from '../support/memory.mjs';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { freePort } from '../support/ports.mjs';
import { say, step } from '../support/progress.mjs';
import { heapFor } from './clusters.mjs';

/** Not 9042, where the machine's own Cassandra may listen, now or later. */
const FIRST_PORT = 9142;

/**
 * Where Ringside's own Cassandra will listen, decided up front because the web server starts in parallel.
 * @param {number} nodes
 * @returns {Promise<{ contactPoints: string[], port: number }>}
 */
export async function placeFor(nodes) {
  const contactPoints = Array.from({ length: nodes }, (_, index) => `127.0.0.${index + 1}`);
  // A missing address is reported when the ring starts.
  return { contactPoints, port: await freePort(['127.0.0.1'], FIRST_PORT) };
}

/**
 * Starts Cassandra with its data from the last run.
 * @param {{ contactPoints: string[], port: number }} place
 * @returns {Promise<import('../../embedded/index.mjs').Ring>}
 */
export async function startOwnCassandra({ contactPoints, port }) {
  const nodes = contactPoints.length;
  const starting = step(nodes === 1 ? 'Starting Cassandra' : `Starting ${nodes} Cassandra nodes`);
  const onProgress = starting.update;
  const heapMb = heapFor({ availableMb: availableMb(), nodes });
  const { engine, ...choice } = await chooseEngine({ wish: engineWish(), nodes, onProgress });
  if (engine === 'jvm' && 'reason' in choice) say(`  Cassandra runs as a Java process: ${choice.reason}`);
  const ring = await startRing({
    nodes: contactPoints.map((address) => ({ address })),
    port,
    // Rings of different size or kind keep separate data.
    directory: join(STATE_DIRECTORY, 'cassandra', `${engine}-${nodes}`),
    heapMb,
    engine,
    clusterName: 'ringside-demo',
    persistent: true,
    onProgress,
  });
  starting.done(
    `Cassandra ${ring.release} answers on ${contactPoints.map((address) => `${address}:${port}`).join(', ')}`,
  );
  return ring;
}
