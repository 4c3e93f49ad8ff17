/** `npm run bootstrap`: installs the dependencies if they are missing or the lock has changed. Needs only Node. */
import { checkNode, install } from './support/install.mjs';
import { explain } from './support/problem.mjs';

try {
  checkNode();
  await install();
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
