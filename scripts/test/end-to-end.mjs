import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadDemoData } from '../start/demo-data.mjs';
import { ROOT, STATE_DIRECTORY } from '../support/paths.mjs';
import { freePort } from '../support/ports.mjs';
import { Problem } from '../support/problem.mjs';
import { say } from '../support/progress.mjs';
import { startWeb } from '../support/web.mjs';
import { clustersForTests, ringEnvironment } from './ring.mjs';
import { playwright } from './steps.mjs';
import { sum } from './tally.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {import('../../embedded/index.mjs').Ring} Ring */

/** Not 3000, where a Ringside may be running. */
const FIRST_WEB_PORT = 3200;
const HOST = '127.0.0.1';

/** Tests in parallel: while one waits (a paced export, gossip, the next poll) the other has the processors. */
const WORKERS = 2;

/** The data directories of the web servers. */
const DATA_DIRECTORY = join(STATE_DIRECTORY, 'e2e');

/**
 * The end-to-end tests: loads demo data into the ring, starts the built server, and drives it with a browser. Each worker
 * has its own server and browser and shares the ring. Tests that need the ring to themselves run last.
 * @param {Ring} ring
 * @param {{ browser: Record<string, string>, rest: readonly string[], signal: AbortSignal }} options
 *   `browser`: variables that name it
 * @returns {Promise<Tally>}
 */
export async function endToEnd(ring, { browser, rest, signal }) {
  if (!existsSync(join(ROOT, 'e2e', 'playwright.config.ts'))) {
    throw new Problem(
      'e2e/playwright.config.ts is missing.',
      'This is not a complete copy of Ringside: clone it again.',
    );
  }
  await loadDemoData(ring, { signal });
  rmSync(DATA_DIRECTORY, { recursive: true, force: true });
  /** @type {import('../support/web.mjs').Web[]} */
  const webs = [];
  try {
    for (let worker = 0; worker < WORKERS; worker += 1) webs.push(await startWebOf(worker, ring, signal));
    const env = {
      ...browser,
      ...ringEnvironment(ring),
      RINGSIDE_E2E_URL: webs.map(({ url }) => url).join(','),
      RINGSIDE_E2E_OWN_CASSANDRA: webs.map((_, worker) => ownCassandraOf(worker)).join(','),
    };
    const together = await playwright('together', { workers: WORKERS, env, rest, signal });
    const alone = await playwright('alone', { workers: 1, env, rest, signal });
    const kind = ring.engine === 'docker' ? 'containers' : 'processes';
    say(`The end-to-end tests ran against ${kind}: ${ring.contactPoints.length} nodes, ${ring.why}`);
    const all = sum([together, alone]);
    return all.passed + all.failed === 0 ? { ...all, failed: 1 } : all;
  } finally {
    await Promise.all(webs.map((web) => web.stop()));
  }
}

/**
 * @param {number} worker
 * @param {Ring} ring
 * @param {AbortSignal} signal
 */
async function startWebOf(worker, ring, signal) {
  const name = `e2e-web-${worker + 1}`;
  return startWeb({
    command: 'start',
    host: HOST,
    port: await freePort([HOST], FIRST_WEB_PORT),
    clusters: clustersForTests(ring),
    logName: `${name}.log`,
    env: {
      RINGSIDE_DATA_DIR: join(DATA_DIRECTORY, String(worker + 1)),
      RINGSIDE_ALLOWED_HOSTS: 'ringside.test',
      RINGSIDE_OWN_CASSANDRA: ownCassandraOf(worker),
    },
    signal,
  });
}

/** @param {number} worker @returns {string} where its web server reads the state of `npm start`'s Cassandra */
function ownCassandraOf(worker) {
  return join(DATA_DIRECTORY, `own-cassandra-${worker + 1}`);
}
