/**
 * `npm run test:versions [RELEASE…]`: the tests that talk to Cassandra, on each release in the lock. Cassandra 4
 * needs Java 11: from JAVA_HOME, the PATH, or downloaded.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { checkNode, install } from './support/install.mjs';
import { ROOT } from './support/paths.mjs';

checkNode();
await install();
const { lockedVersions } = await import('../embedded/index.mjs');
const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : lockedVersions();
const results = versions.map((version, index) => {
  process.stdout.write(`\n════ Cassandra ${version}\n`);
  // All releases share the build.
  const steps = index === 0 ? 'build,integration,e2e' : 'integration,e2e';
  const { status } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts', 'test.mjs'), '--only', steps, '--cassandra', version],
    { stdio: 'inherit', cwd: ROOT },
  );
  return { version, passed: status === 0 };
});
process.stdout.write('\n');
for (const { version, passed } of results) process.stdout.write(`${passed ? '✓' : '✗'} Cassandra ${version}\n`);
process.exitCode = results.every(({ passed }) => passed) ? 0 : 1;
