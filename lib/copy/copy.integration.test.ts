import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig, failureOf, insertAll, testBed } from '@/lib/cassandra/test-support';
import { runCompare } from '@/lib/compare/compare-kind';
import { compareRequestSchema } from '@/lib/contract/compare';
import { type CopyRequest, copyRequestSchema } from '@/lib/contract/copy';
import type { JsonValue } from '@/lib/contract/json';
import { ANONYMOUS } from '@/lib/contract/principal';
import { parseCqlType } from '@/lib/cql/type-text';
import { bundleProgram, startProgram } from '@/lib/export/test-process';
import { HAS_5_0 } from '@/lib/test-release';
import { fromJson } from '@/lib/wire/encode';
import { randomFullBytes } from '@/lib/wire/random-values';
import { isCopied, runCopy } from './copy-kind';
import { copyReviews, type EarlierCopy, planCopy } from './plan';
import { copyWorkSchema } from './request';
import { readCopyStanding } from './state';

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-copy-${process.pid}`));

const KEYSPACE = 'ringside_copy';
const OTHER = 'ringside_copy_target';
const POINT = [
  { name: 'x', type: parseCqlType('int') },
  { name: 'y', type: parseCqlType('text') },
];
const TYPES = [
  ...[
    'ascii',
    'bigint',
    'blob',
    'boolean',
    'date',
    'decimal',
    'double',
    'duration',
    'float',
    'inet',
    'int',
    'smallint',
  ],
  ...['text', 'time', 'timestamp', 'timeuuid', 'tinyint', 'uuid', 'varint', 'list<int>', 'set<text>', 'map<int, text>'],
  ...['frozen<list<text>>', 'frozen<tuple<int, text>>', 'point', 'frozen<point>'],
  ...(HAS_5_0 ? ['vector<float, 3>'] : []),
];
/** The write times of collections, which only 5.0 tells: earlier releases have nothing to keep or to show. */
const COLLECTION_TIMES = HAS_5_0 ? ', maxwritetime(tags) AS wt, maxwritetime(l) AS wl' : '';
/** Random ones would hold nulls where the server takes none. */
const NESTED: Readonly<Record<string, JsonValue>> = {
  'list<int>': [3, 1, 3],
  'set<text>': ['a', 'é'],
  'map<int, text>': [[1, 'x']],
  'frozen<list<text>>': [],
  'frozen<tuple<int, text>>': [1, null],
  'vector<float, 3>': [0.5, -0, 1],
  point: { x: 1, y: null },
  'frozen<point>': { x: null, y: '' },
};
const COLUMNS = TYPES.map((type, at) => `v${at} ${type}`).join(', ');
const { cluster, plain } = testBed(
  [KEYSPACE, OTHER],
  [
    `CREATE TYPE ${KEYSPACE}.point (x int, y text)`,
    `CREATE TABLE ${KEYSPACE}.every (p int, c text, s text static, ${COLUMNS}, PRIMARY KEY (p, c)) WITH CLUSTERING ORDER BY (c DESC) AND gc_grace_seconds = 777`,
    `CREATE TABLE ${KEYSPACE}.t (p int, c int, s text static, v text, n int, l list<int>, tags set<text>, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.same (p int, c int, s text static, v text, n int, l list<int>, tags set<text>, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.big (p int, c int, s text static, v text, n int, l list<int>, tags set<text>, PRIMARY KEY (p, c))`,
    `CREATE TABLE ${KEYSPACE}.texts (p int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.numbers (p int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.counts (p int PRIMARY KEY, n counter)`,
    `CREATE MATERIALIZED VIEW ${KEYSPACE}.seen AS SELECT * FROM ${KEYSPACE}.texts WHERE v IS NOT NULL AND p IS NOT NULL PRIMARY KEY (v, p)`,
  ],
);
let base: string;
let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-copy-'));
  program = await bundleProgram('lib/copy/test-program.ts');
});
afterAll(async () => {
  await program.remove();
  await rm(base, { recursive: true });
});

const sides = { source: cluster, target: cluster };
type Asked = Omit<CopyRequest, 'keyspace' | 'target'> & { readonly to: string; readonly keyspace?: string };
const requestOf = ({ to, ...asked }: Asked) => {
  const [keyspace = '', table = ''] = to.split('.');
  const named = asked.table === undefined ? {} : { keyspace: KEYSPACE };
  return copyRequestSchema.parse({ ...named, target: { keyspace, table }, ...asked });
};
const plan = (asked: Asked, earlier?: EarlierCopy) => {
  const { again: _again, ...request } = requestOf(
    earlier === undefined ? asked : { ...asked, again: { job: randomUUID() } },
  );
  return planCopy(sides, { ...request, earlier }, ANONYMOUS);
};
async function workOf(asked: Asked, earlier?: EarlierCopy) {
  const { token, confirmName } = await plan(asked, earlier);
  const taking = { principal: ANONYMOUS, cluster: 'test', confirmName: confirmName ?? undefined, nowMs: Date.now() };
  return copyReviews.take({ ...taking, token }).work;
}
async function copied(asked: Asked, earlier?: EarlierCopy) {
  const request = await workOf(asked, earlier);
  const directory = await mkdtemp(join(base, 'job-'));
  const running = { request, owner: ANONYMOUS, directory, signal: new AbortController().signal };
  return { request, directory, counts: await runCopy(sides, { ...running, watch: () => undefined }) };
}
async function differences(source: string, target: string, columns?: readonly string[]) {
  const directory = await mkdtemp(join(base, 'compare-'));
  const [keyspace = '', table = ''] = target.split('.');
  const request = compareRequestSchema.parse({
    ...{ keyspace: KEYSPACE, table: source, target: { keyspace, table } },
    ...(columns === undefined ? {} : { columns: [...columns] }),
  });
  const running = { request, owner: ANONYMOUS, directory, signal: new AbortController().signal };
  const { equal, missing, extra, different } = await runCompare(sides, { ...running, watch: () => undefined });
  return { equal, missing, extra, different };
}
const rows = async (cql: string) =>
  (await plain.execute(cql.replaceAll('KS.', `${KEYSPACE}.`), [], { fetchSize: 5_000 })).rows;
async function fill(table: string, count: number): Promise<void> {
  await plain.execute(`TRUNCATE ${KEYSPACE}.${table}`);
  const all = Array.from({ length: count }, (_, at) => [
    Math.floor(at / 10),
    at % 10,
    `v${at}`,
    at,
    [at, at],
    [`t${at % 3}`],
  ]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (p, c, v, n, l, tags) VALUES (?, ?, ?, ?, ?, ?)`, all);
  const statics = Array.from({ length: 20 }, (_, at) => [at * 7, `s${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.${table} (p, s) VALUES (?, ?)`, statics);
}

describe('a table that is copied', () => {
  it('is created from the source’s schema, and has every value of every type', async () => {
    const types = TYPES.map((type) => parseCqlType(type, (_, name) => (name === 'point' ? POINT : undefined)));
    const scalars = types.filter(({ kind }) => kind === 'native');
    const nested = types.flatMap((type, at) =>
      type.kind === 'native' ? [] : [fromJson(NESTED[TYPES[at] ?? ''] ?? null, type)],
    );
    const random = fc.sample(fc.tuple(...scalars.map((type) => randomFullBytes(type))), { numRuns: 60, seed: 7 });
    const values = random.map((row) => [...row, ...nested]);
    const names = types.map((_, at) => `v${at}`).join(', ');
    const marks = types.map(() => '?').join(', ');
    const all = values.map((row, at) => [
      at % 9,
      `c${at}`,
      ...row.map((bytes) => (bytes === null ? null : Buffer.from(bytes))),
    ]);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.every (p, c, ${names}) VALUES (?, ?, ${marks})`, all);
    await plain.execute(`INSERT INTO ${KEYSPACE}.every (p, s) VALUES (1, 'static')`);
    await plain.execute(`INSERT INTO ${KEYSPACE}.every (p, s) VALUES (500, 'alone')`);

    expect(await failureOf(plan({ table: 'every', to: `${OTHER}.every` }))).toMatchObject({ code: 'not_found' });
    const asked = { table: 'every', to: `${OTHER}.every`, create: true, verify: 'compare' as const };
    const shown = await plan(asked);
    expect(shown.create[0]).toBe(`CREATE TYPE ${OTHER}.point (x int, y text)`);
    expect(shown.create[1]).toContain('CLUSTERING ORDER BY (c DESC)');
    expect(shown.create[1]).toContain('gc_grace_seconds = 777');
    expect(shown.write).toContain(`INSERT INTO ${OTHER}.every (`);
    expect(await rows(`SELECT * FROM system_schema.tables WHERE keyspace_name = '${OTHER}'`)).toHaveLength(0);

    const { counts } = await copied(asked);
    expect(counts).toMatchObject({ read: 61, applied: 61, refused: 0, unknown: 0 });
    expect(counts.readBack).toMatchObject({ by: 'range', written: 61, found: 61, lacking: 0 });
    expect(counts.compared).toMatchObject({ equal: 62, missing: 0, extra: 0, different: 0 });
    expect(isCopied(counts)).toBe(true);
    expect(await differences('every', `${OTHER}.every`)).toEqual({ equal: 62, missing: 0, extra: 0, different: 0 });
  });

  it('has its columns renamed, cast, masked, filtered and left out', async () => {
    await fill('t', 100);
    const mapping = [
      { to: 'p', from: { field: 'p' } },
      { to: 'c', from: { field: 'c' } },
      { to: 'v', from: { constant: "'masked'" } },
      { to: 'number', from: { field: 'n' }, steps: [{ do: 'cast' as const, to: 'bigint' }] },
    ];
    const filters = [{ column: 'n', operator: '>=' as const, value: 50 }];
    const asked = { table: 't', to: `${OTHER}.masked`, create: true, mapping, filters, allowFiltering: true };
    const shown = await plan(asked);
    expect(shown.create[0]).toContain('number bigint');
    expect(shown.left.map(({ name }) => name)).toEqual(expect.arrayContaining(['l', 's', 'tags', 'v']));
    const { counts } = await copied(asked);
    expect(counts).toMatchObject({ read: 50, applied: 50 });
    const found = await rows(`SELECT * FROM ${OTHER}.masked`);
    expect(found).toHaveLength(50);
    for (const row of found) {
      expect(row.get('v')).toBe('masked');
      expect(row.get('number')).toBe(BigInt(Number(row.get('p')) * 10 + Number(row.get('c'))));
    }
    expect(shown.estimate === null || shown.estimate.bytes >= 0).toBe(true);
  });

  it('keeps TTLs and write times, of columns, of static values and of collections', async () => {
    await plain.execute(`TRUNCATE ${KEYSPACE}.t`);
    const change = (cql: string) => plain.execute(cql.replaceAll('KS.', `${KEYSPACE}.`));
    await change("INSERT INTO KS.t (p, c, v) VALUES (1, 1, 'a') USING TIMESTAMP 1000000 AND TTL 50000");
    await change('UPDATE KS.t USING TIMESTAMP 2000000 SET n = 5 WHERE p = 1 AND c = 1');
    await change("UPDATE KS.t USING TIMESTAMP 3000000 AND TTL 90000 SET s = 'static' WHERE p = 1");
    await change("UPDATE KS.t USING TIMESTAMP 4000000 SET tags = {'x', 'y'} WHERE p = 1 AND c = 1");
    await change('UPDATE KS.t USING TIMESTAMP 4000001 SET l = [1, 2] WHERE p = 1 AND c = 1');
    await change("UPDATE KS.t USING TIMESTAMP 4000000 SET tags = {'x'} WHERE p = 1 AND c = 2");
    await change("UPDATE KS.t USING TIMESTAMP 5000000 SET tags = tags + {'y'} WHERE p = 1 AND c = 2");
    const { counts } = await copied({
      table: 't',
      to: `${OTHER}.aged`,
      create: true,
      keepTtl: true,
      keepWriteTime: true,
    });
    expect(counts).toMatchObject({ applied: 2, merged: HAS_5_0 ? 1 : 0 });
    const ages =
      'writetime(v) AS wv, ttl(v) AS tv, writetime(n) AS wn, ttl(n) AS tn, writetime(s) AS ws, ttl(s) AS ts, l, tags';
    const [row, second] = await rows(`SELECT ${ages}${COLLECTION_TIMES} FROM ${OTHER}.aged WHERE p = 1`);
    expect([row?.get('wv'), row?.get('wn'), row?.get('ws'), row?.get('wt'), row?.get('wl')]).toEqual([
      1_000_000n,
      2_000_000n,
      3_000_000n,
      ...(HAS_5_0 ? [4_000_000n, 4_000_001n] : [undefined, undefined]),
    ]);
    expect(Number(row?.get('tv'))).toBeGreaterThan(49_000);
    expect(row?.get('tn')).toBeNull();
    expect(Number(row?.get('ts'))).toBeGreaterThan(89_000);
    expect(row?.get('l')).toEqual([1, 2]);
    expect(second?.get('wt')).toBe(HAS_5_0 ? 5_000_000n : undefined);
    expect(second?.get('tags')).toEqual(['x', 'y']);
  });

  it('comes from a statement as well', async () => {
    await fill('t', 100);
    await plain.execute(`TRUNCATE ${KEYSPACE}.same`);
    const statement = `SELECT p, c, v FROM ${KEYSPACE}.t WHERE p = 3`;
    const { counts } = await copied({ statement, to: `${KEYSPACE}.same` });
    expect(counts).toMatchObject({ read: 10, applied: 10, readBack: { by: 'table', written: 10, found: 10 } });
  });
});

describe('rows that cannot be written', () => {
  it('are kept with their reason, and can be copied again', async () => {
    await plain.execute(`TRUNCATE ${KEYSPACE}.texts`);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.texts (p, v) VALUES (?, ?)`, [
      ...Array.from({ length: 20 }, (_, at) => [at, String(at)]),
      [100, 'not a number'],
      [101, 'n/a'],
    ]);
    await plain.execute(`TRUNCATE ${KEYSPACE}.numbers`);
    const cast = { do: 'cast' as const, to: 'int' };
    const mapping = [
      { to: 'p', from: { field: 'p' } },
      { to: 'v', from: { field: 'v' }, steps: [cast] },
    ];
    const { counts, directory, request } = await copied({ table: 'texts', to: `${KEYSPACE}.numbers`, mapping });
    expect(counts).toMatchObject({
      read: 22,
      applied: 20,
      refused: 2,
      readBack: { written: 20, found: 20, lacking: 0 },
    });
    expect(isCopied(counts)).toBe(false);
    const lines = (await readFile(join(directory, 'failed.ndjson'), 'utf8'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(3);
    expect(lines.slice(1).map(({ row }) => row)).toEqual(
      expect.arrayContaining([
        [100, 'not a number'],
        [101, 'n/a'],
      ]),
    );
    expect(lines[1].message).toContain('v: ');

    const [first, second] = mapping;
    const mended = [first, { ...second, steps: [{ do: 'null_if' as const, text: 'n/a' }, cast] }];
    const earlier = { directory, did: request };
    const unchanged = await copied({ to: `${KEYSPACE}.numbers` }, earlier);
    // As before, although the columns have the same names: without the cast no row would fail to be read.
    expect(unchanged).toMatchObject({ request: { mapping: request.mapping }, counts: { read: 2, refused: 2 } });
    const again = await copied({ to: `${KEYSPACE}.numbers`, mapping: mended as typeof mapping }, earlier);
    expect(again.counts).toMatchObject({ read: 2, applied: 1, refused: 1 });
    expect((await rows('SELECT p, v FROM KS.numbers WHERE p = 101'))[0]?.get('v')).toBeNull();
  });
});

describe('a copy whose Ringside is killed', () => {
  it('goes on, and every row is there once', async () => {
    await fill('big', 4_000);
    await plain.execute(`TRUNCATE ${KEYSPACE}.same`);
    const request = await workOf({ table: 'big', to: `${KEYSPACE}.same`, rowsPerSecond: 1_500, verify: 'compare' });
    const directory = await mkdtemp(join(base, 'killed-'));
    const env = {
      RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]),
      RINGSIDE_EXPORT_DIR: directory,
      RINGSIDE_DATA_DIR: join(base, 'data'),
    };
    let [last, kills] = ['', 0];
    for (const most of [1, 1_000 + Math.floor(Math.random() * 1_500), Number.POSITIVE_INFINITY]) {
      const { process, lines, ended } = startProgram(program.path, [JSON.stringify(copyWorkSchema.parse(request))], {
        env,
      });
      for await (const line of lines) {
        last = line;
        if (Number(line.split(' ')[1]) >= most) process.kill('SIGKILL');
      }
      if ((await ended) === 'SIGKILL') kills++;
    }
    expect(kills).toBeGreaterThan(0);
    expect(last).toMatch(/^complete /);
    const [id = ''] = await readdir(directory);
    const { copied: counts } = await readCopyStanding(join(directory, id));
    expect(counts).toMatchObject({ applied: counts?.read, refused: 0, unknown: 0, readBack: { lacking: 0 } });
    expect(counts?.readBack?.found).toBe(counts?.readBack?.written);
    expect(counts?.compared).toMatchObject({ missing: 0, extra: 0, different: 0 });
    expect(await differences('big', `${KEYSPACE}.same`)).toMatchObject({ missing: 0, extra: 0, different: 0 });
  });
});

describe('a copy whose disk is full', () => {
  it('stops and says so, and keeps every failed row once it is resumed with room', async () => {
    const count = 2_000;
    const texts = Array.from({ length: count }, (_, at) => [at, `not a number ${'x'.repeat(200)}`]);
    await plain.execute(`TRUNCATE ${KEYSPACE}.texts`);
    await insertAll(plain, `INSERT INTO ${KEYSPACE}.texts (p, v) VALUES (?, ?)`, texts);
    const mapping = [
      { to: 'p', from: { field: 'p' } },
      { to: 'v', from: { field: 'v' }, steps: [{ do: 'cast' as const, to: 'int' }] },
    ];
    const request = copyWorkSchema.parse(await workOf({ table: 'texts', to: `${KEYSPACE}.numbers`, mapping }));
    const directory = await mkdtemp(join(base, 'full-'));
    const env = {
      RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]),
      RINGSIDE_EXPORT_DIR: directory,
      RINGSIDE_DATA_DIR: join(base, 'data'),
    };
    const lastOf = async (limit: { fileBytes?: number }) => {
      const { lines } = startProgram(program.path, [JSON.stringify(request)], { env, ...limit });
      let last = '';
      for await (const line of lines) last = line;
      return last;
    };
    expect(await lastOf({ fileBytes: 256 * 1_024 })).toMatch(/^failed .*disk_full$/);
    // Refused rows do not stop it: it meets all of them.
    expect(await lastOf({})).toMatch(/^\w+ 2000 /);
    const [id = ''] = (await readdir(directory)).filter((name) => name.length === randomUUID().length);
    const failed = (await readFile(join(directory, id, 'failed.ndjson'), 'utf8')).trim().split('\n').slice(1);
    const keys = failed.map((line) => Number(JSON.parse(line).row[0]));
    expect(keys.toSorted((one, other) => one - other)).toEqual(texts.map(([key]) => key));
  }, 120_000);
});

describe('what cannot be copied', () => {
  it('is refused before anything is written', async () => {
    const codes = async (asked: Asked) => (await failureOf(plan(asked))).message;
    expect(await codes({ table: 't', to: `${KEYSPACE}.t` })).toContain('same table');
    expect(await codes({ table: 'texts', to: `${KEYSPACE}.seen` })).toContain('materialized view');
    expect(
      await codes({ table: 'texts', to: `${KEYSPACE}.counts`, mapping: [{ to: 'p', from: { field: 'p' } }] }),
    ).toContain('counters');
    expect(await codes({ table: 'texts', to: `${KEYSPACE}.numbers` })).toContain('“v” is int, and “v” is text');
    expect(await codes({ table: 't', to: 'nowhere.t', create: true })).toContain('no keyspace nowhere');
    expect(
      await codes({ table: 'texts', to: `${KEYSPACE}.numbers`, mapping: [{ to: 'v', from: { constant: '1' } }] }),
    ).toContain('primary key');
    expect(
      await codes({ table: 'texts', to: `${KEYSPACE}.numbers`, mapping: [{ to: 'p', from: { constant: "'x'" } }] }),
    ).toContain('p');
    const readOnly = new Cluster(clusterConfig({ name: 'closed', writes: false }));
    const red = new Cluster(clusterConfig({ name: 'red', colour: '#c00000' }));
    try {
      const request = requestOf({ table: 'texts', to: `${KEYSPACE}.other`, create: true });
      const refused = await failureOf(planCopy({ source: cluster, target: readOnly }, request, ANONYMOUS));
      expect(refused.code).toBe('read_only');
      expect((await planCopy({ source: cluster, target: red }, request, ANONYMOUS)).confirmName).toBe('other');
    } finally {
      await Promise.all([readOnly.close(), red.close()]);
    }
  });
});
