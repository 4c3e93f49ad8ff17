import { build } from '../support/build.mjs';
import { bundleConnectTest } from '../support/connect-test.mjs';
import { bundleExportThread } from '../support/export-thread.mjs';
import { explain, Problem } from '../support/problem.mjs';
import { say, seconds } from '../support/progress.mjs';
import { provideBrowser } from './browser.mjs';
import { EndToEnd } from './end-to-end.mjs';
import { checkFirstLoads } from './first-load.mjs';
import { testOptions, USAGE } from './options.mjs';
import { ringEnvironment, startTestRing } from './ring.mjs';
import { check, vitest } from './steps.mjs';
import { sum } from './tally.mjs';
import { hasTimeForMore } from './time-left.mjs';

/** @typedef {import('./options.mjs').StepName | 'e2e-alone' | 'e2e-pages'} StepName a line of the table of times */
/** @typedef {import('./tally.mjs').Tally} Tally */

/** @type {Tally} */
const PASSED = { passed: 1, failed: 0, skipped: 0 };
/** @type {Tally} */
const FAILED = { passed: 0, failed: 1, skipped: 0 };

/** Lines of a step that runs beside others: kept until those have ended, so that no two steps mix on the screen. */
class HeldLines {
  /** @type {string[] | null} */
  #held = [];

  /** @param {string} line */
  say = (line) => {
    if (this.#held === null) say(line);
    else this.#held.push(line);
  };

  /** Prints what was kept; later lines are printed as they come. */
  release() {
    for (const line of this.#held ?? []) say(line);
    this.#held = null;
  }
}

/** Runs steps and keeps their results. */
class Results {
  /** @type {{ name: StepName, tally: Tally, tookMs: number }[]} */
  #results = [];

  /**
   * Runs one step. A step that cannot run counts as one failure; the others continue.
   * @param {StepName} name
   * @param {() => Promise<Tally>} action
   * @param {AbortSignal} signal
   * @param {(line: string) => void} [onLine] takes the lines about the step itself
   */
  async run(name, action, signal, onLine = say) {
    signal.throwIfAborted();
    onLine(`\n── ${name}`);
    const startedAt = performance.now();
    let tally = FAILED;
    try {
      tally = await action();
    } catch (error) {
      signal.throwIfAborted();
      onLine(explain(error));
    }
    const tookMs = performance.now() - startedAt;
    this.#results.push({ name, tally, tookMs });
    onLine(`── ${name}: ${tally.passed} passed, ${tally.failed} failed (${seconds(tookMs)})`);
  }

  /** @param {StepName} name */
  passed(name) {
    return this.#results.every((result) => result.name !== name || result.tally.failed === 0);
  }

  /** @returns {Tally} */
  print() {
    say('');
    for (const { name, tally, tookMs } of this.#results) {
      const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
      say(
        `${tally.failed === 0 ? '✓' : '✗'} ${name.padEnd(12)} ${tally.passed} passed, ${tally.failed} failed${skipped}`.padEnd(
          58,
        ) + seconds(tookMs),
      );
    }
    return sum(this.#results.map(({ tally }) => tally));
  }
}

/**
 * @typedef {object} Parts what steps share
 * @property {Promise<Record<string, string>>} browser variables that name it
 * @property {Promise<import('../../embedded/index.mjs').Ring>} ring
 * @property {EndToEnd} endToEnd
 */

/**
 * The checks and the build, which the tests with a browser and the ring wait for.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runChecksAndBuild({ steps }, results, signal) {
  for (const name of /** @type {const} */ (['format', 'lint', 'typecheck'])) {
    if (steps.has(name)) await results.run(name, () => check(name, signal), signal);
  }
  if (steps.has('build') || steps.has('first-load') || steps.has('e2e')) {
    await results.run('build', () => build({ signal }).then(() => PASSED), signal);
  }
  if (steps.has('first-load')) await results.run('first-load', async () => checkFirstLoads(), signal);
}

/**
 * The tests that need no ring.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Parts} parts
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runWithoutRing({ steps, rest }, { browser }, results, signal) {
  if (steps.has('unit')) await results.run('unit', () => vitest('unit', { rest, signal }), signal);
  if (steps.has('components')) {
    const components = async () => vitest('components', { env: await browser, rest, signal });
    await results.run('components', components, signal);
  }
}

/**
 * The tests that mostly wait for nodes: of integration, and of the pages while nodes stop and start.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Parts} parts
 * @param {{ bundled: Promise<unknown>, built: Promise<void>, onLine: (line: string) => void }} beside
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runOnRing({ steps, rest }, { ring, endToEnd }, { bundled, built, onLine }, results, signal) {
  if (steps.has('integration')) {
    const integration = async () => {
      await bundled;
      return vitest('integration', { env: ringEnvironment(await ring), rest, onLine, signal });
    };
    await results.run('integration', integration, signal, onLine);
  }
  await built;
  if (steps.has('e2e')) await results.run('e2e-alone', () => endToEnd.alone(onLine), signal, onLine);
}

/**
 * The steps that need no ring, and beside them those that mostly wait for its nodes.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Parts} parts
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runBesideRing(options, parts, results, signal) {
  const lines = new HeldLines();
  // Integration tests start this part of a build; the build finds it done, instead of writing it at the same time.
  const bundled = Promise.all([bundleConnectTest(), bundleExportThread()]);
  await bundled.catch(() => {});
  const built = runChecksAndBuild(options, results, signal);
  const withoutRing = built.then(() => runWithoutRing(options, parts, results, signal));
  const ended = await Promise.allSettled([
    withoutRing.finally(() => lines.release()),
    runOnRing(options, parts, { bundled, built, onLine: lines.say }, results, signal),
  ]);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
}

/** In so many parts a machine that is four times as slow as usual runs one in the last eighth of CI's time. */
const PARTS = 6;

/**
 * The end-to-end tests that share the ring, and last those that look at every page. What CI has no time for is said.
 * @param {EndToEnd} endToEnd
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runTogether(endToEnd, results, signal) {
  const minutes = process.env.RINGSIDE_TEST_MINUTES;
  const mayBegin = () => hasTimeForMore(minutes, process.uptime() / 60);
  const limit = minutes === undefined ? undefined : { parts: PARTS, mayBegin };
  await results.run('e2e', () => endToEnd.together(say, limit), signal);
  if (mayBegin()) await results.run('e2e-pages', () => endToEnd.pages(say), signal);
  else {
    const gone = Math.round(process.uptime() / 60);
    say(`\n! not run: every page, light and dark, wide and narrow: ${gone} of ${minutes} minutes are gone`);
  }
}

/**
 * Runs the steps; the ring and the browser are provided while the first of them run.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runSteps(options, results, signal) {
  const { steps, rest, cassandra } = options;
  const needsRing = steps.has('integration') || steps.has('e2e');
  // If the ring fails to start, the steps that await it fail.
  const ring = needsRing
    ? startTestRing({ version: cassandra, changesSchemaInMemory: true })
    : Promise.reject(new Error('no step needs a ring'));
  ring.catch(() => {});
  const needsBrowser = steps.has('components') || steps.has('e2e');
  const browser = needsBrowser ? provideBrowser({ signal }) : Promise.reject(new Error('no step needs a browser'));
  browser.catch(() => {});
  const find = async () => {
    if (!results.passed('build')) throw new Problem('The end-to-end tests need a build.', 'Fix the build first.');
    return { ring: await ring, browser: await browser };
  };
  const endToEnd = new EndToEnd({ find, rest, signal });
  try {
    await runBesideRing(options, { browser, ring, endToEnd }, results, signal);
    if (steps.has('e2e')) await runTogether(endToEnd, results, signal);
  } finally {
    const started = needsRing ? await ring.catch(() => undefined) : undefined;
    await started?.stop();
  }
}

/**
 * `npm test`.
 * @param {readonly string[]} args
 * @returns {Promise<number>} the exit code
 */
export async function runTests(args) {
  const options = testOptions(args);
  if (options === 'help') {
    say(USAGE);
    return 0;
  }
  const startedAt = performance.now();
  const interrupted = new AbortController();
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.once(signal, () =>
      interrupted.abort(
        new Problem(`The tests were stopped by ${signal}.`, 'Everything they started has been stopped.'),
      ),
    );
  }
  const results = new Results();
  /** @type {Tally[]} */
  const beside = [];
  await runSteps(options, results, interrupted.signal).catch((error) => {
    say(explain(interrupted.signal.aborted ? interrupted.signal.reason : error));
    beside.push(FAILED);
  });
  const { passed, failed, skipped } = sum([results.print(), ...beside]);
  say(`${skipped > 0 ? `${skipped} skipped; ` : ''}all in ${seconds(performance.now() - startedAt)}`);
  say(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}
