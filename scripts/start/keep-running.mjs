import { explain, Problem } from '../support/problem.mjs';
import { say, step } from '../support/progress.mjs';
import { until } from '../support/until.mjs';
import { clearRequest, isRequested, writeOwnState } from './own-state.mjs';
import { KEY, keyPress } from './terminal-key.mjs';

/** How often to check that Ringside's own Cassandra still runs. */
const LOOK_EVERY_MS = 2000;

/** How often to check for the page's restart request. */
const ASK_EVERY_MS = 200;

const DATA_IS_KEPT = 'Restart it: its data is kept.';

/**
 * Watches the nodes of a ring. When one ends, the terminal and the page say so and why, and offer to restart it.
 * @param {{ node: import('../../embedded/index.mjs').Ring['node'], contactPoints: readonly string[] }} ring
 * @param {{ cluster: string, signal: AbortSignal, directory?: string, lookEveryMs?: number, onRestarted?: () => void }} options
 *   `cluster`: its name on the page
 * @returns {Promise<never>} rejects when the signal ends it
 */
export async function keepRunning(ring, { cluster, signal, directory, lookEveryMs = LOOK_EVERY_MS, onRestarted }) {
  const nodes = ring.contactPoints.map((_, index) => ring.node(index));
  while (true) {
    let problem = await deathAmong(nodes, lookEveryMs, signal);
    while (problem !== undefined) {
      const { message, todo } = problem;
      say(`\n${explain(problem)}`);
      clearRequest(directory);
      writeOwnState({ cluster, state: 'ended', message, hint: `${todo} ${DATA_IS_KEPT}` }, directory);
      await wish(signal, directory);
      writeOwnState({ cluster, state: 'starting', message: 'Cassandra is restarting.', hint: '' }, directory);
      clearRequest(directory);
      problem = await startAgain(nodes, signal);
    }
    writeOwnState(null, directory);
    onRestarted?.();
  }
}

/** @typedef {import('../../embedded/index.mjs').NodeControl} NodeControl */

/** @param {readonly NodeControl[]} nodes */
async function ended(nodes) {
  const running = await Promise.all(nodes.map((node) => node.isRunning()));
  return nodes.filter((_, index) => !running[index]);
}

/**
 * @param {readonly NodeControl[]} nodes
 * @param {number} everyMs
 * @param {AbortSignal} signal
 */
async function deathAmong(nodes, everyMs, signal) {
  const dead = await until(async () => (await ended(nodes))[0], {
    timeoutMs: Number.POSITIVE_INFINITY,
    everyMs,
    signal,
  });
  return dead?.death();
}

/**
 * Waits until the user wants Cassandra restarted: by a key in the terminal, or by the button on the page.
 * @param {AbortSignal} signal
 * @param {string | undefined} directory
 */
async function wish(signal, directory) {
  const key = keyPress();
  const here = key === undefined ? '' : `press ${KEY} and Enter, or `;
  say(`  → ${DATA_IS_KEPT.replace('Restart it', `To restart it ${here}use the button on the page`)}\n`);
  try {
    await until(() => key?.pressed() || isRequested(directory), {
      timeoutMs: Number.POSITIVE_INFINITY,
      everyMs: ASK_EVERY_MS,
      signal,
    });
  } finally {
    key?.close();
  }
}

/**
 * @param {readonly NodeControl[]} nodes
 * @param {AbortSignal} signal
 * @returns {Promise<Problem | undefined>} why it did not start
 */
async function startAgain(nodes, signal) {
  const starting = step('Restarting Cassandra');
  try {
    await Promise.all((await ended(nodes)).map((node) => node.start()));
    starting.done('Cassandra is back, with its data');
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Problem) return error;
    throw error;
  }
}
