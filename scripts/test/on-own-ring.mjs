import { checkNode, install } from '../support/install.mjs';
import { unlessEnded, untilEnded } from './until-ended.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/** @typedef {{ ring: import('../../embedded/index.mjs').Ring, rest: readonly string[], signal: AbortSignal }} Beside */

/**
 * Runs the tests of one project on nodes that are started for them, and ends the process with what came of it. What
 * stands after `--` goes to the test runner.
 * @param {'faults' | 'heap' | 'spark'} project
 * @param {'startTestRing' | 'startSmallNode'} start the nodes, by their name in ring.mjs
 * @param {(beside: Beside) => Promise<Tally>} [then] more tests on the same nodes
 */
export async function runOnOwnRing(project, start, then) {
  process.exitCode = await untilEnded(async (signal) => {
    checkNode();
    await install();
    // What these import may have been installed only now.
    const [rings, { vitest }, { sum }, { say }] = await Promise.all([
      import('./ring.mjs'),
      import('./steps.mjs'),
      import('./tally.mjs'),
      import('../support/progress.mjs'),
    ]);
    // Nodes that are still starting are ended by their watchdog.
    const ring = await unlessEnded(rings[start](), signal);
    try {
      const env = rings.ringEnvironment(ring);
      const rest = process.argv.slice(2);
      const first = await vitest(project, { env, rest, signal });
      const more = then === undefined ? [] : [await then({ ring, rest, signal })];
      const { passed, failed } = sum([first, ...more]);
      say(`${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    } finally {
      await ring.stop();
    }
  });
  process.exit();
}
