/**
 * `node embedded/image/build.mjs BASE TAG`: builds a stand-in for the official image from the locked jars, on a base image
 * with Java 17.
 */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { explain, Problem } from '../../scripts/support/problem.mjs';
import { run } from '../../scripts/support/processes.mjs';
import { say, step } from '../../scripts/support/progress.mjs';
import { fetchJars } from '../jars.mjs';
import { MODULE_FLAGS, SERVER_FLAGS } from '../java-flags.mjs';
import { LOGBACK, QUIET_LOGBACK } from '../settings.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * @param {readonly string[]} flags
 * @returns {string} a java argument file: one argument per line
 */
function argumentFile(flags) {
  return `${flags.join('\n')}\n`;
}

/**
 * Writes everything that goes into the image.
 * @param {string} context a folder
 */
async function fill(context) {
  cpSync(await fetchJars(), join(context, 'jars'), { recursive: true });
  for (const name of ['Dockerfile', 'entrypoint.sh', 'nodetool']) cpSync(join(HERE, name), join(context, name));
  writeFileSync(join(context, 'java-flags'), argumentFile([...MODULE_FLAGS, ...SERVER_FLAGS]));
  const nodetool = [
    ...MODULE_FLAGS,
    '-Xmx128M',
    '-Dcassandra.storagedir=/var/lib/cassandra',
    '-Dlogback.configurationFile=/opt/cassandra/conf/logback-nodetool.xml',
  ];
  writeFileSync(join(context, 'nodetool-flags'), argumentFile(nodetool));
  writeFileSync(join(context, 'logback.xml'), LOGBACK);
  writeFileSync(join(context, 'logback-nodetool.xml'), QUIET_LOGBACK);
}

const [base, tag] = process.argv.slice(2);
const context = mkdtempSync(join(tmpdir(), 'ringside-image-'));
try {
  if (base === undefined || tag === undefined)
    throw new Problem('The base image or the tag is missing.', 'Usage: node embedded/image/build.mjs BASE TAG');
  const building = step(`Building the image ${tag}`);
  await fill(context);
  const { code, output } = await run('docker', ['build', '--build-arg', `BASE=${base}`, '--tag', tag, context], {
    // Every engine has the classic builder, and it needs no front end from a registry.
    env: { ...process.env, DOCKER_BUILDKIT: '0' },
    onLine: building.update,
  });
  if (code !== 0) throw new Problem(`The image ${tag} could not be built.`, output.split('\n').slice(-10).join('\n'));
  building.done(`Built the image ${tag}`);
} catch (error) {
  say(explain(error));
  process.exitCode = 1;
} finally {
  rmSync(context, { recursive: true, force: true });
}
