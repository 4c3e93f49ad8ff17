import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testBed } from '@/lib/cassandra/test-support';
import { ANONYMOUS } from '@/lib/contract/principal';
import { changedTable } from '@/lib/mutations/table';
import { binderOf } from './binder';
import { FailedNumbers } from './failed-numbers';
import { FullReadBack, type FullReading } from './full-read-back';
import { FileInputs } from './inputs';
import type { LoadJobRequest } from './job-request';
import { ReadBack } from './read-back';
import type { FullState } from './state';
import { type Asked, foundFiles, ran, reviewed, textFile } from './test-load';

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-full-read-back-${process.pid}`));

const KEYSPACE = 'ringside_full_read_back_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, s text static, v text, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.sparse (p int, c int, v text, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.sets (k frozen<set<int>>, c text, v set<text>, PRIMARY KEY (k, c))`,
  ],
);

let base: string;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-full-read-back-'));
});
afterAll(() => rm(base, { recursive: true }));

const newDirectory = () => mkdtemp(join(base, 'job-'));

async function fullRequest(table: string, text: string, asked: Asked = {}): Promise<LoadJobRequest> {
  const path = await textFile(await newDirectory(), 'rows.csv', text);
  const options = { verify: 'full', ...asked.options } as const;
  return reviewed(cluster, `${KEYSPACE}.${table}`, await foundFiles(path), { ...asked, options });
}

async function verified(table: string, text: string) {
  const { load } = await ran(cluster, await fullRequest(table, text), await newDirectory());
  return load.verified;
}

/** A read-back of a load that has written its rows. */
async function readingOf(request: LoadJobRequest, given: Pick<FullReading, 'records' | 'save' | 'signal'>) {
  const client = await cluster.client();
  const table = await changedTable(cluster, client, request);
  const binder = binderOf(table, request.source, request.bind);
  const directory = await newDirectory();
  const files = request.input.from === 'files' ? request.input.files : [];
  const { consistency, timeoutMs } = request.options;
  const columns = request.bind.mapping.map(({ to }) => to);
  const reading: FullReading = {
    ...{ ...given, cluster, table, request, owner: ANONYMOUS, directory, bind: binder.bind.bind(binder) },
    inputs: new FileInputs(files, request.source),
    back: new ReadBack(cluster, client, { table, columns, consistency, timeoutMs, signal: given.signal }),
    failed: () => new FailedNumbers(directory),
  };
  return reading;
}

it('tells rows that are equal, different, missing and overwritten', async () => {
  const rows = Array.from({ length: 3_000 }, (_, at) => `${at % 300},${at},,v${at}`);
  const text = `p,c,s,v\n${rows.join('\n')}\n7,7,,again\n`;
  const request = await fullRequest('t', text, { options: { verify: 'none' } });
  await ran(cluster, request, await newDirectory());
  await plain.execute(`DELETE FROM ${KEYSPACE}.t WHERE p = 20 AND c = 320`);
  await plain.execute(`UPDATE ${KEYSPACE}.t SET v = 'other' WHERE p = 30 AND c = 330`);
  const { signal } = new AbortController();
  const reading = await readingOf(request, { records: 100_000, save: () => Promise.resolve(), signal });
  expect(await new FullReadBack(reading, null).run()).toEqual({
    ...{ extent: 'full', rows: 3_001, equal: 2_998, different: 1, missing: 1, overwritten: 1 },
  });
});

it('goes on with the ranges that are left, without reading the files again', async () => {
  const rows = Array.from({ length: 2_000 }, (_, at) => `${1_000 + at},1,,v${at}`);
  const request = await fullRequest('t', `p,c,s,v\n${rows.join('\n')}\n`);
  await ran(cluster, request, await newDirectory());
  const stop = new AbortController();
  let kept: FullState | null = null;
  const stopped = await readingOf(request, {
    records: 100_000,
    save: (state) => {
      kept ??= state.done.length > 0 ? state : null;
      if (kept !== null) stop.abort(new Error('paused'));
      return Promise.resolve();
    },
    signal: stop.signal,
  });
  await expect(new FullReadBack(stopped, null).run()).rejects.toThrow('paused');
  const { signal } = new AbortController();
  const resumed = await readingOf(request, { records: 100_000, save: () => Promise.resolve(), signal });
  const open = () => Promise.reject(new Error('the files were read again'));
  const inputs = { count: 1, totalBytes: null, isLasting: true, open, check: () => undefined };
  const again = new FullReadBack({ ...resumed, directory: stopped.directory, inputs }, kept);
  const before = again.verified.rows;
  expect(before).toBeGreaterThan(0);
  expect(before).toBeLessThan(2_000);
  expect(await again.run()).toMatchObject({ rows: 2_000, equal: 2_000 });
});

it('finds partitions with static values alone', async () => {
  const text = 'p,c,s,v\n5000,,only,\n5001,1,both,v\n5002,,gone,\n';
  const request = await fullRequest('t', text, { options: { verify: 'none' } });
  await ran(cluster, request, await newDirectory());
  await plain.execute(`DELETE FROM ${KEYSPACE}.t WHERE p = 5002`);
  const { signal } = new AbortController();
  const reading = await readingOf(request, { records: 3, save: () => Promise.resolve(), signal });
  expect(await new FullReadBack(reading, null).run()).toMatchObject({ rows: 3, equal: 2, missing: 1 });
});

it('finds a key whose bytes Cassandra has put into order', async () => {
  const text = 'k,c,v\n"{3, 1, 2}","","{\'b\', \'a\'}"\n"{9, 8}",x,\n';
  expect(await verified('sets', text)).toMatchObject({ rows: 2, equal: 2 });
});

it('reads by key where the table has many more rows than the file', async () => {
  const many = Array.from({ length: 30_000 }, (_, at) => `${at % 60},${at},v`);
  const other = await fullRequest('sparse', `p,c,v\n${many.join('\n')}\n`, { options: { verify: 'none' } });
  await ran(cluster, other, await newDirectory());
  const few = Array.from({ length: 60 }, (_, at) => `${at},${100_000 + at},mine`);
  expect(await verified('sparse', `p,c,v\n${few.join('\n')}\n`)).toMatchObject({ rows: 60, equal: 60, missing: 0 });
});

it('compares a partition that is larger than what is held at a time', async () => {
  const rows = Array.from({ length: 20 }, (_, at) => `777,${at},${'x'.repeat(900_000)}${at}`);
  expect(await verified('sparse', `p,c,v\n${rows.join('\n')}\n`)).toMatchObject({ rows: 20, equal: 20 });
});
