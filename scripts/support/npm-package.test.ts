import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchPackage } from './npm-package.mjs';
import { run } from './processes.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-package-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true, force: true });
});

/** A stand-in for npm on the PATH: `pack` writes an archive of one package and prints its name, as npm does. */
async function npmThatPacks(text: string) {
  const contents = join(directory, 'contents');
  mkdirSync(join(contents, 'package'), { recursive: true });
  writeFileSync(join(contents, 'package', 'text'), text);
  const archive = join(directory, 'archive.tgz');
  await run('tar', ['-czf', archive, '-C', contents, 'package']);
  const cli = join(directory, 'npm-cli.js');
  writeFileSync(
    cli,
    `require('node:fs').copyFileSync(${JSON.stringify(archive)}, 'it-1.0.0.tgz'); console.log('it-1.0.0.tgz');`,
  );
  vi.stubEnv('npm_execpath', cli);
  vi.stubEnv('RINGSIDE_CACHE_DIR', join(directory, 'cache'));
  const { stdout } = await run(process.execPath, [
    '-p',
    `'sha512-' + require('node:crypto').createHash('sha512').update(require('node:fs').readFileSync(${JSON.stringify(archive)})).digest('base64')`,
  ]);
  return { name: '@scope/it', version: '1.0.0', integrity: stdout };
}

describe('a package that is not a dependency', () => {
  it('is unpacked into the cache and found there next time', async () => {
    const pinned = await npmThatPacks('one');
    const folder = await fetchPackage(pinned);
    expect(readFileSync(join(folder, 'text'), 'utf8')).toBe('one');
    rmSync(join(directory, 'npm-cli.js'));
    expect(await fetchPackage(pinned)).toBe(folder);
  });

  it('is refused, and leaves nothing, if it is not the pinned one', async () => {
    const pinned = await npmThatPacks('another');
    await expect(fetchPackage({ ...pinned, integrity: 'sha512-AAAA' })).rejects.toThrow('not the package');
    expect(existsSync(join(directory, 'cache')) ? readdirSync(join(directory, 'cache')) : []).toEqual([]);
  });
});
