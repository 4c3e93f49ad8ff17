import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

/** What names the map of a chunk, which is all that equal chunks differ in. */
const MAP = /\n\/\/# sourceMappingURL=.*\s*$/;
/** Smaller ones are not worth a file that only points elsewhere. */
const LEAST_CHARACTERS = 10_000;

/**
 * A build has a chunk for every route, even for 52 endpoints with the same 800 kB of modules. The server loads all of them
 * when it starts and keeps the text of each. So all but the first of those with the same text become a line that loads it, and
 * lose their map.
 * @param {string} directory of chunks that Node loads
 * @returns {number} how many
 */
export function shareEqualChunks(directory) {
  /** @type {Map<string, string>} */
  const first = new Map();
  let shared = 0;
  const names = readdirSync(directory).filter((name) => name.endsWith('.js'));
  for (const name of names.sort()) {
    const path = join(directory, name);
    const text = readFileSync(path, 'utf8').replace(MAP, '');
    const same = first.get(text);
    if (same !== undefined) {
      writeFileSync(path, `module.exports=require(${JSON.stringify(`./${same}`)});\n`);
      rmSync(`${path}.map`, { force: true });
      shared += 1;
    } else if (text.length >= LEAST_CHARACTERS) first.set(text, name);
  }
  return shared;
}

/** {@link shareEqualChunks} of endpoints, and of pages, in the build of this clone. */
export function shareChunksOfBuild() {
  const chunks = join(ROOT, '.next', 'server', 'chunks');
  for (const directory of [chunks, join(chunks, 'ssr')]) if (existsSync(directory)) shareEqualChunks(directory);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) shareChunksOfBuild();
