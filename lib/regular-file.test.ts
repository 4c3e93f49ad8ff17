import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Failure } from '@/lib/failure';
import { openRegular, openRegularIn, type Purpose, readRegular } from './regular-file';

let base: string;
let folder: string;
const at = (name: string) => join(folder, name);

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ringside-regular-'));
  folder = join(base, 'job');
  mkdirSync(folder);
  writeFileSync(join(base, 'elsewhere'), 'a secret');
  writeFileSync(at('part'), 'rows');
});
afterEach(() => rmSync(base, { recursive: true }));

/** This process's descriptors in the test's folder; assumed to be none on a system without /proc. */
function openHandles(): string[] {
  try {
    return readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        const target = readlinkSync(`/proc/self/fd/${fd}`);
        return target.startsWith(base) ? [target] : [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

const OTHERS: readonly [string, (path: string) => void][] = [
  ['a link', (path) => symlinkSync(join(base, 'elsewhere'), path)],
  ['a link to nothing', (path) => symlinkSync(join(base, 'nothing'), path)],
  ['a pipe', (path) => execFileSync('mkfifo', [path])],
  ['a folder', (path) => mkdirSync(path)],
];

describe('a plain file', () => {
  it('is read, changed and replaced, and only its owner can access it', async () => {
    expect(await readRegular(at('part'))).toBe('rows');
    const file = await openRegular(at('new'), 'replace');
    await file.writeFile('text');
    await file.close();
    expect(statSync(at('new')).mode & 0o777).toBe(0o600);
    expect(readFileSync(at('new'), 'utf8')).toBe('text');
    await (await openRegular(at('new'), 'change')).close();
    await (await openRegularIn(folder, 'part')).close();
  });

  it('that does not exist is reported as missing, not as irregular', async () => {
    await expect(openRegular(at('no'), 'read')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe.each(OTHERS)('%s in its place', (_name, make) => {
  it.each<Purpose>(['read', 'change', 'replace'])('is not opened to %s', async (purpose) => {
    make(at('taken'));
    await expect(openRegular(at('taken'), purpose)).rejects.toBeInstanceOf(Failure);
    expect(openHandles()).toEqual([]);
    expect(readFileSync(join(base, 'elsewhere'), 'utf8')).toBe('a secret');
    expect(readdirSync(base).sort()).toEqual(['elsewhere', 'job']);
  });
});

describe('a file of a folder', () => {
  it('is not read from another folder through a link', async () => {
    symlinkSync(folder, join(base, 'linked'));
    await expect(openRegularIn(join(base, 'linked'), 'part')).rejects.toBeInstanceOf(Failure);
    expect(openHandles()).toEqual([]);
  });

  it.each(['../elsewhere', '..', '.', '', 'a/../part', '/etc/hostname'])('cannot be called %o', async (name) => {
    await expect(openRegularIn(folder, name)).rejects.toBeInstanceOf(Failure);
    expect(openHandles()).toEqual([]);
  });
});
