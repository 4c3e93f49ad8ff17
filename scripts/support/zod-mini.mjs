import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, STATE_DIRECTORY } from './paths.mjs';

const SPECIFIER = 'zod/mini';
const OUT_FILE = join(STATE_DIRECTORY, 'zod-mini', 'index.mjs');

/** Where the browser's code may import zod. */
const FOLDERS = ['components', 'lib'];
/** Rooms that no browser loads: they may use more of zod, its messages in English for example. */
const SERVER_FOLDER = /[/\\]lib[/\\](cassandra|export|http|jobs|load|scan|terminal)([/\\]|$)/;

/**
 * Bundles the part of zod that the browser's schemas use. Turbopack drops unused modules but not unused parts of them:
 * alone it leaves 22 kB of zod (compressed) in every page and in the worker that reads rows, of which 9 kB are used.
 * @returns {Promise<string>} the bundle's path, relative to the project's folder, as Turbopack wants it
 */
export async function bundleZodMini() {
  const { build } = await import('esbuild');
  const known = new Set(Object.keys(await import(SPECIFIER)));
  const names = usedNames().filter((name) => known.has(name));
  await build({
    stdin: { contents: `export { ${names.join(', ')} } from '${SPECIFIER}';`, resolveDir: ROOT },
    outfile: OUT_FILE,
    bundle: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  return `./${OUT_FILE.slice(ROOT.length + 1).replaceAll('\\', '/')}`;
}

/** @returns {string[]} what follows `z.` in the files that import zod/mini: names of types among them */
function usedNames() {
  const paths = FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /(?<!\.test)\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .filter((path) => !SERVER_FOLDER.test(path)),
  );
  return [...new Set(paths.flatMap((path) => namesIn(path, readFileSync(path, 'utf8'))))].sort();
}

/**
 * @param {string} path
 * @param {string} text
 * @returns {string[]}
 */
function namesIn(path, text) {
  const imports = text.match(/import[^;]* from 'zod\/mini'/g) ?? [];
  if (imports.length === 0) return [];
  // Another way of importing would hide which names are used.
  if (imports.some((statement) => statement !== "import * as z from 'zod/mini'"))
    throw new Error(`${path} must say: import * as z from 'zod/mini'`);
  // Names of types stay out, as does `locales`: as values they would bring much of zod. Whoever uses one as a value
  // finds out from the build, which misses it.
  return [...text.matchAll(/\bz\.(?!(?:core|infer|input|output|locales)\b)(\w+)/g)].flatMap(([, name]) =>
    name === undefined ? [] : [name],
  );
}
