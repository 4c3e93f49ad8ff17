import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { probeCql } from '../../embedded/index.mjs';
import { build } from '../support/build.mjs';
import { bundleConnectTest } from '../support/connect-test.mjs';
import { bundleExportThread } from '../support/export-thread.mjs';
import { ROOT } from '../support/paths.mjs';
import { tryBind } from '../support/ports.mjs';
import { explain, Problem } from '../support/problem.mjs';
import { say, seconds } from '../support/progress.mjs';
import { until } from '../support/until.mjs';
import { startWeb } from '../support/web.mjs';
import { clustersFor, DEMO, planClusters } from './clusters.mjs';
import { loadDemoData } from './demo-data.mjs';
import { endAll } from './ending.mjs';
import { keepRunning } from './keep-running.mjs';
import { placeFor, startOwnCassandra } from './own-cassandra.mjs';
import { clearOwnState, OWN_CASSANDRA_DIRECTORY } from './own-state.mjs';
import { writeRunning } from './running.mjs';

/** How long a watchdog may need to clean up after a killed start. */
const WATCHDOG_MS = 15_000;

/**
 * @param {string} host
 * @param {number} port
 * @param {boolean} afterCutOff whatever listens there may be about to end
 * @throws {Problem} when the page cannot be served there
 */
async function checkWebPort(host, port, afterCutOff) {
  const isFree = async () => 'port' in (await tryBind(host, port));
  if (await until(isFree, { timeoutMs: afterCutOff ? WATCHDOG_MS : 0 })) return;
  const answer = await tryBind(host, port);
  if ('port' in answer) return;
  throw new Problem(
    answer.code === 'EADDRINUSE'
      ? `Port ${port} on ${host} is in use by another program.`
      : `Ringside cannot listen on port ${port} of ${host} (${answer.code}).`,
    `Choose another port: PORT=${port + 1} npm start`,
  );
}

/**
 * Runs Ringside's own Cassandra: loads demo data once it answers, and offers a restart when it ends.
 * @param {{ contactPoints: string[], port: number }} place
 * @param {boolean} demo
 * @param {Promise<unknown>} page resolves when the page can be opened; the data loads after that
 * @param {AbortSignal} signal
 */
async function runOwnCassandra(place, demo, page, signal) {
  const ring = await startOwnCassandra(place);
  let loaded = !demo;
  /** @type {Promise<void>} */
  let loading = Promise.resolve();
  const load = () => {
    loading = loading.then(async () => {
      if (loaded) return;
      await page;
      try {
        await loadDemoData(place, { signal });
        loaded = true;
      } catch (error) {
        if (!signal.aborted) say(`\n${explain(error)}`);
      }
    });
  };
  load();
  // Continue the load that Cassandra's end interrupted.
  await keepRunning(ring, { cluster: DEMO, signal, onRestarted: load });
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<T>} the promise's value, unless the signal aborts first
 */
function orAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

/**
 * Runs Ringside until it is stopped. Builds, downloads and starts in parallel where possible.
 * @param {'start' | 'dev'} command
 * @param {import('./options.mjs').StartOptions & { afterCutOff: boolean }} options
 * @param {AbortSignal} signal ends it
 * @throws {Problem} when it cannot start, or the web server ends unexpectedly
 */
export async function runSession(command, { nodes, demo, host, port, afterCutOff }, signal) {
  const startedAt = performance.now();
  await checkWebPort(host, port, afterCutOff);
  const { configured, offerLocal } = planClusters({
    env: process.env,
    hasConfigFile: existsSync(join(ROOT, 'ringside.config.json')),
    localAnswersCql: (await probeCql('127.0.0.1', 9042)) === 'cql',
  });
  const own = configured === null ? await placeFor(nodes) : null;
  clearOwnState();
  if (configured !== null) say(`Clusters: as configured in ${configured}`);
  if (offerLocal) say('Clusters: the Cassandra at 127.0.0.1:9042 is offered as "local", read-only');

  /** @type {import('../support/web.mjs').Web | undefined} */
  let web;
  const failed = new AbortController();
  const anyEnd = AbortSignal.any([signal, failed.signal]);
  const page = (async () => {
    await (command === 'start' ? build({ signal: anyEnd }) : Promise.all([bundleConnectTest(), bundleExportThread()]));
    const clusters = own === null ? undefined : clustersFor(own, offerLocal);
    const env = own === null ? {} : { RINGSIDE_OWN_CASSANDRA: OWN_CASSANDRA_DIRECTORY };
    web = await startWeb({ command, host, port, clusters, env, signal: anyEnd });
    writeRunning({ url: web.url, ready: true, demo: own });
    say(`\n  Ringside is at ${web.url}   (${seconds(performance.now() - startedAt)}; press Ctrl-C to stop)\n`);
    await unexpectedEnd(web, anyEnd);
  })();
  const cassandra =
    own === null
      ? new Promise(() => {})
      : runOwnCassandra(
          own,
          demo,
          pageReady(() => web, anyEnd),
          anyEnd,
        );
  try {
    await orAborted(Promise.race([page, keepOn(cassandra, offerLocal, anyEnd)]), signal);
  } finally {
    failed.abort(new Error('the start failed'));
    await Promise.allSettled([page, endAll({ web })]);
    clearOwnState();
  }
}

/**
 * @param {import('../support/web.mjs').Web} web
 * @param {AbortSignal} signal
 * @throws {Problem} once it has ended
 */
async function unexpectedEnd({ ended, logPath }, signal) {
  const how = await ended;
  signal.throwIfAborted();
  throw new Problem(`The web server ended unexpectedly (${how}).`, 'See its log, then run the command again.', {
    logPath,
  });
}

/**
 * @param {() => unknown} web
 * @param {AbortSignal} signal
 */
function pageReady(web, signal) {
  return until(() => web() !== undefined, { timeoutMs: Number.POSITIVE_INFINITY, signal });
}

/**
 * Without its own Cassandra Ringside has nothing to show, unless another one is offered too.
 * @param {Promise<unknown>} cassandra
 * @param {boolean} hasOther
 * @param {AbortSignal} signal
 */
async function keepOn(cassandra, hasOther, signal) {
  try {
    await cassandra;
  } catch (error) {
    if (!hasOther || signal.aborted) throw error;
    say(`\n${explain(error)}\n`);
  }
  await new Promise(() => {});
}
