import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/client/errors';
import { lockDirectory } from '@/lib/jobs/directory-lock';
import { CSV, live, numbersIn, testDirectories, writer } from './test-parts';
import { numbered, TestScan } from './test-scans';

const { newDirectory, base } = testDirectories();

describe('a directory', () => {
  const codeOf = (run: Promise<unknown>) =>
    run.then(
      () => null,
      (error: unknown) => toFailure(error).error,
    );
  const half = async () => {
    const directory = newDirectory();
    const failure = new Error('gone');
    await codeOf(
      writer(directory, CSV, () => new TestScan([[[1, 2], [3]], [[4]]].slice(0, 1), { failure })).run(live()),
    );
    return directory;
  };
  const resume = (directory: string, kind = CSV) =>
    codeOf(writer(directory, kind, (at) => new TestScan([[[1, 2], [3]]], { resume: at })).run(live()));

  it('that contains other files is left alone', async () => {
    await writeFile(join(base(), 'mine.txt'), 'mine');
    expect(await resume(base())).toMatchObject({ code: 'storage_failed' });
    expect(await readFile(join(base(), 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('of another export is not continued', async () => {
    const directory = await half();
    expect(await resume(directory, { format: { format: 'ndjson' }, compression: 'none' })).toMatchObject({
      code: 'storage_failed',
    });
    expect(await resume(directory)).toBeNull();
  });

  it('whose parts were changed, cut or lost is not continued', async () => {
    const changed = await half();
    const bytes = await readFile(join(changed, 'part-00001.csv'));
    await writeFile(join(changed, 'part-00001.csv'), bytes.toString().replace('1', '7'));
    expect(await resume(changed)).toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('has changed since it was written'),
    });
    const cut = await half();
    await writeFile(join(cut, 'part-00001.csv'), 'id\r\n');
    expect(await resume(cut)).toMatchObject({ message: expect.stringContaining('has 4 bytes instead of') });
    const lost = await half();
    await rm(join(lost, 'part-00001.csv'));
    expect(await resume(lost)).toMatchObject({ message: expect.stringContaining('is missing') });
  });

  it('with one changed part is not continued as if only the other parts existed', async () => {
    const directory = newDirectory();
    let turn = 0;
    const data = numbered(3, 4, 5);
    const stop = new AbortController();
    const choose = (open: readonly number[]) => {
      if (turn === 7) stop.abort(new Error('paused'));
      return open[turn++ % Math.max(1, open.length)];
    };
    const first = writer(directory, CSV, () => {
      return new TestScan(data, { choose });
    });
    await expect(first.run(stop.signal)).rejects.toThrow('paused');
    const path = join(directory, 'part-00002.csv');
    const bytes = await readFile(path);
    await writeFile(path, Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')]));
    const again = () => writer(directory, CSV, (at) => new TestScan(data, { resume: at })).run(live());
    for (const _ of [1, 2]) await expect(again()).rejects.toThrow('has changed since it was written');
    await writeFile(path, bytes);
    await again();
    expect(await numbersIn(directory)).toEqual(data.flat(2));
  });

  it('drops what was written after the checkpoint', async () => {
    const directory = await half();
    await appendFile(join(directory, 'part-00001.csv'), '99\r\n10');
    await writeFile(join(directory, 'part-00002.csv'), 'id\r\n98');
    expect(await resume(directory)).toBeNull();
    expect(await numbersIn(directory)).toEqual([1, 2, 3]);
  });

  it('allows one writer at a time', async () => {
    const directory = await half();
    const lock = await lockDirectory(directory);
    expect(await resume(directory)).toMatchObject({ code: 'storage_failed', retryable: true });
    await lock.release();
    expect(await resume(directory)).toBeNull();
  });

  it('is free when the process that locked it has ended', async () => {
    const directory = await half();
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    expect(await resume(directory)).toBeNull();
  });

  it('is free when a process was killed between making its lock and writing it', async () => {
    const directory = await half();
    await writeFile(join(directory, 'lock'), '');
    expect(await resume(directory)).toBeNull();
  });

  it('is not free while another process is about to write its lock', async () => {
    const directory = await half();
    await writeFile(join(directory, 'lock'), '');
    const locking = lockDirectory(directory).catch((error: unknown) => toFailure(error).error);
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: process.ppid, host: hostname() }));
    expect(await locking).toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('is writing into'),
    });
  });
});
