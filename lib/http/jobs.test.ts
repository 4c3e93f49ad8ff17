import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '@/lib/cassandra/test-support';
import type { Job } from '@/lib/contract/jobs';
import { jobPartResponse } from './jobs';

const PART = 'part-0001.csv';
const BYTES = 3 * 1024 * 1024;

let base: string;
let directory: string;

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'ringside-parts-'));
  directory = join(base, 'job');
  mkdirSync(directory);
  writeFileSync(join(directory, PART), Buffer.alloc(BYTES, 'x'));
  writeFileSync(join(base, 'elsewhere'), 'a secret');
});
afterEach(() => rmSync(base, { recursive: true }));

const SNAPSHOT: Job = {
  id: 'a',
  kind: 'export',
  cluster: 'test',
  title: 'ks.t',
  statement: 'SELECT 1',
  consistency: 'LOCAL_ONE',
  directory: '/',
  format: 'csv',
  compression: 'none',
  state: 'complete',
  rows: 1,
  bytes: BYTES,
  elapsedMs: 1,
  parts: [{ name: PART, rows: 1, bytes: BYTES, sha256: 'ab' }],
  createdAt: '',
  startedAt: null,
  endedAt: null,
  error: null,
  scan: null,
};

const job = () => ({ directory, snapshot: () => SNAPSHOT });

/** How many of this process's descriptors are in the test's folder. */
function openHandles(): number {
  return readdirSync('/proc/self/fd').filter((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(base);
    } catch {
      return false;
    }
  }).length;
}

describe('a part of a job', () => {
  it('is sent whole, then closed', async () => {
    expect((await (await jobPartResponse(job(), PART)).arrayBuffer()).byteLength).toBe(BYTES);
    expect(openHandles()).toBe(0);
  });

  it('is not open while nobody reads it', async () => {
    const responses = await Promise.all(Array.from({ length: 20 }, () => jobPartResponse(job(), PART)));
    expect(openHandles()).toBe(0);
    await Promise.all(responses.map(({ body }) => body?.cancel()));
    expect(openHandles()).toBe(0);
  });

  it('is closed when its reader leaves midway', async () => {
    const reader = (await jobPartResponse(job(), PART)).body?.getReader();
    expect((await reader?.read())?.done).toBe(false);
    expect(openHandles()).toBe(1);
    await reader?.cancel();
    expect(openHandles()).toBe(0);
  });

  it.each([
    ['a link', (path: string) => symlinkSync(join(base, 'elsewhere'), path)],
    ['a pipe', (path: string) => execFileSync('mkfifo', [path])],
    ['a folder', (path: string) => mkdirSync(path)],
  ])('is not found if %s has its name', async (_name, make) => {
    rmSync(join(directory, PART));
    make(join(directory, PART));
    expect(await failureOf(jobPartResponse(job(), PART))).toMatchObject({ code: 'not_found' });
    expect(openHandles()).toBe(0);
  });

  it('is not found if a link has the name of its folder', async () => {
    renameSync(directory, join(base, 'moved'));
    symlinkSync(join(base, 'moved'), directory);
    expect(await failureOf(jobPartResponse(job(), PART))).toMatchObject({ code: 'not_found' });
  });

  it('breaks the transfer if it becomes a link after it was found', async () => {
    const response = await jobPartResponse(job(), PART);
    rmSync(join(directory, PART));
    symlinkSync(join(base, 'elsewhere'), join(directory, PART));
    await expect(response.text()).rejects.toThrow('not a plain file');
    expect(openHandles()).toBe(0);
  });
});
