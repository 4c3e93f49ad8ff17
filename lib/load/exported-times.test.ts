import { describe, expect, it } from 'vitest';
import { bindOptionsSchema } from '@/lib/contract/load-sources';
import { parseCqlType } from '@/lib/cql/type-text';
import { guessMapping } from '@/lib/transform/guess-mapping';
import { RowBinder } from '@/lib/transform/row-binder';
import { encodeScalar } from '@/lib/wire/encode-scalar';
import type { CqlTable } from '@/lib/wire/file-format';
import type { FileFormat } from '@/lib/wire/row-writer';
import type { Part } from '@/lib/wire/split';
import { fileOf } from '@/lib/wire/test-pages';
import { toJson } from '@/lib/wire/values';
import { type Options, readAll } from './test-sources';

const [text, int, bigint] = ['text', 'int', 'bigint'].map((name) => parseCqlType(name));
if (text === undefined || int === undefined || bigint === undefined) throw new Error('no types');

const table: CqlTable = {
  keyspace: 'shop',
  table: 'orders',
  columns: [
    { name: 'Day', type: text, kind: 'partition_key' },
    { name: 'at', type: int, kind: 'clustering' },
    { name: 'who', type: text, kind: 'static' },
    { name: 'n', type: int, kind: 'regular' },
    { name: 'm', type: int, kind: 'regular' },
  ],
};

const columns = [
  ...table.columns,
  ...['who', 'n', 'm'].flatMap((name) => [
    { name: `writetime(${name})`, type: bigint },
    { name: `ttl(${name})`, type: int },
  ]),
];

const utf8 = (value: string) => new TextEncoder().encode(value);
const number = (value: number | null) => (value === null ? null : encodeScalar(String(value), 'int'));
const micros = (value: string | null) => (value === null ? null : encodeScalar(value, 'bigint'));

/** A row with its static column, two values, and the write time and TTL of each. */
const row = (
  at: number | null,
  n: number | null,
  m: number | null,
  nTime: string | null,
  mTime: string | null,
  mTtl: number | null,
): Part[] => [
  utf8('a'),
  number(at),
  utf8('me'),
  number(n),
  number(m),
  ...[micros('9007199254740993'), null],
  ...[micros(nTime), null],
  ...[micros(mTime), number(mTtl)],
];

const FORMATS: readonly [string, FileFormat, Options][] = [
  ['CSV', { format: 'csv' }, { format: 'csv' }],
  ['NDJSON', { format: 'ndjson' }, { format: 'ndjson' }],
  ['Parquet', { format: 'parquet' }, { format: 'parquet' }],
  ['CQL', { format: 'cql', table }, { format: 'cql' }],
];

/** Cells as a server would have them after all writes, each with its write time and TTL. */
async function cellsOf(file: Uint8Array, options: Options): Promise<Record<string, unknown>> {
  const { records, bad, error, source } = await readAll(file, options, 11);
  expect({ bad, error }).toEqual({ bad: [], error: null });
  const names = [...new Set(records.flatMap((record) => record.names))];
  const mapping = guessMapping(names, table).columns.map(({ reason: _, ...column }) => column);
  const binder = new RowBinder(bindOptionsSchema.parse({ mapping }), table, source.form);
  const cells: Record<string, unknown> = {};
  for (const record of records) {
    const bound = binder.bind(record);
    if (bound.kind === 'problem') throw new Error(JSON.stringify(bound));
    for (const { values, isStatic, ttlSeconds, timestampMicros } of bound.writes) {
      const shown = table.columns.map(({ name, type }) => toJson(values[binder.columns.indexOf(name)] ?? null, type));
      const [day, at, ...rest] = shown;
      cells[`${day} ${at} row ${isStatic}`] = true;
      for (const [i, value] of rest.entries()) {
        const name = table.columns[i + 2]?.name;
        const place = name === 'who' ? `${day} ${name}` : `${day} ${at} ${name}`;
        if (value !== null) cells[place] = [value, timestampMicros, ttlSeconds];
      }
    }
  }
  return cells;
}

describe.each(FORMATS)('write times and TTLs that were exported as %s', (_, format, options) => {
  it('are loaded with the values that they are of', async () => {
    const rows = [row(1, 5, 6, '20', '30', 0), row(2, 7, 8, '40', '40', null)];
    const cells = await cellsOf(fileOf(format, columns, rows), options);
    expect(cells).toMatchObject({
      'a who': ['me', 9007199254740993n, null],
      'a 1 n': [5, 20n, null],
      // What was in its last second is not made permanent.
      'a 1 m': [6, 30n, 1],
      'a 2 n': [7, 40n, null],
      'a 2 m': [8, 40n, null],
    });
  });

  it('and a partition that has static columns only, are loaded without a row', async () => {
    const cells = await cellsOf(fileOf(format, columns, [row(null, null, null, null, null, null)]), options);
    expect(cells).toEqual({ 'a null row true': true, 'a who': ['me', 9007199254740993n, null] });
  });
});
