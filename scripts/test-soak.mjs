/**
 * `npm run test:soak [-- --minutes 30 --clients 50]`: careless and hostile clients against Ringside and a node with a heap
 * of 512 MB. It passes when nobody dies, nothing leaks and no row is wrong; see scripts/soak/.
 */
import { checkNode, install } from './support/install.mjs';
import { explain } from './support/problem.mjs';

try {
  checkNode();
  await install();
  const { runSoak } = await import('./soak/run.mjs');
  process.exitCode = await runSoak(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exitCode = 1;
}
process.exit();
