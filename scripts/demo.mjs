/**
 * `npm run demo` loads the demo data, `npm run demo -- --drop` removes it. Without --contact-points it uses Ringside's own
 * Cassandra, never another one that happens to run on this machine.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findRunning } from './start/running.mjs';
import { checkNode, install } from './support/install.mjs';
import { ROOT } from './support/paths.mjs';
import { explain, Problem } from './support/problem.mjs';

/**
 * @param {readonly string[]} args
 * @returns {Promise<string[]>} the arguments with the cluster filled in
 */
async function withCluster(args) {
  if (args.some((arg) => arg.startsWith('--contact-points') || arg === '--help')) return [...args];
  const demo = (await findRunning())?.demo;
  if (demo) return [...args, '--contact-points', demo.contactPoints.join(','), '--port', String(demo.port)];
  throw new Problem(
    "Ringside's own Cassandra is not running.",
    'Start it with npm start, or choose another: npm run demo -- --contact-points HOST:PORT',
  );
}

try {
  checkNode();
  await install();
  const args = [join(ROOT, 'scripts', 'demo', 'load.mjs'), ...(await withCluster(process.argv.slice(2)))];
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
  // The loader receives Ctrl-C directly; this process waits for it to end.
  process.on('SIGINT', () => {});
  child.once('exit', (code) => {
    process.exitCode = code ?? 1;
  });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}
