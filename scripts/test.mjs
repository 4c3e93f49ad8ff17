/** `npm test`: everything, straight from a clean clone. See scripts/test/. */
import { checkNode, install } from './support/install.mjs';
import { explain } from './support/problem.mjs';

try {
  checkNode();
  await install();
  const { runTests } = await import('./test/run.mjs');
  process.exitCode = await runTests(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
}
process.exit();
