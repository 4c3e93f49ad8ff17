/**
 * `npm run test:faults`: every kind of scan through every kind of fault, on a dedicated ring. It takes most of an hour;
 * `npm test` has one case of each fault. Arguments after `--` go to the test runner.
 */
import { checkNode, install } from './support/install.mjs';
import { explain } from './support/problem.mjs';

try {
  checkNode();
  await install();
  const [{ ringEnvironment, startTestRing }, { vitest }, { say }] = await Promise.all([
    import('./test/ring.mjs'),
    import('./test/steps.mjs'),
    import('./support/progress.mjs'),
  ]);
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort(new Error('The tests were stopped by SIGINT.')));
  const ring = await startTestRing();
  try {
    const env = ringEnvironment(ring);
    const { passed, failed } = await vitest('faults', { env, rest: process.argv.slice(2), signal: interrupted.signal });
    say(`${passed} passed, ${failed} failed`);
    process.exitCode = failed === 0 ? 0 : 1;
  } finally {
    await ring.stop();
  }
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
process.exit();
