import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadDemoData } from '../start/demo-data.mjs';
import { ROOT, STATE_DIRECTORY } from '../support/paths.mjs';
import { freePort } from '../support/ports.mjs';
import { Problem } from '../support/problem.mjs';
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

/** @typedef {{ ring: Ring, browser: Record<string, string> }} Place `browser`: variables that name it */

/**
 * The end-to-end tests: loads demo data into the ring, starts the built server, and drives it with a browser. Each worker
 * has its own server and browser and shares the ring.
 */
export class EndToEnd {
  #options;
  /** @type {Promise<Place> | undefined} */
  #place;
  #ran = 0;

  /** @param {{ find: () => Promise<Place>, rest: readonly string[], signal: AbortSignal }} options `find` is called once */
  constructor(options) {
    this.#options = options;
  }

  /**
   * The tests that need the ring to themselves. One worker runs them, so they can run beside steps without a ring.
   * @param {(line: string) => void} onLine
   * @returns {Promise<Tally>}
   */
  alone(onLine) {
    return this.#run('alone', 1, onLine);
  }

  /**
   * All others but {@link pages}, after {@link alone}.
   * @param {(line: string) => void} onLine
   * @param {{ parts: number, mayBegin: () => boolean }} [limit] they run in so many parts of like size, and one begins only
   *   while it may; what did not begin is said
   * @returns {Promise<Tally>}
   */
  together(onLine, limit) {
    return this.#run('together', WORKERS, onLine, limit);
  }

  /**
   * Those that look at every page in the same way, last. If none of any kind ran, that counts as one failure.
   * @param {(line: string) => void} onLine
   * @returns {Promise<Tally>}
   */
  async pages(onLine) {
    const tally = await this.#run('pages', WORKERS, onLine);
    return this.#ran === 0 ? { ...tally, failed: 1 } : tally;
  }

  /**
   * Those that need a real Spark.
   * @param {(line: string) => void} onLine
   * @returns {Promise<Tally>}
   */
  spark(onLine) {
    return this.#run('spark', 1, onLine);
  }

  /**
   * Runs tests with new servers, which know nothing of nodes that other tests stopped.
   * @param {'alone' | 'together' | 'pages' | 'spark'} project
   * @param {number} workers
   * @param {(line: string) => void} onLine
   * @param {{ parts: number, mayBegin: () => boolean }} [limit]
   */
  async #run(project, workers, onLine, limit) {
    this.#place ??= this.#prepare(onLine);
    const { ring, browser } = await this.#place;
    const { rest, signal } = this.#options;
    rmSync(DATA_DIRECTORY, { recursive: true, force: true });
    /** @type {import('../support/web.mjs').Web[]} */
    const webs = [];
    try {
      for (let worker = 0; worker < workers; worker += 1) webs.push(await startWebOf(worker, ring, signal));
      const env = {
        ...browser,
        ...ringEnvironment(ring),
        RINGSIDE_E2E_URL: webs.map(({ url }) => url).join(','),
        RINGSIDE_E2E_OWN_CASSANDRA: webs.map((_, worker) => ownCassandraOf(worker)).join(','),
      };
      const tally = await playwrightInParts(project, { workers, env, rest, onLine, signal }, limit);
      this.#ran += tally.passed + tally.failed;
      return tally;
    } finally {
      await Promise.all(webs.map((web) => web.stop()));
    }
  }

  /**
   * @param {(line: string) => void} onLine
   * @returns {Promise<Place>} with the demo data
   */
  async #prepare(onLine) {
    if (!existsSync(join(ROOT, 'e2e', 'playwright.config.ts'))) {
      throw new Problem(
        'e2e/playwright.config.ts is missing.',
        'This is not a complete copy of Ringside: clone it again.',
      );
    }
    const { find, signal } = this.#options;
    const place = await find();
    const { ring } = place;
    const kind = ring.engine === 'docker' ? 'containers' : 'processes';
    onLine(`The end-to-end tests run against ${kind}: ${ring.contactPoints.length} nodes, ${ring.why}`);
    await loadDemoData(ring, { signal, onLine });
    return place;
  }
}

/**
 * @param {Parameters<typeof playwright>[0]} project
 * @param {Parameters<typeof playwright>[1]} options
 * @param {{ parts: number, mayBegin: () => boolean }} [limit] default: all at once
 * @returns {Promise<Tally>} of the parts that ran
 */
async function playwrightInParts(project, options, limit) {
  if (limit === undefined) return playwright(project, options);
  const { parts, mayBegin } = limit;
  /** @type {Tally[]} */
  const ran = [];
  while (ran.length < parts && mayBegin()) {
    const part = `${ran.length + 1}/${parts}`;
    ran.push(await playwright(project, { ...options, rest: [...options.rest, `--shard=${part}`] }));
  }
  if (ran.length < parts) options.onLine?.(`\n! not run: ${parts - ran.length} of ${parts} parts of these tests`);
  return sum(ran);
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
