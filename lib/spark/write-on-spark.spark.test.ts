import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { failureOf, testBed } from '@/lib/cassandra/test-support';
import type { MappedColumn } from '@/lib/contract/transforms';
import { begin, configure, folder, ownExport, rowsIn, setUpSpark } from './test-jobs';

const KEYSPACE = 'ringside_spark_write';
const WRITE_TIME = 1_700_000_000_000_000;
const hasVectors = !/^4\./.test(process.env.RINGSIDE_TEST_RELEASE ?? '');

/** Types that hold others and types that Spark has no equal for, each with two values; other rows have nulls. */
const RICH: readonly (readonly [string, string, string, string])[] = [
  ['u', 'frozen<address>', "{street: 'a', no: 1, tags: {'x', 'y'}}", '{street: null, no: null, tags: null}'],
  ['u2', 'address', "{street: 'b', no: 2, tags: {'z'}}", "{street: 'only'}"],
  ['tp', 'tuple<int, text, timestamp>', "(1, 'x', '2001-02-03T04:05:06.789Z')", '(2, null, null)'],
  ['du', 'duration', '1mo2d3h', '0s'],
  ['vi', 'varint', '12345678901234567890', '-99999999999999999999999999999999999999'],
  ['de', 'decimal', '1.5', '-0.000000000000000001'],
  ['ts', 'timestamp', "'2001-02-03T04:05:06.789Z'", "'1582-10-15T00:00:00Z'"],
  ['m', 'map<text, int>', "{'a': 1, 'b': 2}", "{'': 0}"],
  ['mm', 'map<text, frozen<list<int>>>', "{'k': [1, 2]}", "{'e': []}"],
  ['lu', 'list<frozen<address>>', "[{street: 'c', no: 3, tags: {'t'}}]", "[{street: 'd', no: 4, tags: {'t'}}]"],
  ['fl', 'frozen<list<int>>', '[1, 2]', '[]'],
  ['ip', 'inet', "'::1'", "'10.0.0.1'"],
  ['tm', 'time', "'23:59:59.999999999'", "'00:00:00'"],
  ...(hasVectors ? ([['ve', 'vector<float, 3>', '[1.5, 2.5, -3.25]', '[0, 0, 1]']] as const) : []),
];
const NAMES = RICH.map(([name]) => name);
const table = (name: string) =>
  `CREATE TABLE ${KEYSPACE}.${name} (id int PRIMARY KEY, ${RICH.map(([column, type]) => `${column} ${type}`).join(', ')})`;
const rich = (id: number, values: readonly string[]) =>
  `INSERT INTO ${KEYSPACE}.rich (id, ${NAMES.join(', ')}) VALUES (${id}, ${values.join(', ')})`;
const PEOPLE = '(id int PRIMARY KEY, name text, price decimal, born date, tags set<int>, big bigint)';

const { cluster, plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TYPE ${KEYSPACE}.address (street text, no int, tags frozen<set<text>>)`,
    ...['rich', 'copied', 'loaded'].map(table),
    rich(
      0,
      RICH.map(([, , one]) => one),
    ),
    rich(
      1,
      RICH.map(([, , , other]) => other),
    ),
    `INSERT INTO ${KEYSPACE}.rich (id, tp) VALUES (2, (null, null, null))`,
    // Its tuple is null too.
    `INSERT INTO ${KEYSPACE}.rich (id) VALUES (3)`,
    ...['ndjson', 'parquet', 'people'].map((name) => `CREATE TABLE ${KEYSPACE}.${name} ${PEOPLE}`),
    `CREATE TABLE ${KEYSPACE}.csv ${PEOPLE} WITH default_time_to_live = 900000`,
    `CREATE TABLE ${KEYSPACE}.hits (id int PRIMARY KEY, n counter)`,
    `UPDATE ${KEYSPACE}.hits SET n = n + 9007199254740993 WHERE id = 1`,
  ],
);

const mapped = (...names: string[]): MappedColumn[] =>
  names.map((name) => ({ to: name, from: { field: name }, steps: [] }));

/** A folder with one file. */
function filesWith(name: string, text: string | Buffer): string {
  const source = join(folder, randomUUID());
  mkdirSync(source);
  writeFileSync(join(source, name), text);
  return source;
}

async function rowsOf(name: string, columns = '*') {
  const { rows } = await plain.execute(`SELECT ${columns} FROM ${KEYSPACE}.${name}`);
  return rows
    .map((row) => Object.fromEntries(row.keys().map((key) => [key, shown(row.get(key))])))
    .toSorted((one, other) => Number(one.id) - Number(other.id));
}

const shown = (value: unknown) =>
  value === null || value === undefined ? null : typeof value === 'object' ? JSON.stringify(value) : String(value);

type Rows = Awaited<ReturnType<typeof rowsOf>>;

/** Rows as the plan says that they become: decimals get 18 places, and a null collection inside another value is empty. */
const throughSpark = (rows: Rows): Rows =>
  rows.map((row) => ({
    ...Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value?.replace('"tags":null', '"tags":[]') ?? null]),
    ),
    de: numberOf(row.de),
    fl: row.fl ?? '[]',
  }));

const withNumbers = (rows: Rows): Rows => rows.map((row) => ({ ...row, de: numberOf(row.de) }));
const numberOf = (text: string | null | undefined) => (text == null ? null : String(Number(text.replaceAll('"', ''))));

/** A value of Parquet by what it says: an absent collection is an empty one, and a decimal is a number in any form. */
function meaning(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string' && /^-?[0-9.]+(E-?[0-9]+)?$/.test(value)) return Number(value);
  if (typeof value !== 'object' || value instanceof Date) return value;
  // Ringside and Spark name the parts of a tuple differently.
  const parts = Object.entries(value).map(([name, part]) => [
    name.replace(/^field_(\d)$/, (_, at) => String(at - 1)),
    meaning(part),
  ]);
  return parts.length === 0 ? null : Object.fromEntries(parts);
}

const failedIn = (failed: string) =>
  readdirSync(failed)
    .filter((name) => name.endsWith('.json'))
    .flatMap((name) => readFileSync(join(failed, name), 'utf8').split('\n'))
    .filter((line) => line !== '');

beforeAll(async () => {
  await setUpSpark();
  configure({ master: 'local[2]' });
});

describe('values that hold others', () => {
  const target = join(folder, 'rich');

  it('are in Spark’s Parquet what they are in Ringside’s, but for what the plan says', async () => {
    const asked = { do: 'export', keyspace: KEYSPACE, table: 'rich', format: 'parquet', target } as const;
    const run = await begin(cluster, { ...asked, accepted: NAMES });
    expect(await run.done).toMatchObject({ rowsObserved: 4, rowsReadBack: 4 });
    const [own, spark] = [await rowsIn(await ownExport(cluster, KEYSPACE, 'rich')), await rowsIn(target)];
    const compared = (rows: typeof own) => rows.map(({ du, ip, ...row }) => meaning(row));
    expect(compared(spark)).toEqual(compared(own));
    expect(spark.map(({ du }) => du)).toEqual(['1mo2d3h', '0s', null, null]);
    expect(spark.map(({ ip }) => ip)).toEqual(['0:0:0:0:0:0:0:1', '10.0.0.1', null, null]);
  });

  it('are loaded again from Spark’s Parquet; a row with a null tuple is kept apart', async () => {
    const failed = join(folder, 'rich-failed');
    const run = await begin(cluster, {
      ...{ do: 'load', keyspace: KEYSPACE, table: 'loaded', format: 'parquet', source: target, accepted: NAMES },
      ...{ failed, mapping: mapped('id', ...NAMES) },
    });
    expect((await failureOf(run.done)).message).toContain('3 rows observed, 3 read back, 1 did not fit');
    expect(failedIn(failed)).toEqual([expect.stringContaining('tp: the connector writes no null tuple')]);
    expect(withNumbers(await rowsOf('loaded'))).toEqual(throughSpark(await rowsOf('rich')).slice(0, 3));
  });

  it('are copied as they are, with the TTL that was asked for', async () => {
    const run = await begin(cluster, {
      ...{ do: 'copy', keyspace: KEYSPACE, table: 'rich', to: { keyspace: KEYSPACE, table: 'copied' } },
      ...{ accepted: NAMES, mapping: mapped('id', ...NAMES), failed: join(folder, 'copy-failed') },
      ...{ ttlSeconds: 86_400, writeConsistency: 'ALL' },
    });
    expect((await failureOf(run.done)).message).toContain('3 rows observed, 3 read back, 1 did not fit');
    expect(withNumbers(await rowsOf('copied'))).toEqual(throughSpark(await rowsOf('rich')).slice(0, 3));
    const [first] = await rowsOf('copied', 'id, ttl(vi) AS ttl');
    expect(Number(first?.ttl)).toBeGreaterThan(80_000);
  });

  it('keep a counter as a whole number', async () => {
    const hits = join(folder, 'hits');
    const run = await begin(cluster, {
      do: 'export',
      keyspace: KEYSPACE,
      table: 'hits',
      format: 'parquet',
      target: hits,
    });
    expect(await run.done).toMatchObject({ rowsReadBack: 1 });
    expect(await rowsIn(hits)).toEqual([{ id: 1, n: 9_007_199_254_740_993n }]);
    expect(await rowsIn(await ownExport(cluster, KEYSPACE, 'hits'))).toEqual(await rowsIn(hits));
  });
});

const SHOWN = 'id, name, price, born, tags, big, ttl(name) AS ttl, writetime(name) AS at';
const reasonsIn = (failed: string) =>
  failedIn(failed)
    .map((line) => String(Object(JSON.parse(line)).ringside_reason))
    .toSorted();

describe('files on Spark', () => {
  const split: MappedColumn = { to: 'tags', from: { field: 'tags' }, steps: [{ do: 'split', by: '|' }] };

  it('of CSV keep quotes, lines and the difference of null and empty; what does not fit is kept apart as it came', async () => {
    const csv = [
      'id,name,price,born,tags,big,ttl,at',
      '1,"a ""b""\nc", 1.50 ,2001-02-03,1|2,9007199254740993,600000,1600000000000000',
      '2,"",0.1,,,,,',
      '3,,x,2001-02-03,,,,',
      '4,four,2,2001-02-30,,,,',
      '5,five,3,2001-02-03,1|z,,,',
      '6,six,4,2001-02-03,,,never,',
      '7,seven',
      ',none,1,,,,,',
      '',
    ].join('\n');
    const failed = join(folder, 'csv-failed');
    const run = await begin(cluster, {
      ...{ do: 'load', keyspace: KEYSPACE, table: 'csv', format: 'csv', source: filesWith('a.csv', csv), failed },
      ...{ ttlField: 'ttl', timestampField: 'at', timestampMicros: WRITE_TIME, accepted: ['price'] },
      mapping: [
        ...mapped('id', 'name', 'born', 'big'),
        { to: 'price', from: { field: 'price' }, steps: [{ do: 'trim' }] },
        split,
      ],
    });
    expect((await failureOf(run.done)).message).toContain('2 rows observed, 2 read back, 6 did not fit');
    expect(reasonsIn(failed)).toEqual([
      ...['born: not date', 'id: the key is missing', 'not a record', 'price: not decimal'],
      ...['tags: an element is not int', 'ttl: not a TTL in seconds'],
    ]);
    expect(failedIn(failed).join()).toContain('"ringside_broken_record":"7,seven"');
    const [one, two] = await rowsOf('csv', SHOWN);
    expect(one).toMatchObject({ name: 'a "b"\nc', born: '"2001-02-03"', tags: '[1,2]', big: '9007199254740993' });
    expect([numberOf(one?.price), one?.at, Number(one?.ttl) > 500_000]).toEqual(['1.5', '1600000000000000', true]);
    expect(two).toMatchObject({ name: '', born: null, tags: null, at: String(WRITE_TIME) });
    // The table's own, as its field is null.
    expect(Number(two?.ttl)).toBeGreaterThan(800_000);
  });

  it('of NDJSON are read as text; a number that Spark may have rounded is kept apart', async () => {
    const lines = [
      '{"id": 1, "name": "é\\n", "price": 1.25, "born": "2001-02-03", "tags": "1|2", "big": 9007199254740993}',
      '{"id": "2", "name": "", "price": "0.123456789012345678", "born": null}',
      '{"id": 3, "name": {"a": 1}, "price": 0.123456789012345678}',
      '{"id": 4, "name": "x", "big": 1.5}',
      '{"id": 5, "name": 4',
    ];
    const failed = join(folder, 'ndjson-failed');
    const run = await begin(cluster, {
      ...{ do: 'load', keyspace: KEYSPACE, table: 'ndjson', format: 'ndjson', failed, accepted: ['price'] },
      ...{
        source: filesWith('a.json.gz', gzipSync(lines.join('\n'))),
        ttlSeconds: 600_000,
        timestampMicros: WRITE_TIME,
      },
      mapping: [...mapped('id', 'name', 'price', 'born', 'big'), split],
    });
    expect((await failureOf(run.done)).message).toContain('2 rows observed, 2 read back, 3 did not fit');
    expect(reasonsIn(failed)).toEqual([
      'big: not bigint',
      'not a record; id: the key is missing',
      expect.stringContaining('price: Spark may have rounded this number'),
    ]);
    const [one, two] = await rowsOf('ndjson', SHOWN);
    expect(one).toMatchObject({ name: 'é\n', born: '"2001-02-03"', tags: '[1,2]', big: '9007199254740993' });
    expect(two).toMatchObject({ name: '', price: '"0.123456789012345678"', born: null, at: String(WRITE_TIME) });
  });

  it('of Parquet that Ringside wrote are loaded, without its manifest', async () => {
    const asked = "(9, 'n', '2026-01-01', {3}, 5)";
    await plain.execute(`INSERT INTO ${KEYSPACE}.people (id, name, born, tags, big) VALUES ${asked}`);
    await plain.execute(`INSERT INTO ${KEYSPACE}.people (id, name) VALUES (10, '')`);
    const run = await begin(cluster, {
      ...{
        do: 'load',
        keyspace: KEYSPACE,
        table: 'parquet',
        format: 'parquet',
        failed: join(folder, 'parquet-failed'),
      },
      ...{ source: await ownExport(cluster, KEYSPACE, 'people'), mapping: mapped('id', 'name', 'born', 'tags', 'big') },
    });
    expect(await run.done).toMatchObject({ rowsObserved: 2, rowsReadBack: 2, rowsFailed: 0 });
    expect(await rowsOf('parquet')).toEqual(await rowsOf('people'));
  });
});
