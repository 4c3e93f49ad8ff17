/**
 * `node embedded/image/build.mjs BASE TAG`: builds a stand-in for the official image from the locked jars, on a base image
 * with Java 17.
 */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStandIn } from '../../scripts/support/stand-in-image.mjs';
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

await buildStandIn('embedded/image/build.mjs', fill);
