import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { errors, types } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterConfig, failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { type CompareRequest, compareRequestSchema } from '@/lib/contract/compare';
import { ANONYMOUS } from '@/lib/contract/principal';
import { bundleProgram, type ProcessOptions, startProgram } from '@/lib/export/test-process';
import { linesOf } from '@/lib/test-lines';
import { runCompare } from './compare-kind';
import { readCompareStanding } from './state';

const KEYSPACE = 'ringside_compare_ended';
const { cluster, plain } = testBed(
  [KEYSPACE],
  ['a', 'b', 'dropped'].map((name) => `CREATE TABLE ${KEYSPACE}.${name} (p int, c text, n int, PRIMARY KEY (p, c))`),
);
const REQUEST = { keyspace: KEYSPACE, table: 'a', target: { keyspace: KEYSPACE, table: 'b' } };
const [PARTITIONS, ROWS_EACH] = [60, 20];

let base: string;
let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-compare-ended-'));
  program = await bundleProgram('lib/compare/test-program.ts');
});
afterAll(async () => {
  await program.remove();
  await rm(base, { recursive: true });
});

const insert = (table: string, rows: readonly (readonly unknown[])[]) =>
  insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (p, c, n) VALUES (?, ?, ?)`, rows);

describe('a comparison by a Ringside that may end at any time', () => {
  /** Runs the one job of a Ringside whose files are in this directory. */
  const started = (directory: string, request: CompareRequest, options: Omit<ProcessOptions, 'env'> = {}) => {
    const files = { RINGSIDE_EXPORT_DIR: directory, RINGSIDE_DATA_DIR: join(directory, 'data') };
    const env = { RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]), ...files };
    return startProgram(program.path, [JSON.stringify(request)], { env, ...options });
  };
  const jobIn = async (directory: string) => {
    const [id = ''] = (await readdir(directory)).filter((name) => name.length === 36);
    return join(directory, id);
  };

  it('goes on after each kill, and has every difference once', async () => {
    const all = Array.from({ length: PARTITIONS * ROWS_EACH }, (_, at) => [at % PARTITIONS, `c${at}`, at] as const);
    // One of each kind of difference in each third partition, in its first row.
    const kinds = ['missing', 'extra', 'different'] as const;
    const planted = all.slice(0, PARTITIONS).map(([p, c]) => ({ is: kinds[p % kinds.length], p, c }));
    const others = all.slice(PARTITIONS);
    const not = (kind: string) => all.slice(0, PARTITIONS).filter(([p]) => kinds[p % kinds.length] !== kind);
    await insert('a', [...others, ...not('extra')]);
    const changed = not('missing').map(([p, c, n]) => [p, c, kinds[p % kinds.length] === 'different' ? -1 : n]);
    await insert('b', [...others, ...changed]);
    const directory = await mkdtemp(join(base, 'killed-'));
    const request = compareRequestSchema.parse({ ...REQUEST, rowsPerSecond: 800, rangesAtOnce: 2 });
    let [last, kills] = ['', 0];
    while (!last.startsWith('complete')) {
      const { process, lines, ended } = started(directory, request);
      const most = kills < 3 ? 10 + Math.floor(Math.random() * 80) : Number.POSITIVE_INFINITY;
      let seen = 0;
      for await (const line of lines) {
        last = line;
        if (line.startsWith('running') && ++seen > most) process.kill('SIGKILL');
      }
      if ((await ended) === 'SIGKILL') kills++;
      else expect(last).toMatch(/^complete /);
    }
    expect(kills).toBeGreaterThan(0);
    const counts = {
      ...{ sourceRows: 1_180, targetRows: 1_180, equal: 1_140, missing: 20, extra: 20, different: 20, kept: 60 },
    };
    expect(await readCompareStanding(await jobIn(directory))).toMatchObject({ rows: 2_360, compared: counts });
    const lines = await linesOf(await jobIn(directory), 'differences.ndjson');
    expect(lines).toHaveLength(planted.length);
    for (const { is, p, c } of planted) expect(lines).toContainEqual(expect.objectContaining({ is, key: { p, c } }));
  }, 300_000);

  it('stops when its disk is full, says so, and has every difference once it is resumed with room', async () => {
    await plain.execute(`TRUNCATE ${KEYSPACE}.a`);
    await plain.execute(`TRUNCATE ${KEYSPACE}.b`);
    const count = 1_000;
    await insert(
      'a',
      Array.from({ length: count }, (_, at) => [at, 'x'.repeat(500), at]),
    );
    const directory = await mkdtemp(join(base, 'full-'));
    const lastOf = async (limit: Omit<ProcessOptions, 'env'>) => {
      let last = '';
      for await (const line of started(directory, compareRequestSchema.parse(REQUEST), limit).lines) last = line;
      return last;
    };
    expect(await lastOf({ fileBytes: 128 * 1_024 })).toMatch(/^failed .*disk_full$/);
    const before = (await readCompareStanding(await jobIn(directory))).compared;
    expect(before?.missing).toBeLessThan(count);
    expect(before?.kept).toBe(before?.missing);
    expect(await lastOf({})).toMatch(/^complete 1000 /);
    expect((await readCompareStanding(await jobIn(directory))).compared).toMatchObject({ missing: count, kept: count });
    const lines = await linesOf(await jobIn(directory), 'differences.ndjson');
    expect(lines).toHaveLength(count);
    expect(new Set(lines.map(({ key }) => JSON.stringify(key))).size).toBe(count);
  }, 300_000);
});

it('says that a table was dropped where nodes fail with something else while they drop it', async () => {
  const client = await cluster.client();
  const execute = client.execute.bind(client);
  const full = `${KEYSPACE}.dropped`;
  let dropping: Promise<unknown> | undefined;
  Reflect.set(client, 'execute', async (statement: string, ...rest: [unknown[], object]) => {
    if (!statement.includes(`FROM ${full}`)) return execute(statement, ...rest);
    dropping ??= plain.execute(`DROP TABLE ${full}`, [], { readTimeout: 60_000 });
    await dropping;
    throw new errors.ResponseError(types.responseErrorCodes.serverError, 'java.lang.AssertionError');
  });
  const request = compareRequestSchema.parse({ ...REQUEST, table: 'dropped' });
  const running = { request, owner: ANONYMOUS, directory: await mkdtemp(join(base, 'dropped-')) };
  try {
    const signal = new AbortController().signal;
    const comparing = runCompare({ source: cluster, target: cluster }, { ...running, signal, watch: () => undefined });
    expect(await failureOf(comparing)).toMatchObject({
      ...{ code: 'schema_changed', retryable: false },
      message: `${full} was dropped while it was read.`,
    });
  } finally {
    Reflect.set(client, 'execute', execute);
  }
});
