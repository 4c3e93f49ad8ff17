import { join } from 'node:path';
import { readRingIfAny, stopRing } from '../../embedded/index.mjs';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { explain } from '../support/problem.mjs';
import { say, seconds } from '../support/progress.mjs';

/** How long Cassandra may take to write its data out; the same holds for the watchdog, which has it from stopRing. */
const DRAIN_SECONDS = 30;

/** @returns {string[]} where the records of Ringside's own Cassandra may be: a ring of each size and kind has one */
function recordPaths() {
  const sizes = Array.from({ length: 9 }, (_, index) => index + 1);
  return ['docker', 'jvm'].flatMap((engine) =>
    sizes.map((size) => join(STATE_DIRECTORY, 'cassandra', `${engine}-${size}`, 'ring.json')),
  );
}

/**
 * Ends what this process started, whatever state it is in: the web server and Cassandra at the same time, for neither
 * needs the other to end. Says what is happening.
 * @param {{ web: Pick<import('../support/web.mjs').Web, 'stop'> | undefined, records?: readonly string[], graceMs?: number }} started
 *   `records`: of rings; those of another process are left alone
 */
export async function endAll({ web, records = recordPaths(), graceMs = DRAIN_SECONDS * 1000 }) {
  const own = records.filter((path) => readRingIfAny(path)?.owner === process.pid);
  const parts = [
    ...(web === undefined ? [] : ['the web server (5 s at most)']),
    ...(own.length === 0 ? [] : [`Cassandra, which writes its data out (${DRAIN_SECONDS} s at most)`]),
  ];
  if (parts.length === 0) return;
  say(`\nEnding ${parts.join(' and ')}. Ctrl-C again ends everything at once.`);
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
    say(`✓ ${name} has ended (${seconds(performance.now() - startedAt)})`);
  } catch (error) {
    // The other one is ended all the same.
    say(explain(error));
  }
}
