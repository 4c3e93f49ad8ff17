import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { npmCommand } from './install.mjs';
import { cacheDirectory } from './paths.mjs';
import { run } from './processes.mjs';

/**
 * A package that is not a dependency: downloaded when needed, through npm, which knows this machine's registry.
 * @typedef {object} Pinned
 * @property {string} name
 * @property {string} version
 * @property {string} integrity as in a package-lock.json: `sha512-…`
 */

/**
 * The unpacked files of a package, from the cache if they were downloaded before. Nothing in it is executed.
 * @param {Pinned} pinned
 * @param {{ signal?: AbortSignal | undefined }} [options]
 * @returns {Promise<string>} the folder with its package.json
 * @throws {Error} when the download fails, or the package is not the pinned one
 */
export async function fetchPackage({ name, version, integrity }, { signal } = {}) {
  const directory = join(cacheDirectory(), `${name.replace(/^@/, '').replace('/', '-')}-${version}`);
  if (existsSync(directory)) return directory;
  const part = `${directory}.${process.pid}`;
  mkdirSync(part, { recursive: true });
  try {
    const [program = 'npm', ...fixed] = npmCommand();
    const { code, output, stdout } = await run(program, [...fixed, 'pack', '--silent', `${name}@${version}`], {
      cwd: part,
      signal,
    });
    if (code !== 0) throw new Error(`npm pack ended with ${code}: ${output.split('\n').at(-1)}`);
    const archive = join(part, stdout.trim().split('\n').at(-1) ?? '');
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== integrity) throw new Error(`${name}@${version} is not the package that was pinned`);
    await unpack(archive, part, { signal });
    renameSync(join(part, 'package'), directory);
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
  return directory;
}

/**
 * @param {string} archive
 * @param {string} directory
 * @param {{ signal?: AbortSignal | undefined }} [options]
 */
export async function unpack(archive, directory, { signal } = {}) {
  mkdirSync(directory, { recursive: true });
  const { code, output } = await run('tar', ['-xf', archive, '-C', directory], { signal });
  if (code !== 0) throw new Error(`tar ended with ${code}: ${output}`);
}
