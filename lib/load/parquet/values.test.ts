import { parquetSchema, type SchemaElement } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { readAll } from '../test-sources';
import { converter, UnreadableColumn } from './values';

type Element = Omit<SchemaElement, 'name'>;

function treeOf(...elements: SchemaElement[]) {
  const [column] = parquetSchema({ schema: [{ name: 'root', num_children: 1 }, ...elements] }).children;
  if (column === undefined) throw new Error('a schema without columns');
  return column;
}

const converted = (value: unknown, ...elements: SchemaElement[]) => converter(treeOf(...elements))(value);
const timestamp = (unit: 'MILLIS' | 'MICROS' | 'NANOS', isAdjustedToUTC: boolean): Element => ({
  type: 'INT64',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC, unit },
});

describe('a value of a Parquet file', () => {
  it.each<[string, Element, unknown, JsonValue]>([
    ['a whole number keeps all digits', { type: 'INT64' }, 9007199254740993n, '9007199254740993'],
    ['an unsigned one has no sign', { type: 'INT32', converted_type: 'UINT_32' }, -1, '4294967295'],
    [
      'one of 64 bits neither',
      { type: 'INT64', logical_type: { type: 'INTEGER', bitWidth: 64, isSigned: false } },
      -1n,
      '18446744073709551615',
    ],
    ['a decimal keeps its scale', { type: 'INT32', converted_type: 'DECIMAL', scale: 2 }, 150, '1.50'],
    [
      'a decimal of bytes',
      { type: 'BYTE_ARRAY', logical_type: { type: 'DECIMAL', scale: 1, precision: 9 } },
      Uint8Array.of(0xff),
      '-0.1',
    ],
    ['a decimal of scale 0', { type: 'INT64', converted_type: 'DECIMAL', scale: 0 }, 10n, '10'],
    ['milliseconds', timestamp('MILLIS', true), 1n, '1970-01-01T00:00:00.001Z'],
    ['microseconds', timestamp('MICROS', true), -1_000n, '1969-12-31T23:59:59.999Z'],
    [
      'microseconds that no timestamp holds keep their digits',
      timestamp('MICROS', true),
      -1n,
      '1969-12-31T23:59:59.999999000Z',
    ],
    ['a time of no zone has no Z', timestamp('NANOS', false), 1_500_000_000n, '1970-01-01T00:00:01.500'],
    ['old timestamps', { type: 'INT96' }, (2_440_589n << 64n) | 1_000_000n, '1970-01-02T00:00:00.001Z'],
    ['a date', { type: 'INT32', converted_type: 'DATE' }, -1, '1969-12-31'],
    ['a time', { type: 'INT64', converted_type: 'TIME_MICROS' }, 1n, '00:00:00.000001000'],
    ['a float is its shortest text', { type: 'FLOAT' }, Math.fround(0.1), '0.1'],
    ['minus zero', { type: 'DOUBLE' }, -0, '-0'],
    ['no number', { type: 'DOUBLE' }, Number.NaN, 'NaN'],
    [
      'half a float',
      { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 2, logical_type: { type: 'FLOAT16' } },
      Uint8Array.of(0x00, 0xc1),
      '-2.5',
    ],
    ['text', { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, Buffer.from('\ufeffé'), '\ufeffé'],
    ['bytes without a meaning', { type: 'BYTE_ARRAY' }, Uint8Array.of(1, 255), '0x01ff'],
    [
      'an interval',
      { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 12, converted_type: 'INTERVAL' },
      Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0),
      '1mo2d3ms',
    ],
    ['null', { type: 'INT32' }, undefined, null],
  ])('%s', (_, element, value, expected) => {
    expect(converted(value, { name: 'c', repetition_type: 'OPTIONAL', ...element })).toEqual(expected);
  });

  it('is a list also where no group of its own surrounds the elements', () => {
    const int: SchemaElement = { name: 'array', type: 'INT32', repetition_type: 'REPEATED' };
    expect(converted([1, 2], int)).toEqual(['1', '2']);
    expect(converted([1, 2], { name: 'c', num_children: 1, converted_type: 'LIST' }, int)).toEqual(['1', '2']);
  });

  it('of a map is its pairs, in their order and all of them', () => {
    const map: SchemaElement[] = [
      { name: 'c', num_children: 1, converted_type: 'MAP' },
      { name: 'entries', num_children: 2, repetition_type: 'REPEATED' },
      { name: 'k', type: 'INT32' },
      { name: 'v', type: 'BOOLEAN', repetition_type: 'OPTIONAL' },
    ];
    const entries = [
      { k: 2, v: true },
      { k: 1, v: null },
      { k: 2, v: false },
    ];
    expect(converted({ entries }, ...map)).toEqual([
      ['2', true],
      ['1', null],
      ['2', false],
    ]);
  });

  it('is refused where nothing stands for it', () => {
    expect(() => converter(treeOf({ name: 'c', type: 'BYTE_ARRAY', logical_type: { type: 'VARIANT' } }))).toThrow(
      UnreadableColumn,
    );
    expect(() => converted(Uint8Array.of(0xff), { name: 'c', type: 'BYTE_ARRAY', converted_type: 'UTF8' })).toThrow(
      /not UTF-8: 0xff/,
    );
  });
});

describe('a file of another writer', () => {
  it('is read row group by row group, with rows that cannot be read among the others', async () => {
    const text = ['a', 'b', 'c', 'd', 'e'];
    const file = parquetWriteBuffer({
      rowGroupSize: 2,
      columnData: [
        { name: 'id', data: [1n, 2n, 3n, 4n, 2n ** 60n + 1n], type: 'INT64' },
        { name: 'note', data: text, type: 'STRING' },
        { name: 'at', data: text.map((_, at) => new Date(at)), type: 'TIMESTAMP' },
        { name: 'nested', data: text.map((name) => ({ name, tags: [name, null] })), type: 'JSON' },
      ],
    });
    const { records, bad, error } = await readAll(new Uint8Array(file), { format: 'parquet' });
    expect({ bad, error }).toEqual({ bad: [], error: null });
    expect(records.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
    expect(records.at(-1)).toMatchObject({
      names: ['id', 'note', 'at', 'nested'],
      fields: ['1152921504606846977', 'e', '1970-01-01T00:00:00.004Z', '{"name":"e","tags":["e",null]}'],
    });
  });
});
