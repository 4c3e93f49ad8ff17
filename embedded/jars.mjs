import { createHash } from 'node:crypto';
import { join } from 'node:path';
import parseArtifact from 'mvn-artifact-name-parser';
import artifactUrl from 'mvn-artifact-url';
import { cacheDirectory } from '../scripts/support/paths.mjs';
import { megabytes } from '../scripts/support/progress.mjs';
import { fetchFiles } from './download.mjs';
import { DEFAULT_VERSION, lockedRelease } from './lock-file.mjs';

/**
 * The export of a CommonJS module compiled from `export default`: Node returns the module, bundlers the function.
 * @template {(...args: never[]) => unknown} F
 * @param {F | { default: F }} module
 * @returns {F}
 */
function defaultOf(module) {
  return typeof module === 'function' ? module : module.default;
}

/**
 * The folder with the jars of one release. Its name changes with the lock, so that a jar of an earlier lock is never on a
 * class path.
 * @param {import('./lock-file.mjs').Release} release
 * @param {string} version
 * @returns {string}
 */
function jarDirectory(release, version) {
  const digest = createHash('sha256')
    .update(release.artifacts.map((artifact) => artifact.sha256).join())
    .digest('hex');
  return join(cacheDirectory(), 'jars', `${version}-${digest.slice(0, 8)}`);
}

/**
 * Ensures that the jars of a Cassandra server are in the cache, complete and exactly as locked. RINGSIDE_MAVEN_REPOSITORY
 * sets another repository (its base URL).
 * @param {{ version?: string, onProgress?: (text: string) => void }} [options]
 * @returns {Promise<string>} the folder with the jars
 * @throws {import('../scripts/support/problem.mjs').Problem} when one cannot be downloaded
 */
export async function fetchJars({ version = DEFAULT_VERSION, onProgress = () => {} } = {}) {
  const release = lockedRelease(version);
  const directory = jarDirectory(release, version);
  const given = process.env.RINGSIDE_MAVEN_REPOSITORY;
  const repository = given ? given.replace(/\/*$/, '/') : undefined;
  const downloads = await Promise.all(
    release.artifacts.map(async ({ coordinates, file, bytes, sha256 }) => ({
      url: await defaultOf(artifactUrl)(defaultOf(parseArtifact)(coordinates), repository),
      path: join(directory, file),
      bytes,
      sha256,
    })),
  );
  await fetchFiles(downloads, {
    onProgress: (done, total) => onProgress(`${megabytes(done)} of ${megabytes(total)}`),
  });
  return directory;
}
