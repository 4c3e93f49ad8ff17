import { Problem } from '../support/problem.mjs';

/**
 * @typedef {object} ClusterPlan
 * @property {string | null} configured where clusters are configured; if set, Ringside starts no Cassandra
 * @property {boolean} offerLocal offer the Cassandra already running on this machine
 */

/**
 * Decides which clusters Ringside shows: the configured ones, otherwise its own plus any Cassandra on this machine.
 * @param {{ env: NodeJS.ProcessEnv, hasConfigFile: boolean, localAnswersCql: boolean }} facts
 *   `localAnswersCql`: a Cassandra listens on 127.0.0.1:9042
 * @returns {ClusterPlan}
 */
export function planClusters({ env, hasConfigFile, localAnswersCql }) {
  const variable = ['RINGSIDE_CLUSTERS', 'RINGSIDE_CONFIG', 'RINGSIDE_CONTACT_POINTS'].find((name) => env[name]);
  const configured = variable ?? (hasConfigFile ? 'ringside.config.json' : null);
  return { configured, offerLocal: configured === null && localAnswersCql };
}

/** The cluster name of Ringside's own Cassandra. */
export const DEMO = 'demo';

/**
 * The clusters that the web server connects to.
 * @param {{ contactPoints: readonly string[], port: number }} own
 * @param {boolean} offerLocal
 * @returns {object[]} like `clusters` in ringside.config.json
 */
export function clustersFor(own, offerLocal) {
  const demo = { name: DEMO, label: DEMO, contactPoints: own.contactPoints, port: own.port, writes: true };
  const local = { name: 'local', label: 'local', contactPoints: ['127.0.0.1'], port: 9042 };
  return offerLocal ? [demo, local] : [demo];
}

/** Off-heap memory, thread stacks and the machine's own needs, on top of the heap. */
const BESIDE_HEAP_MB = 500;
const HEAPS_MB = [1024, 768, 512];

/**
 * The heap for each node: as large as is useful and as fits.
 * @param {{ availableMb: number, nodes: number }} facts
 * @returns {number}
 * @throws {Problem} when not even the smallest fits
 */
export function heapFor({ availableMb, nodes }) {
  const share = availableMb / nodes - BESIDE_HEAP_MB;
  const heap = HEAPS_MB.find((candidate) => candidate <= share);
  if (heap !== undefined) return heap;
  const least = ((HEAPS_MB.at(-1) ?? 0) + BESIDE_HEAP_MB) * nodes;
  throw new Problem(
    `There is not enough memory for ${nodes === 1 ? 'Cassandra' : `${nodes} Cassandra nodes`}: ${Math.round(availableMb)} MB are free, ${least} MB are needed.`,
    `Close something that uses memory and try again${nodes > 1 ? ', or start fewer nodes' : ''}.\nOr connect Ringside to another Cassandra: see ringside.config.example.json.`,
  );
}
