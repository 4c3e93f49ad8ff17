import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-secret-'));
  vi.stubEnv('RINGSIDE_DATA_DIR', join(directory, 'data'));
  vi.stubEnv('RINGSIDE_SECRET', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(directory, { recursive: true, force: true });
});

/** The secret as a new process reads it. */
async function freshSecret(): Promise<Buffer> {
  vi.resetModules();
  const { serverSecret } = await import('./secret');
  return serverSecret();
}

it('is the value of RINGSIDE_SECRET, and no file is created', async () => {
  vi.stubEnv('RINGSIDE_SECRET', 'thirty-two characters, and ünicode');
  expect((await freshSecret()).toString('utf8')).toBe('thirty-two characters, and ünicode');
  expect(() => statSync(join(directory, 'data'))).toThrow(/ENOENT/);
});

it('is created once, in a file that only its owner may read, and read from there later', async () => {
  const first = await freshSecret();
  const path = join(directory, 'data', 'secret');
  expect(first).toHaveLength(32);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path).equals(first)).toBe(true);
  expect((await freshSecret()).equals(first)).toBe(true);
});

it('differs between data folders', async () => {
  const first = await freshSecret();
  vi.stubEnv('RINGSIDE_DATA_DIR', join(directory, 'other'));
  expect((await freshSecret()).equals(first)).toBe(false);
});

it('is not read from a file that another process has not filled yet', async () => {
  await freshSecret();
  writeFileSync(join(directory, 'data', 'secret'), '');
  await expect(freshSecret()).rejects.toThrow(/incomplete/);
});

it('is refused when RINGSIDE_SECRET is too short', async () => {
  vi.stubEnv('RINGSIDE_SECRET', 'short');
  await expect(freshSecret()).rejects.toThrow(/RINGSIDE_SECRET: needs at least 32 characters/);
});

it.each([
  ['a link', (path: string) => symlinkSync(join(directory, 'elsewhere'), path), /not a plain file/],
  ['a pipe', (path: string) => execFileSync('mkfifo', [path]), /incomplete|not a plain file/],
])('is not read through %s', async (_name, make, says) => {
  mkdirSync(join(directory, 'data'));
  writeFileSync(join(directory, 'elsewhere'), Buffer.alloc(32, 1));
  make(join(directory, 'data', 'secret'));
  await expect(freshSecret()).rejects.toThrow(says);
});

it('is created in a folder that only its owner may read', async () => {
  await freshSecret();
  expect(statSync(join(directory, 'data')).mode & 0o777).toBe(0o700);
});
