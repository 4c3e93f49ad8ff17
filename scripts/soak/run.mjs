import { setMaxListeners } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startRing } from '../../embedded/index.mjs';
import { build } from '../support/build.mjs';
import { STATE_DIRECTORY } from '../support/paths.mjs';
import { freePort } from '../support/ports.mjs';
import { Problem } from '../support/problem.mjs';
import { isAlive } from '../support/processes.mjs';
import { say, step } from '../support/progress.mjs';
import { until } from '../support/until.mjs';
import { startWeb } from '../support/web.mjs';
import { startHostilePeer } from './hostile-peer.mjs';
import { soakOptions } from './options.mjs';
import { Tally, wrong } from './outcome.mjs';
import { randomOf } from './random.mjs';
import { loadTables } from './tables.mjs';
import { growth, inMb, leftovers } from './verdict.mjs';
import { VISITS } from './visits.mjs';

/**
 * @typedef {import('./verdict.mjs').Sample} Sample
 * @typedef {import('./visits.mjs').Visit} Visit
 */

/** Not an address of `npm start` or of the tests. */
const ADDRESS = '127.0.0.19';
const HOST = '127.0.0.1';
const FIRST_WEB_PORT = 3300;
const HEAP_MB = 512;

const LOOK_EVERY_MS = 2_000;
const SAY_EVERY_MS = 60_000;
/** How many faults are printed as they happen; all are counted. */
const MOST_SAID = 40;
/** A visit that takes longer counts as hung. */
const VISIT_MS = 240_000;
const LONGEST_PAUSE_MS = 300;
/** How long the server may need to notice that all clients have left. */
const SETTLE_MS = 60_000;

/**
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function runSoak(args) {
  if (process.platform !== 'linux') {
    throw new Problem("The soak reads the server's memory and descriptors from /proc.", 'Run it on Linux.');
  }
  const options = soakOptions(args);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('The soak was stopped by SIGINT.')));
  await build({ signal: interrupted.signal });
  const starting = step(`Starting a Cassandra with a ${HEAP_MB} MB heap`);
  const ring = await startRing({
    nodes: [{ address: ADDRESS }],
    directory: join(STATE_DIRECTORY, 'soak-ring'),
    heapMb: HEAP_MB,
    clusterName: 'ringside-soak',
    onProgress: starting.update,
  });
  starting.done(`Cassandra ${ring.release} answers`);
  try {
    const loading = step('Loading tables with narrow and with very wide rows');
    await loadTables({ address: ADDRESS, port: ring.port }, interrupted.signal);
    loading.done();
    return await soak(ring, options, interrupted.signal);
  } finally {
    await ring.stop();
  }
}

/**
 * @param {import('../../embedded/index.mjs').Ring} ring
 * @param {import('./options.mjs').SoakOptions} options
 * @param {AbortSignal} interrupted
 */
async function soak(ring, options, interrupted) {
  const dataDirectory = join(STATE_DIRECTORY, 'soak');
  rmSync(dataDirectory, { recursive: true, force: true });
  const port = await freePort([HOST], FIRST_WEB_PORT);
  const web = await startWeb({
    command: 'start',
    host: HOST,
    port,
    logName: 'soak-web.log',
    signal: interrupted,
    clusters: [{ name: 'soak', contactPoints: [ADDRESS], port: ring.port }],
    env: { RINGSIDE_DATA_DIR: dataDirectory },
  });
  const peer = await startHostilePeer(HOST);
  try {
    const target = { host: HOST, port, hostilePort: peer.port };
    await warmUp(target, interrupted);
    return report(await watched({ ring, target, pid: web.pid, options, interrupted }), options);
  } finally {
    peer.close();
    await web.stop();
  }
}

/**
 * Makes every kind of visit once, so that permanent allocations exist before the first sample.
 * @param {import('./wire.mjs').Target} target
 * @param {AbortSignal} signal
 */
async function warmUp(target, signal) {
  const tally = new Tally();
  for (const visit of VISITS) await visitOnce(visit, { target, random: randomOf(1), tally }, signal);
  for (const line of tally.wrongs) say(`  in the warm-up: ${line}`);
}

/**
 * @typedef {object} Soaked
 * @property {Tally} tally
 * @property {Sample[]} samples
 * @property {Sample} before
 * @property {Sample} after
 * @property {string[]} deaths
 */

/**
 * @param {{ ring: import('../../embedded/index.mjs').Ring, target: import('./wire.mjs').Target, pid: number, options: import('./options.mjs').SoakOptions, interrupted: AbortSignal }} soak
 * @returns {Promise<Soaked>}
 */
async function watched({ ring, target, pid, options: { minutes, clients, seed }, interrupted }) {
  say(`\n${clients} clients for ${minutes} min (seed ${seed})`);
  const startedAt = performance.now();
  const look = () => lookAt(pid, performance.now() - startedAt);
  const [before, tally] = [look(), new Tally()];
  /** @type {Sample[]} */
  const samples = [];
  /** @type {string[]} */
  const deaths = [];
  const ending = new AbortController();
  const end = AbortSignal.any([interrupted, ending.signal]);
  // Each client adds a listener.
  setMaxListeners(0, end);
  const timer = setTimeout(() => ending.abort(new Error('the time is over')), minutes * 60_000);
  let [saidAt, saidFaults] = [performance.now(), 0];
  const looking = until(
    async () => {
      if (!isAlive(pid)) deaths.push('the web server has ended');
      else samples.push(look());
      if (!(await ring.node(0).isRunning())) deaths.push('Cassandra has ended');
      for (const fault of tally.wrongs.slice(saidFaults, MOST_SAID)) say(`  ✗ ${fault}`);
      saidFaults = tally.wrongs.length;
      if (performance.now() - saidAt >= SAY_EVERY_MS) {
        saidAt = performance.now();
        say(`  ${lineOf(samples.at(-1))}; ${tally.wrongs.length} wrong`);
      }
      return deaths.length > 0;
    },
    { timeoutMs: Number.POSITIVE_INFINITY, everyMs: LOOK_EVERY_MS, signal: end },
  ).catch(() => undefined);
  const visiting = Array.from({ length: clients }, (_, index) =>
    clientOf({ target, random: randomOf(seed + index), tally }, end),
  );
  await Promise.race([looking, Promise.all(visiting)]);
  ending.abort(new Error('the soak has ended'));
  clearTimeout(timer);
  await Promise.all([looking, ...visiting]);
  interrupted.throwIfAborted();
  await until(() => deaths.length > 0 || leftovers({ before, after: look() }).length === 0, { timeoutMs: SETTLE_MS });
  return { tally, samples, before, after: look(), deaths };
}

/**
 * Makes one visit after another.
 * @param {{ target: import('./wire.mjs').Target, random: import('./random.mjs').Random, tally: Tally }} client
 * @param {AbortSignal} end
 */
async function clientOf(client, end) {
  const choices = VISITS.flatMap((visit) => Array.from({ length: visit.weight }, () => visit));
  while (!end.aborted) {
    await visitOnce(client.random.pick(choices), client, end);
    await delay(client.random.integer(LONGEST_PAUSE_MS), undefined, { signal: end }).catch(() => undefined);
  }
}

/**
 * @param {Visit} visit
 * @param {{ target: import('./wire.mjs').Target, random: import('./random.mjs').Random, tally: Tally }} client
 * @param {AbortSignal} end
 */
async function visitOnce(visit, { target, random, tally }, end) {
  const hanging = AbortSignal.timeout(VISIT_MS);
  try {
    tally.add(visit.name, await visit.run({ target, random, signal: AbortSignal.any([end, hanging]) }));
  } catch (error) {
    if (end.aborted) return;
    const reason = hanging.aborted ? `no end after ${VISIT_MS / 1000} s` : String(error);
    tally.add(visit.name, wrong(reason));
  }
}

/**
 * @param {number} pid
 * @param {number} atMs
 * @returns {Sample}
 */
function lookAt(pid, atMs) {
  try {
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return { atMs, descriptors: readdirSync(`/proc/${pid}/fd`).length, residentBytes: Number(kilobytes) * 1024 };
  } catch {
    return { atMs, descriptors: 0, residentBytes: 0 };
  }
}

/** @param {Sample | undefined} sample */
function lineOf(sample) {
  if (sample === undefined) return 'no samples yet';
  return `${Math.round(sample.atMs / 60_000)} min: ${sample.descriptors} descriptors, ${inMb(sample.residentBytes)}`;
}

/**
 * @param {Soaked} soaked
 * @param {import('./options.mjs').SoakOptions} options
 */
function report({ tally, samples, before, after, deaths }, { minutes, clients, seed }) {
  say('');
  for (const line of tally.lines()) say(line);
  const most = (/** @type {(sample: Sample) => number} */ of) =>
    samples.reduce((peak, sample) => Math.max(peak, of(sample)), 0);
  say(
    `\nserver: ${before.descriptors} descriptors before, ${most((sample) => sample.descriptors)} peak, ${after.descriptors} after;` +
      ` ${inMb(before.residentBytes)} before, ${inMb(most((sample) => sample.residentBytes))} peak, ${inMb(after.residentBytes)} after`,
  );
  const idle = VISITS.filter(({ name }) => tally.okCount(name) === 0).map(({ name }) => `never succeeded: ${name}`);
  const faults = [...deaths, ...tally.wrongs, ...growth(samples), ...leftovers({ before, after }), ...idle];
  for (const fault of faults.slice(0, 40)) say(`✗ ${fault}`);
  if (faults.length > 40) say(`✗ and ${faults.length - 40} more`);
  say(
    `${clients} clients, ${minutes} min, seed ${seed}: ${faults.length === 0 ? 'no faults' : `${faults.length} faults`}`,
  );
  return faults.length === 0 ? 0 : 1;
}
