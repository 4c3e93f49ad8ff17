/**
 * `npm run test:ring`: the ring of the tests, up until Ctrl-C, so that the tests of one file run in seconds. It prints
 * the variables by which they find it.
 */
import { checkNode, install } from './support/install.mjs';
import { explain } from './support/problem.mjs';

try {
  checkNode();
  await install();
  const { keepTestRing } = await import('./test/keep-ring.mjs');
  await keepTestRing();
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
process.exit();
