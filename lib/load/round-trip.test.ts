import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bindOptionsSchema } from '@/lib/contract/load-sources';
import type { CqlType } from '@/lib/cql/types';
import { guessMapping } from '@/lib/transform/guess-mapping';
import { RowBinder } from '@/lib/transform/row-binder';
import { fromJson } from '@/lib/wire/encode';
import { PlanError, ValueError } from '@/lib/wire/errors';
import type { CqlTable } from '@/lib/wire/file-format';
import { type GoldenValue, hexOfBytes, readGolden } from '@/lib/wire/golden';
import { randomBytes, randomType } from '@/lib/wire/random-values';
import type { FileFormat } from '@/lib/wire/row-writer';
import type { Part } from '@/lib/wire/split';
import { fileOf } from '@/lib/wire/test-pages';
import { toJson } from '@/lib/wire/values';
import { type Options, readAll } from './test-sources';

const { values } = readGolden(readFileSync(new URL('../wire/golden.json', import.meta.url), 'utf8'));

const int = (value: number) => Uint8Array.of(value >> 24, value >> 16, value >> 8, value);

function tableOf(type: CqlType): CqlTable {
  return {
    keyspace: 'k',
    table: 't',
    columns: [
      { name: 'k', type: { kind: 'native', name: 'int' }, kind: 'partition_key' },
      { name: 'Va lue', type, kind: 'regular' },
    ],
  };
}

/** The file with the cells; null where a format cannot hold one, which its writer says: nothing is exported then. */
function exported(format: FileFormat, table: CqlTable, cells: readonly Part[]): Uint8Array | null {
  const rows = cells.map((cell, at) => [int(at), cell]);
  try {
    return fileOf(format, table.columns, rows, 3);
  } catch (error) {
    if (error instanceof PlanError || error instanceof ValueError) return null;
    throw error;
  }
}

/** The cells of the column after they were written by our own writer and loaded again; undefined where it is unset. */
async function loaded(file: Uint8Array, options: Options, table: CqlTable) {
  const { records, bad, error, source } = await readAll(file, options, 7 + (file.length % 90));
  expect({ bad, error }).toEqual({ bad: [], error: null });
  return records.map((record) => {
    const { columns } = guessMapping(record.names, table);
    const mapping = columns.map(({ reason: _, ...column }) => column);
    const binder = new RowBinder(bindOptionsSchema.parse({ mapping, emptyText: 'value' }), table, source.form);
    const bound = binder.bind(record);
    if (bound.kind === 'problem') throw new Error(JSON.stringify(bound));
    const at = binder.columns.indexOf('Va lue');
    expect(bound.writes).toHaveLength(1);
    return at < 0 ? undefined : bound.writes[0]?.values[at];
  });
}

const FORMATS: readonly [string, (table: CqlTable) => FileFormat, Options][] = [
  ['CSV', () => ({ format: 'csv' }), { format: 'csv' }],
  [
    'CSV with its own signs',
    () => ({ format: 'csv', csv: { delimiter: ';', nullText: 'NULL', formulaSafe: true } }),
    { format: 'csv', csv: { delimiter: ';', nullText: 'NULL', formulaSafe: true } },
  ],
  ['NDJSON', () => ({ format: 'ndjson' }), { format: 'ndjson' }],
  ['JSON', () => ({ format: 'json' }), { format: 'json' }],
  ['CQL', (table) => ({ format: 'cql', table }), { format: 'cql' }],
  ['Parquet', () => ({ format: 'parquet' }), { format: 'parquet' }],
];

const hex = (cell: Part | undefined) => (cell === null || cell === undefined ? null : hexOfBytes(cell));

/** What a server holds after a value came through text: the golden file says where that is another value, or none. */
function canonical({ bytes, cqlType, json }: GoldenValue): Part {
  return bytes === null ? null : fromJson(json, cqlType) && fromJson(toJson(bytes, cqlType), cqlType);
}

describe.each(FORMATS)('what was exported as %s is loaded again', (name, formatOf, options) => {
  const usable = values.filter(({ encode, cqlType }) => encode !== 'refused' && cqlType.kind !== 'custom');

  it.each(usable.map((value) => [`${value.type} ${value.cql.slice(0, 60)}`, value] as const))(
    '%s',
    async (_, value) => {
      const table = tableOf(value.cqlType);
      if (value.cqlType.kind === 'native' && value.cqlType.name === 'counter') return;
      const cells = [null, value.bytes, value.bytes];
      const file = exported(formatOf(table), table, cells);
      if (file === null) return;
      const back = await loaded(file, options, table);
      const expected = hex(canonical(value));
      expect(back.map(hex)).toEqual([null, expected, expected]);
    },
  );

  it('random values of random types', async () => {
    // Parquet readers lose a field of the first name, and join the names of a path with points.
    const types = randomType.filter((type) => !/__proto__|"name":"[^"]*\./.test(JSON.stringify(type)));
    const column = types.chain((type) =>
      fc.array(fc.option(randomBytes(type)), { maxLength: 8 }).map((cells) => ({ type, cells })),
    );
    await fc.assert(
      fc.asyncProperty(column, async ({ type, cells }) => {
        const table = tableOf(type);
        const file = exported(formatOf(table), table, cells);
        if (file === null) return;
        const back = await loaded(file, options, table);
        expect(back.map(hex)).toEqual(cells.map(hex));
      }),
      { numRuns: name === 'Parquet' ? 100 : 200 },
    );
  });
});
