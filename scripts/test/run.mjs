import { build } from '../support/build.mjs';
import { bundleConnectTest } from '../support/connect-test.mjs';
import { bundleExportThread } from '../support/export-thread.mjs';
import { explain, Problem } from '../support/problem.mjs';
import { say, seconds } from '../support/progress.mjs';
import { provideBrowser } from './browser.mjs';
import { endToEnd } from './end-to-end.mjs';
import { checkFirstLoads } from './first-load.mjs';
import { testOptions, USAGE } from './options.mjs';
import { ringEnvironment, startTestRing } from './ring.mjs';
import { check, vitest } from './steps.mjs';
import { sum } from './tally.mjs';

/** @typedef {import('./options.mjs').StepName} StepName */
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

/** @typedef {{ browser: Promise<Record<string, string>>, ring: Promise<import('../../embedded/index.mjs').Ring> }} Parts */

/**
 * The steps that need no ring.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Parts} parts
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runWithoutRing({ steps, rest }, { browser }, results, signal) {
  for (const name of /** @type {const} */ (['format', 'lint', 'typecheck'])) {
    if (steps.has(name)) await results.run(name, () => check(name, signal), signal);
  }
  if (steps.has('unit')) await results.run('unit', () => vitest('unit', { rest, signal }), signal);
  if (steps.has('components')) {
    const components = async () => vitest('components', { env: await browser, rest, signal });
    await results.run('components', components, signal);
  }
  if (steps.has('build') || steps.has('first-load') || steps.has('e2e')) {
    await results.run('build', () => build({ signal }).then(() => PASSED), signal);
  }
  if (steps.has('first-load')) await results.run('first-load', async () => checkFirstLoads(), signal);
}

/**
 * The steps that need no ring, and beside them the integration tests, which mostly wait for nodes.
 * @param {import('./options.mjs').TestOptions} options
 * @param {Parts} parts
 * @param {Results} results
 * @param {AbortSignal} signal
 */
async function runBesideRing(options, parts, results, signal) {
  const lines = new HeldLines();
  // Integration tests start this part of a build; the build finds it done, instead of writing it at the same time.
  const bundling = Promise.all([bundleConnectTest(), bundleExportThread()]);
  await bundling.catch(() => {});
  const integration = async () => {
    await bundling;
    const env = ringEnvironment(await parts.ring);
    return vitest('integration', { env, rest: options.rest, onLine: lines.say, signal });
  };
  const ended = await Promise.allSettled([
    runWithoutRing(options, parts, results, signal).finally(() => lines.release()),
    ...(options.steps.has('integration') ? [results.run('integration', integration, signal, lines.say)] : []),
  ]);
  for (const each of ended) if (each.status === 'rejected') throw each.reason;
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
  const starting = needsRing ? startTestRing(cassandra) : Promise.reject(new Error('no step needs a ring'));
  starting.catch(() => {});
  const needsBrowser = steps.has('components') || steps.has('e2e');
  const browser = needsBrowser ? provideBrowser({ signal }) : Promise.reject(new Error('no step needs a browser'));
  browser.catch(() => {});
  try {
    await runBesideRing(options, { browser, ring: starting }, results, signal);
    if (steps.has('e2e')) {
      const tests = async () => {
        if (!results.passed('build')) throw new Problem('The end-to-end tests need a build.', 'Fix the build first.');
        return endToEnd(await starting, { browser: await browser, rest, signal });
      };
      await results.run('e2e', tests, signal);
    }
  } finally {
    const ring = needsRing ? await starting.catch(() => undefined) : undefined;
    await ring?.stop();
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
