import { join } from 'node:path';
import { readRingIfAny, stopRing } from '../../embedded/index.mjs';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { explain } from '../support/problem.mjs';
import { say, seconds } from '../support/progress.mjs';

/** How long Cassandra may take to flush its data; the watchdog waits as long, through stopRing. */
const DRAIN_SECONDS = 30;

/** @returns {string[]} where records of Ringside's own Cassandra may be: one per ring size and kind */
function recordPaths() {
  const sizes = Array.from({ length: 9 }, (_, index) => index + 1);
  return ['docker', 'jvm'].flatMap((engine) =>
    sizes.map((size) => join(STATE_DIRECTORY, 'cassandra', `${engine}-${size}`, 'ring.json')),
  );
}

/**
 * Stops what this process started, whatever state it is in: the web server and Cassandra in parallel, since neither needs
 * the other to stop. Prints what is happening.
 * @param {{ web: Pick<import('../support/web.mjs').Web, 'stop'> | undefined, records?: readonly string[], graceMs?: number }} started
 *   `records`: of rings; those of another process are left alone
 */
export async function endAll({ web, records = recordPaths(), graceMs = DRAIN_SECONDS * 1000 }) {
  const own = records.filter((path) => readRingIfAny(path)?.owner === process.pid);
  const parts = [
    ...(web === undefined ? [] : ['the web server (up to 5 s)']),
    ...(own.length === 0 ? [] : [`Cassandra, which flushes its data first (up to ${DRAIN_SECONDS} s)`]),
  ];
  if (parts.length === 0) return;
  say(`\nStopping ${parts.join(' and ')}. Press Ctrl-C again to kill everything now.`);
  await Promise.all([
    ...(web === undefined ? [] : [ended('The web server', web.stop())]),
    ...own.map((path) => ended('Cassandra', stopRing(path, { graceMs }))),
  ]);
}

/**
 * @param {string} name
 * @param {Promise<unknown>} ending
 */
async function ended(name, ending) {
  const startedAt = performance.now();
  try {
    await ending;
    say(`✓ ${name} stopped (${seconds(performance.now() - startedAt)})`);
  } catch (error) {
    // The other one is stopped regardless.
    say(explain(error));
  }
}
