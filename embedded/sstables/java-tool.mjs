import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { STATE_DIRECTORY } from '../../scripts/support/paths.mjs';
import { Problem } from '../../scripts/support/problem.mjs';
import { run } from '../../scripts/support/processes.mjs';
import { MODULE_FLAGS } from '../java-flags.mjs';

const SOURCE = fileURLToPath(new URL('./RowsToSstables.java', import.meta.url));
const MAIN_CLASS = 'RowsToSstables';

/**
 * The program that turns rows into SSTables, as a command line without its own arguments. The server's jars include the
 * compiler for it (Cassandra's user-defined functions need one), so no JDK is required.
 * @param {import('../record.mjs').RingRecord} record
 * @param {{ heapMb: number, workDirectory: string }} options
 * @returns {Promise<string[]>}
 * @throws {Problem} when it cannot be compiled
 */
export async function sstableTool(record, { heapMb, workDirectory }) {
  const { java, classPath, configuration } = javaOf(record);
  const classes = await compiled(java, jarsIn(classPath));
  return [
    java,
    ...MODULE_FLAGS,
    `-Xmx${heapMb}M`,
    '-XX:+UseParallelGC',
    // Otherwise only one thread would end, and the others would wait for it forever.
    '-XX:+ExitOnOutOfMemoryError',
    ...configuration,
    `-Dcassandra.storagedir=${workDirectory}`,
    `-Dlogback.configurationFile=${join(record.directory, 'logback-nodetool.xml')}`,
    '-cp',
    [classes, classPath].join(delimiter),
    MAIN_CLASS,
  ];
}

/**
 * How the ring's first node was started: its Java, class path and configuration.
 * @param {import('../record.mjs').RingRecord} record
 */
function javaOf({ nodes: [node] }) {
  if (node?.run.kind !== 'process') throw new Error('the ring does not run as processes');
  const { command, args } = node.run;
  const classPath = args[args.indexOf('-cp') + 1];
  if (classPath === undefined) throw new Error('the ring’s record does not say how it was started');
  return { java: command, classPath, configuration: args.filter((arg) => arg.startsWith('-Dcassandra.config=')) };
}

/** @param {string} classPath @returns {string[]} */
function jarsIn(classPath) {
  const folders = classPath.split(delimiter).flatMap((path) => (/[/\\]\*$/.test(path) ? [path.slice(0, -2)] : []));
  return folders.flatMap((folder) =>
    readdirSync(folder).flatMap((name) => (name.endsWith('.jar') ? [join(folder, name)] : [])),
  );
}

/**
 * @param {string} java
 * @param {readonly string[]} jars
 * @returns {Promise<string>} the folder with the class
 */
async function compiled(java, jars) {
  const digest = createHash('sha256').update(readFileSync(SOURCE)).update(jars.join()).digest('hex').slice(0, 12);
  const classes = join(STATE_DIRECTORY, 'sstables', digest);
  if (existsSync(join(classes, `${MAIN_CLASS}.class`))) return classes;
  mkdirSync(classes, { recursive: true });
  const compiler = jars.find((path) => /ecj-[\d.]+\.jar$/.test(path));
  if (compiler === undefined)
    throw new Problem(
      "Cassandra's jars do not include a compiler.",
      'Restart it, so that the jars are downloaded again.',
    );
  // As Java 8, without modules, because some jars contain packages that the JDK has too.
  const options = ['-8', '-proc:none', '-nowarn', '-cp', jars.join(delimiter), '-d', classes, SOURCE];
  const main = 'org.eclipse.jdt.internal.compiler.batch.Main';
  const { code, output } = await run(java, ['-cp', compiler, main, ...options]);
  if (code === 0) return classes;
  throw new Problem('The SSTable writer could not be compiled.', 'It needs the Java and the jars of Cassandra 5.', {
    cause: output,
  });
}
