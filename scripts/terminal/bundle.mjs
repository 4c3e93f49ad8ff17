import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { Problem } from '../support/problem.mjs';

/**
 * The sources and the output of a bundled program.
 * @typedef {object} BundlePlaces
 * @property {string} root the project's folder
 * @property {string} entry
 * @property {string} outFile the `STAMP_SUFFIX` file next to it records its sources
 */

const STAMP_SUFFIX = '.sources.json';

/** What bundled CommonJS asks for, which an ES module does not have. */
export const COMMON_JS = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { dirname as __dirnameOf } from 'node:path';",
  "import { fileURLToPath as __fileOf } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileOf(import.meta.url);',
  'const __dirname = __dirnameOf(__filename);',
].join('\n');

/** Files of installed packages: the lock file stands for them. */
const INSTALLED = /(^|[\\/])node_modules[\\/]/;

/**
 * Bundles unless there is a bundle of exactly these sources. The bundler recorded the files last time: another file can only
 * join them when one of them changes.
 * @param {BundlePlaces} places
 * @returns {Promise<boolean>} whether it had to be built
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
    // No stamp, a partial one, or a source that is gone.
    return false;
  }
}

/**
 * @param {string} root
 * @param {readonly string[]} inputs relative to it
 * @returns {string} changes whenever a source does
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
      // With the installed packages: one file starts in two thirds of the time that hundreds take.
      banner: { js: COMMON_JS },
      alias: { '@': root, 'server-only': nothing },
      metafile: true,
      logLevel: 'silent',
      legalComments: 'none',
    });
    renameSync(temporary, outFile);
    const own = Object.keys(metafile.inputs).filter((path) => !INSTALLED.test(path));
    return [...own, 'package-lock.json', 'tsconfig.json']
      .map((path) => (isAbsolute(path) ? relative(root, path) : path))
      .sort();
  } catch (cause) {
    throw new Problem(
      'One of Ringside’s programs could not be built.',
      'After a `git pull`, running `npm ci` may be enough.',
      {
        cause,
      },
    );
  }
}

/**
 * Writes atomically: several commands may start at once, and each must see a whole file.
 * @param {string} path
 * @param {string} text
 */
function writeWhole(path, text) {
  const temporary = `${path}.${process.pid}`;
  writeFileSync(temporary, text);
  renameSync(temporary, path);
}
