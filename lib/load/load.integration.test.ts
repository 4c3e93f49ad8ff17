import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clusterConfig, failureOf, testBed } from '@/lib/cassandra/test-support';
import { parseJson } from '@/lib/contract/json';
import type { LoadDryRunLine } from '@/lib/contract/load';
import { bundleProgram, startProgram } from '../export/test-process';
import { binderOf } from './binder';
import { DryRunLines } from './dry-run-lines';
import { FileInputs, StreamInput } from './inputs';
import type { LoadJobRequest } from './job-request';
import { loadManifestSchema, readLoadStanding } from './state';
import { type Asked, foundFiles, previewed, ran, reviewed, textFile } from './test-load';

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-load-${process.pid}`));

const KEYSPACE = 'ringside_load_test';
const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, s text static, v text, n int, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.lists (p int PRIMARY KEY, l list<int>)`,
    `CREATE TABLE ${KEYSPACE}.gone (p int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.altered (p int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.cut (p int PRIMARY KEY, v text)`,
  ],
);

let base: string;
let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-load-'));
  program = await bundleProgram('lib/load/test-program.ts');
});
afterAll(async () => {
  await program.remove();
  await rm(base, { recursive: true });
});

const newDirectory = () => mkdtemp(join(base, 'job-'));
const found = async (select: string) =>
  (await plain.execute(select, [], { fetchSize: 50_000 })).rows.map((row) => row.values());
const all = async (of: string) => (await found(`SELECT * FROM ${KEYSPACE}.t WHERE p = ${of}`)).map((row) => row);

async function loaded(name: string, text: string | Uint8Array, asked: Asked & { table?: string } = {}) {
  const { table = 't', ...given } = asked;
  const directory = await newDirectory();
  const path = await textFile(await newDirectory(), name, text);
  const request = await reviewed(cluster, `${KEYSPACE}.${table}`, await foundFiles(path), given);
  return { directory, path, ...(await ran(cluster, request, directory)) };
}

const manifestIn = async (directory: string) =>
  loadManifestSchema.parse(parseJson(await readFile(join(directory, 'manifest.json'), 'utf8')));

describe('a file of rows', () => {
  it('is in the table, counted and found there', async () => {
    const rows = Array.from({ length: 2_500 }, (_, at) => `${at % 50},${at},v${at},${at % 2 === 0 ? at : ''}`);
    const { load, isAllWritten, directory } = await loaded('rows.csv', ['p,c,v,n', ...rows].join('\n'), {
      options: { verify: 'full' },
    });
    expect(load).toMatchObject({ read: 2_500, written: 2_500, bad: 0, refused: 0, unknown: 0 });
    expect(load.verified).toEqual({
      extent: 'full',
      rows: 2_500,
      equal: 2_500,
      different: 0,
      missing: 0,
      overwritten: 0,
    });
    expect(isAllWritten).toBe(true);
    expect(await all('7')).toHaveLength(50);
    expect((await all('7'))[0]).toEqual([7, 7, null, null, 'v7']);
    const manifest = await manifestIn(directory);
    expect(manifest).toMatchObject({ isComplete: true, isAllWritten: true, rows: 2_500, files: [] });
    expect(manifest.inputs).toMatchObject([
      { name: 'rows.csv', records: 2_500, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(await readLoadStanding(directory)).toMatchObject({ rows: 2_500, load });
  });

  it('is loaded without the records that are no rows, which can be mended and loaded', async () => {
    const text = 'p,c,v,n\r\n100,1,one,1\r\n100,two,"tw\r\no",2\r\n100,3,three,x\r\n100,4,four\r\n100,5,five,5\r\n';
    const { load, directory, isAllWritten } = await loaded('bad.csv', text);
    expect(load).toMatchObject({ read: 5, written: 2, bad: 3 });
    expect(isAllWritten).toBe(false);
    const failed = await readFile(join(directory, 'failed.csv'), 'utf8');
    expect(failed).toBe('p,c,v,n\n100,two,"tw\r\no",2\n100,3,three,x\n100,4,four\n');
    const reasons = (await readFile(join(directory, 'reasons.ndjson'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => parseJson(line));
    expect(reasons).toMatchObject([
      { number: 2, line: 3, column: 'c', value: 'two', outcome: 'bad', file: 'failed.csv' },
      { number: 3, line: 5, column: 'n', value: 'x', outcome: 'bad' },
      { number: 4, line: 6, outcome: 'bad' },
    ]);
    const mended = failed.replace('two', '2').replace('x', '3').replace('four', 'four,4');
    const again = await loaded('failed.csv', mended);
    expect(again.load).toMatchObject({ read: 3, written: 3, bad: 0 });
    expect(again.load.verified).toMatchObject({ rows: 3, equal: 3 });
    expect((await all('100')).map(([, c, , n, v]) => [c, n, v])).toEqual([
      [1, 1, 'one'],
      [2, 2, 'tw\r\no'],
      [3, 3, 'three'],
      [4, 4, 'four'],
      [5, 5, 'five'],
    ]);
  });

  it('is read once, with a sample that is read back from all files', async () => {
    const folder = await newDirectory();
    const paths = await Promise.all([
      textFile(folder, 'a.csv', 'p,c,v\n110,1,a\n110,2,b\n'),
      textFile(folder, 'b.csv', 'p,c,v\n110,3,c\nx,1,d\n110,4,e\n'),
    ]);
    const found = await foundFiles(...paths);
    const request = await reviewed(cluster, `${KEYSPACE}.t`, found);
    const inputs = new FileInputs(found.files, request.source);
    const open = vi.spyOn(inputs, 'open');
    const { load } = await ran(cluster, request, await newDirectory(), undefined, inputs);
    expect(load.verified).toMatchObject({ extent: 'sample', rows: 4, equal: 4 });
    expect(open.mock.calls.map(([index]) => index)).toEqual([0, 1]);
    // A difference is looked for in the files: a later record may have the same key.
    const twice = await loaded('sampled.csv', 'p,c,v\n111,1,z\n111,1,a\n');
    expect(twice.load.verified).toMatchObject({ rows: 2, equal: 1, overwritten: 1 });
  });

  it('keeps the last of the records with one key, and says that the others are overwritten', async () => {
    const text = 'p,c,v\n101,1,z\n101,2,x\n101,1,a\n';
    const { load, isAllWritten } = await loaded('twice.csv', text, { options: { verify: 'full' } });
    expect((await all('101')).map((row) => row.at(-1))).toEqual(['a', 'x']);
    expect(load.verified).toMatchObject({ rows: 3, equal: 2, overwritten: 1, different: 0 });
    expect(isAllWritten).toBe(true);
  });

  it('does not change what is newer, and says so', async () => {
    await plain.execute(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (102, 1, 'newer')`);
    const { load, isAllWritten } = await loaded('old.csv', 'p,c,v\n102,1,old\n102,2,x\n', {
      bind: { timestamp: { constant: '1000' } },
    });
    expect(load).toMatchObject({ written: 2, verified: { rows: 2, equal: 1, different: 1 } });
    expect(isAllWritten).toBe(false);
    expect((await all('102'))[0]?.at(-1)).toBe('newer');
  });

  it('stops at too many failures, and goes on when it is resumed', async () => {
    const rows = Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? `103,x${at},v` : `103,${at},v`));
    const directory = await newDirectory();
    const path = await textFile(await newDirectory(), 'many.csv', `${['p,c,v', ...rows].join('\n')}\n`);
    const request = await reviewed(cluster, `${KEYSPACE}.t`, await foundFiles(path), {
      options: { maxFailures: { rows: 10, share: null } },
    });
    const failure = await failureOf(ran(cluster, request, directory));
    expect(failure.message).toContain('Stopped: 20 records');
    expect(await readLoadStanding(directory)).toMatchObject({ load: { read: 60, bad: 20, written: 40 } });
    const { load } = await ran(cluster, request, directory);
    expect(load).toMatchObject({ read: 60, bad: 20, written: 40 });
  });

  it('shows a preview by the parser that loads it', async () => {
    const path = await textFile(await newDirectory(), 'a.txt', 'P;C;v\n1;2;"a;b"\n1;x;b\n');
    const preview = await previewed(cluster, `${KEYSPACE}.t`, await foundFiles(path));
    expect(preview.source).toMatchObject({ format: 'csv', csv: { delimiter: ';' } });
    expect(preview.mapping.map(({ to, from }) => [to, from])).toEqual([
      ['p', { field: 'P' }],
      ['c', { field: 'C' }],
      ['v', { field: 'v' }],
    ]);
    expect(preview.records).toMatchObject([
      { number: 1, line: 2, fields: ['1', '2', 'a;b'], row: { p: 1, c: 2, v: 'a;b' }, problem: null },
      { number: 2, line: 3, row: null, problem: { column: 'c', field: 'C', value: 'x', line: 3 } },
    ]);
    expect(preview.statement).toBe(`INSERT INTO ${KEYSPACE}.t (p, c, v) VALUES (?, ?, ?) USING TIMESTAMP ? AND TTL ?`);
    expect(preview.token).not.toBeNull();
    // What is stated leaves the rest to be found out.
    const stated = await previewed(cluster, `${KEYSPACE}.t`, await foundFiles(path), {
      source: { csv: { nullText: 'b' } },
    });
    expect(stated.source.csv).toMatchObject({ delimiter: ';', nullText: 'b' });
  });

  it('is checked as a whole by a dry run, which writes nothing', async () => {
    const path = await textFile(await newDirectory(), 'dry.csv', 'p,c,v\n104,1,a\n104,x,b\n104,1,c\n104,2\n');
    const { decided } = await previewed(cluster, `${KEYSPACE}.t`, await foundFiles(path));
    const { table: of, source, bind } = decided;
    const inputs = new FileInputs((await foundFiles(path)).files, source);
    const { signal } = new AbortController();
    const run = new DryRunLines({
      inputs,
      binder: binderOf(of, source, bind),
      columns: of.shape.columns,
      source,
      signal,
    });
    const lines: LoadDryRunLine[] = [];
    for await (const line of run.lines()) lines.push(line);
    expect(lines.flatMap((line) => ('problems' in line ? line.problems : []))).toMatchObject([
      { number: 2, line: 3, column: 'c', value: 'x' },
      { number: 4, line: 5 },
    ]);
    expect(lines.at(-1)).toMatchObject({
      end: { outcome: 'complete', counts: { records: 4, good: 2, bad: 2, duplicates: 1, allKeysCompared: true } },
    });
    expect(await all('104')).toEqual([]);
  });

  it('has its TTL and write time from fields or constants', async () => {
    const text = 'p,c,v,age,at\n105,1,a,5000,1700000000000001\n105,2,b,,\n';
    const { load } = await loaded('timed.csv', text, {
      bind: { ttl: { field: 'age' }, timestamp: { field: 'at' } },
    });
    expect(load.written).toBe(2);
    const [one, two] = await found(`SELECT ttl(v), writetime(v) FROM ${KEYSPACE}.t WHERE p = 105`);
    expect(Number(one?.[0])).toBeGreaterThan(4_000);
    expect(String(one?.[1])).toBe('1700000000000001');
    expect(two?.[0]).toBeNull();
  });

  it('leaves lists as they are in the file, also when it is loaded again after a kill', async () => {
    const directory = await newDirectory();
    const rows = Array.from({ length: 300 }, (_, at) => `{"p": ${at}, "l": [1, 2, ${at}]}`).join('\n');
    const path = await textFile(await newDirectory(), 'lists.ndjson', rows);
    const request = await reviewed(cluster, `${KEYSPACE}.lists`, await foundFiles(path));
    const stop = new AbortController();
    const running = ran(
      cluster,
      { ...request, options: { ...request.options, rowsPerSecond: 200 } },
      directory,
      stop.signal,
    );
    await expect.poll(async () => (await found(`SELECT p FROM ${KEYSPACE}.lists`)).length).toBeGreaterThan(20);
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    const again = { ...request, options: { ...request.options, rowsPerSecond: 200 } };
    expect((await ran(cluster, again, directory)).load).toMatchObject({ read: 300, written: 300 });
    for (const [p, l] of await found(`SELECT p, l FROM ${KEYSPACE}.lists`)) expect(l).toEqual([1, 2, p]);
  });

  it('never sends a list again whose write time is in the file', async () => {
    const directory = await newDirectory();
    const rows = Array.from(
      { length: 300 },
      (_, at) => `{"p": ${1_000 + at}, "l": [1, ${at}], "at": 1700000000000001}`,
    );
    const path = await textFile(await newDirectory(), 'fixed.ndjson', rows.join('\n'));
    const request = await reviewed(cluster, `${KEYSPACE}.lists`, await foundFiles(path), {
      bind: { timestamp: { field: 'at' } },
      options: { rowsPerSecond: 60, maxFailures: { rows: null, share: null } },
    });
    const stop = new AbortController();
    const running = ran(cluster, request, directory, stop.signal);
    const written = async () => (await found(`SELECT p, l FROM ${KEYSPACE}.lists`)).filter(([p]) => Number(p) >= 1_000);
    await expect.poll(async () => (await written()).length).toBeGreaterThan(20);
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    const { load } = await ran(cluster, request, directory);
    expect(load.read).toBe(300);
    expect(load.unknown).toBeGreaterThan(0);
    expect(load.written + load.unknown).toBe(300);
    for (const [p, l] of await written()) expect(l).toEqual([1, Number(p) - 1_000]);
  });

  it('stops when its table is dropped or altered meanwhile, and finds what a truncation took', async () => {
    const rows = (count: number) => `${['p,v', ...Array.from({ length: count }, (_, at) => `${at},v`)].join('\n')}\n`;
    for (const [table, change] of [
      ['gone', 'DROP TABLE'],
      ['altered', 'ALTER TABLE'],
      ['cut', 'TRUNCATE'],
    ] as const) {
      const path = await textFile(await newDirectory(), 'rows.csv', rows(table === 'gone' ? 6_000 : 400));
      const options = { rowsPerSecond: 100, verify: 'full' } as const;
      const request = await reviewed(cluster, `${KEYSPACE}.${table}`, await foundFiles(path), { options });
      const directory = await newDirectory();
      const running = ran(cluster, request, directory).then(
        (value) => value,
        (error: unknown) => error,
      );
      await expect.poll(async () => (await found(`SELECT p FROM ${KEYSPACE}.${table}`)).length).toBeGreaterThan(20);
      await plain.execute(`${change} ${KEYSPACE}.${table}${table === 'altered' ? ' ADD w int' : ''}`);
      const outcome = await running;
      if (table === 'gone') expect(outcome).toMatchObject({ error: { code: 'not_found' } });
      if (table === 'altered') expect(outcome).toMatchObject({ error: { code: 'schema_changed' } });
      if (table !== 'cut') continue;
      expect(outcome).toMatchObject({ isAllWritten: false, load: { written: 400 } });
      expect(outcome).toHaveProperty('load.verified.missing', expect.any(Number));
    }
  }, 120_000);

  it('is read back from all runs when it comes from a stream', async () => {
    const text = `p,c,v\n${Array.from({ length: 400 }, (_, at) => `${at === 3 ? 'x' : 900},${at},v\n`).join('')}`;
    const path = await textFile(await newDirectory(), 'stream.csv', text);
    const options = { rowsPerSecond: 200 };
    const reviewedFile = await reviewed(cluster, `${KEYSPACE}.t`, await foundFiles(path), { options });
    const request: LoadJobRequest = { ...reviewedFile, input: { from: 'stdin' } };
    const [directory, stop] = [await newDirectory(), new AbortController()];
    const stream = () => new StreamInput(Readable.from([text], { objectMode: false }), request.source, null);
    const running = ran(cluster, request, directory, stop.signal, stream());
    await expect.poll(async () => (await all('900')).length, { timeout: 60_000 }).toBeGreaterThan(20);
    stop.abort(new Error('stopped'));
    await expect(running).rejects.toThrow('stopped');
    const { load } = await ran(cluster, request, directory, undefined, stream());
    expect(load).toMatchObject({ read: 400, written: 399, bad: 1 });
    expect(load.verified).toMatchObject({ extent: 'sample', rows: 399, equal: 399 });
  });

  it('is counted once and written at least once, whenever Ringside is killed', async () => {
    const count = 3_000;
    const text = Array.from({ length: count }, (_, at) =>
      at % 100 === 50 ? `x,${at},v` : `${200 + (at % 40)},${at},v${at}`,
    );
    const path = await textFile(await newDirectory(), 'killed.csv', `${['p,c,v', ...text].join('\n')}\n`);
    const options = { rowsPerSecond: 1_500, verify: 'full', maxFailures: { rows: null, share: null } } as const;
    const request = await reviewed(cluster, `${KEYSPACE}.t`, await foundFiles(path), { options });
    const data = await newDirectory();
    const env = { RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]), RINGSIDE_DATA_DIR: data };
    let kills = 0;
    for (let ended = false; !ended; ) {
      const { process: child, lines, ended: over } = startProgram(program.path, [JSON.stringify(request)], { env });
      const killAfter = kills < 4 ? 20 + Math.floor(Math.random() * 60) : Number.POSITIVE_INFINITY;
      let [seen, last] = [0, ''];
      for await (const line of lines) {
        last = line;
        if (line.startsWith('running') && ++seen > killAfter) child.kill('SIGKILL');
      }
      ended = (await over) === 0 && last.startsWith('complete');
      if (!ended) kills++;
      if (kills > 20) throw new Error(last);
    }
    expect(kills).toBeGreaterThan(0);
    const [id = ''] = (await readdir(join(data, 'exports'))).filter((name) => name.length === 36);
    const manifest = await manifestIn(join(data, 'exports', id));
    expect(manifest.load).toMatchObject({ read: count, written: count - 30, bad: 30, refused: 0, unknown: 0 });
    expect(manifest.load.verified).toMatchObject({ rows: count - 30, equal: count - 30 });
    const failed = (await readFile(join(data, 'exports', id, 'failed.csv'), 'utf8')).trim().split('\n');
    expect(failed).toEqual(['p,c,v', ...text.filter((line) => line.startsWith('x'))]);
  }, 240_000);

  it('can be resumed after the disk was full', async () => {
    const text = Array.from({ length: 2_000 }, (_, at) => `x${at},${at},${'v'.repeat(200)}`);
    const path = await textFile(await newDirectory(), 'full.csv', `${['p,c,v', ...text].join('\n')}\n`);
    const options = { verify: 'none', maxFailures: { rows: null, share: null } } as const;
    const request = await reviewed(cluster, `${KEYSPACE}.t`, await foundFiles(path), { options });
    const data = await newDirectory();
    const env = { RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]), RINGSIDE_DATA_DIR: data };
    const outputOf = async (fileBytes?: number) => {
      const limit = fileBytes === undefined ? {} : { fileBytes };
      const { lines } = startProgram(program.path, [JSON.stringify(request)], { env, ...limit });
      let last = '';
      for await (const line of lines) last = line;
      return last;
    };
    expect(await outputOf(256 * 1_024)).toContain('disk_full');
    expect(await outputOf()).toContain('complete 2000');
    const [id = ''] = (await readdir(join(data, 'exports'))).filter((name) => name.length === 36);
    const failed = (await readFile(join(data, 'exports', id, 'failed.csv'), 'utf8')).trim().split('\n');
    expect(failed).toEqual(['p,c,v', ...text]);
  }, 120_000);
});
