import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { Problem } from '../support/problem.mjs';

/**
 * Where a program is bundled from, and to.
 * @typedef {object} BundlePlaces
 * @property {string} root the project's folder
 * @property {string} entry
 * @property {string} outFile beside it `STAMP_SUFFIX` says of which sources it was made
 */

const STAMP_SUFFIX = '.sources.json';

/**
 * Makes the bundle where there is none of just these sources. Which files those are the bundler itself found out the
 * last time: another file can only join them when one of them changes.
 * @param {BundlePlaces} places
 * @returns {Promise<boolean>} whether it had to be made
 * @throws {Problem} when the sources cannot be bundled
 */
export async function bundle(places) {
  if (isCurrent(places)) return false;
  mkdirSync(dirname(places.outFile), { recursive: true, mode: 0o700 });
  const inputs = await build(places);
  const stamp = { inputs, digest: digestOf(places.root, inputs) };
  writeWhole(`${places.outFile}${STAMP_SUFFIX}`, JSON.stringify(stamp));
  return true;
}

/**
 * @param {BundlePlaces} places
 * @returns {boolean}
 */
export function isCurrent({ root, outFile }) {
  if (!existsSync(outFile)) return false;
  try {
    const { inputs, digest } = JSON.parse(readFileSync(`${outFile}${STAMP_SUFFIX}`, 'utf8'));
    return Array.isArray(inputs) && digest === digestOf(root, inputs.map(String));
  } catch {
    // No stamp, half of one, or a source that is gone.
    return false;
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} inputs relative to it
 * @returns {string} changes with every change of a source
 */
function digestOf(root, inputs) {
  const hash = createHash('sha256');
  for (const path of inputs) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {BundlePlaces} places
 * @returns {Promise<string[]>} the sources, relative to the root, sorted
 */
async function build({ root, entry, outFile }) {
  const { build: esbuild } = await import('esbuild');
  const nothing = join(root, 'node_modules', 'server-only', 'empty.js');
  const temporary = `${outFile}.${process.pid}.mjs`;
  try {
    const { metafile } = await esbuild({
      absWorkingDir: root,
      entryPoints: [entry],
      outfile: temporary,
      bundle: true,
      platform: 'node',
      target: 'node20.9',
      format: 'esm',
      // What is installed stays where it is: only this project's own sources are joined.
      packages: 'external',
      alias: { '@': root, 'server-only': nothing },
      metafile: true,
      logLevel: 'silent',
      legalComments: 'none',
    });
    renameSync(temporary, outFile);
    return [...Object.keys(metafile.inputs), 'package-lock.json', 'tsconfig.json']
      .map((path) => (isAbsolute(path) ? relative(root, path) : path))
      .sort();
  } catch (cause) {
    throw new Problem('A program of Ringside’s could not be built.', 'After a `git pull`, `npm ci` may be enough.', {
      cause,
    });
  }
}

/**
 * Several commands may start at once: each sees a whole file.
 * @param {string} path
 * @param {string} text
 */
function writeWhole(path, text) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
