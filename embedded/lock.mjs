/**
 * Rewrites jars.lock.json: `node embedded/lock.mjs [VERSION]` (default: the one that npm start uses). For maintainers:
 * Maven resolves what the server needs, so that nobody who starts Ringside needs Maven.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import { DEFAULT_VERSION, LOCK_PATH, lockSchema } from './lock-file.mjs';

/** Native parts for systems where the server works without them, using the JDK's own. */
const NOT_NEEDED = /-(osx|windows|linux-riscv64)[-.\w]*\.jar$/;

/**
 * @param {string} version such as 5.0.9
 * @returns {number[]} the Java releases that it runs on, the preferred one first
 */
function javaFor(version) {
  return Number(version.split('.')[0]) >= 5 ? [17, 11] : [11];
}

/**
 * The coordinates of a file in a folder laid out like a Maven repository: group/…/artifact/version/artifact-version[-classifier].jar.
 * @param {string} path relative to the folder
 * @returns {string}
 */
function coordinatesOf(path) {
  const folders = dirname(path).split(sep);
  const [artifact = '', version = ''] = folders.slice(-2);
  const classifier = basename(path, '.jar').slice(`${artifact}-${version}-`.length);
  return [folders.slice(0, -2).join('.'), artifact, 'jar', ...(classifier === '' ? [] : [classifier]), version].join(
    ':',
  );
}

/**
 * Has Maven copy cassandra-all and its runtime dependencies, and describes each jar.
 * @param {string} version
 * @param {string} directory an empty one
 */
function artifactsOf(version, directory) {
  const pom = join(directory, 'pom.xml');
  const jars = join(directory, 'jars');
  writeFileSync(
    pom,
    '<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><packaging>pom</packaging>' +
      `<dependencies><dependency><groupId>org.apache.cassandra</groupId><artifactId>cassandra-all</artifactId><version>${version}</version></dependency></dependencies></project>`,
  );
  const maven = spawnSync(
    'mvn',
    [
      '-q',
      '-B',
      '-f',
      pom,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      '-Dmdep.useRepositoryLayout=true',
      `-DoutputDirectory=${jars}`,
    ],
    { stdio: 'inherit' },
  );
  if (maven.error !== undefined) throw new Error('this command needs Maven (mvn) on the PATH', { cause: maven.error });
  if (maven.status !== 0) throw new Error(`mvn ended with ${maven.status}`);
  return readdirSync(jars, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith('.jar') && !NOT_NEEDED.test(path))
    .map((path) => {
      const content = readFileSync(join(jars, path));
      return {
        coordinates: coordinatesOf(path),
        file: basename(path),
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      };
    })
    .sort((a, b) => (a.coordinates < b.coordinates ? -1 : 1));
}

const version = process.argv[2] ?? DEFAULT_VERSION;
const directory = mkdtempSync(join(tmpdir(), 'ringside-lock-'));
try {
  const lock = existsSync(LOCK_PATH) ? lockSchema.parse(JSON.parse(readFileSync(LOCK_PATH, 'utf8'))) : { releases: {} };
  lock.releases[version] = { java: javaFor(version), artifacts: artifactsOf(version, directory) };
  writeFileSync(LOCK_PATH, `${JSON.stringify(lockSchema.parse(lock), null, 2)}\n`);
  process.stdout.write(`${version}: ${lock.releases[version]?.artifacts.length} jars\n`);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
