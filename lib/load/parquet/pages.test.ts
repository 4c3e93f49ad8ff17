import fc from 'fast-check';
import type { SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readAll } from '../test-sources';
import { type V1Column, v1File } from './test-v1-pages';

const FORMAT = { format: 'parquet' } as const;

async function fieldsOf(file: Uint8Array) {
  const { records, bad, error } = await readAll(file, FORMAT);
  expect({ bad, error }).toEqual({ bad: [], error: null });
  expect(records.map(({ number }) => number)).toEqual(records.map((_, at) => at + 1));
  return records.map(({ fields }) => fields);
}

const LIST: SchemaElement[] = [
  { name: 'list', num_children: 1, repetition_type: 'OPTIONAL', converted_type: 'LIST' },
  { name: 'list', num_children: 1, repetition_type: 'REPEATED' },
  { name: 'element', type: 'INT32', repetition_type: 'OPTIONAL' },
];
const SCHEMA: SchemaElement[] = [
  { name: 'root', num_children: 4 },
  { name: 'id', type: 'INT64', repetition_type: 'REQUIRED' },
  { name: 'text', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
  { name: 'ratio', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
  ...LIST,
];

const orNull = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 4 });
/** Few different texts make a dictionary, many make none. */
const texts = fc.oneof(fc.constantFrom('', 'a', 'é “x”', '\u{1f600}'), fc.string({ unit: 'grapheme' }));
const row = fc.record({
  id: fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  text: orNull(texts),
  ratio: orNull(fc.double({ noNaN: true, noDefaultInfinity: true })),
  list: orNull(fc.array(orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), { maxLength: 6 })),
});
const sizes = fc.record({ pageSize: fc.integer({ min: 1, max: 200 }), rowGroupSize: fc.integer({ min: 1, max: 60 }) });

describe('columns that are read page by page', () => {
  it('are the rows that were written, wherever pages and row groups end', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 150 }),
        sizes,
        async (rows, { pageSize, rowGroupSize }) => {
          const columnData = [
            { name: 'id', data: rows.map(({ id }) => id) },
            { name: 'text', data: rows.map(({ text }) => text) },
            { name: 'ratio', data: rows.map(({ ratio }) => ratio) },
            { name: 'list', data: rows.map(({ list }) => list) },
          ];
          const file = parquetWriteBuffer({ columnData, schema: SCHEMA, pageSize, rowGroupSize });
          const expected = rows.map(({ id, text, ratio, list }) => [
            String(id),
            text,
            ratio === null ? null : Object.is(ratio, -0) ? '-0' : String(ratio),
            list?.map((value) => (value === null ? null : String(value))) ?? null,
          ]);
          expect(await fieldsOf(new Uint8Array(file))).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are the same beyond the rows that are handed on at a time', async () => {
    const rows = Array.from({ length: 5_003 }, (_, at) => at);
    const columnData = [
      { name: 'id', data: rows, type: 'INT32' as const },
      { name: 'text', data: rows.map((at) => (at % 7 === 0 ? null : `${at % 11}`)), type: 'STRING' as const },
    ];
    const file = parquetWriteBuffer({ columnData, pageSize: 3_000, rowGroupSize: 2_500 });
    const expected = rows.map((at) => [`${at}`, at % 7 === 0 ? null : `${at % 11}`]);
    expect(await fieldsOf(new Uint8Array(file))).toEqual(expected);
  });
});

function int32(...values: number[]): Uint8Array {
  return new Uint8Array(Int32Array.from(values).buffer);
}

/** Twelve bytes: nanoseconds of the day, and the Julian day. */
function int96(nanos: bigint, day: number): Uint8Array {
  const bytes = Buffer.alloc(12);
  bytes.writeBigInt64LE(nanos);
  bytes.writeInt32LE(day, 8);
  return bytes;
}

const ids: V1Column = {
  elements: [{ name: 'id', type: 'INT32', repetition_type: 'OPTIONAL' }],
  type: 'INT32',
  pages: [
    { values: 2, repetition: null, definition: [1, 0], plain: int32(1) },
    { values: 1, repetition: null, definition: [1], plain: int32(3) },
  ],
};

describe('pages of version 1', () => {
  it('may end inside a list', async () => {
    const list: V1Column = {
      elements: LIST,
      type: 'INT32',
      pages: [
        { values: 3, repetition: [0, 1, 0], definition: [3, 3, 3], plain: int32(1, 2, 3) },
        { values: 2, repetition: [1, 1], definition: [3, 2], plain: int32(4) },
        { values: 2, repetition: [1, 0], definition: [3, 1], plain: int32(5) },
      ],
    };
    expect(await fieldsOf(v1File([ids, list], 3))).toEqual([
      ['1', ['1', '2']],
      [null, ['3', '4', null, '5']],
      ['3', []],
    ]);
  });

  it('may have the timestamps of old writers', async () => {
    const at: V1Column = {
      elements: [{ name: 'at', type: 'INT96', repetition_type: 'REQUIRED' }],
      type: 'INT96',
      pages: [{ values: 1, repetition: null, definition: null, plain: int96(1_000_000n, 2_440_589) }],
    };
    expect(await fieldsOf(v1File([at], 1))).toEqual([['1970-01-02T00:00:00.001Z']]);
  });

  it.each<[string, Partial<V1Column>, number, RegExp]>([
    ['fewer rows than the group', {}, 4, /fewer rows/],
    ['more values than their column', { values: 2 }, 3, /more values/],
    [
      'fewer values than they state',
      { pages: [{ values: 3, repetition: null, definition: [1, 1, 1], plain: int32(1) }] },
      3,
      /cannot be read/,
    ],
  ])('that have %s are an error, not nulls', async (_, change, rows, reason) => {
    const { error } = await readAll(v1File([{ ...ids, ...change }], rows), FORMAT);
    expect(String(error)).toMatch(reason);
  });
});
