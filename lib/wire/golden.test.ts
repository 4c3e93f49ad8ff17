import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type CqlType, NATIVE_TYPES } from '@/lib/cql/types';
import type { CsvOptions } from './csv-cells';
import { fromJson } from './encode';
import { ValueError } from './errors';
import { type GoldenValue, hexOfBytes, readGolden } from './golden';
import { compilePlan, type RowFormat } from './plan';
import { isTextType } from './scalar-writers';
import { TextSink } from './sink';
import { toCqlLiteral, toCsvField, toJson } from './values';

const { values } = readGolden(readFileSync(new URL('./golden.json', import.meta.url), 'utf8'));
const cases = values.map(
  (value) => [`${value.type} ${value.hex?.slice(0, 40)} ${value.cql.slice(0, 40)}`, value] as const,
);

/** A page of one row of one cell. */
function pageOf({ bytes }: GoldenValue): Uint8Array {
  const body = new Uint8Array(4 + (bytes?.length ?? 0));
  new DataView(body.buffer).setInt32(0, bytes?.length ?? -1);
  if (bytes) body.set(bytes, 4);
  return body;
}

const textOf = (sink: TextSink) => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(sink.take());

function written(value: GoldenValue, format: RowFormat, options?: CsvOptions): string {
  const sink = new TextSink(16);
  const body = pageOf(value);
  const end = compilePlan([{ name: 'c', type: value.cqlType }], format, options).writePage(body, 0, 1, sink);
  expect(end).toBe(body.length);
  return textOf(sink);
}

/** As CSV, in a line with itself. */
function writtenTwice(value: GoldenValue): string {
  const sink = new TextSink(16);
  const [body, type] = [pageOf(value), value.cqlType];
  const columns = [
    { name: 'a', type },
    { name: 'b', type },
  ];
  compilePlan(columns, 'csv').writePage(new Uint8Array([...body, ...body]), 0, 1, sink);
  return textOf(sink);
}

describe('the golden file', () => {
  it('has every native type, null, and a value of no bytes', () => {
    const of = (test: (value: GoldenValue) => boolean) =>
      new Set(values.filter(test).map(({ cqlType }) => (cqlType.kind === 'native' ? cqlType.name : cqlType.kind)));
    const kinds: CqlType['kind'][] = ['list', 'set', 'map', 'tuple', 'udt', 'vector', 'custom'];
    expect([...of(() => true)].sort()).toEqual([...NATIVE_TYPES, ...kinds].sort());
    expect(of(({ hex }) => hex === null).size).toBeGreaterThanOrEqual(NATIVE_TYPES.length - 1);
    expect(of(({ hex }) => hex === '').size).toBeGreaterThanOrEqual(NATIVE_TYPES.length - 1);
  });

  it.each(cases)('reads %s', (_, value) => {
    expect(toJson(value.bytes, value.cqlType)).toEqual(value.json);
    expect(toCsvField(value.bytes, value.cqlType)).toBe(value.csv);
    expect(toCqlLiteral(value.bytes, value.cqlType)).toBe(value.cql);
  });

  it.each(cases)('writes %s', (_, value) => {
    const line = written(value, 'ndjson-array');
    expect(JSON.parse(line)).toEqual([value.json]);
    expect(line).toBe(`[${value.jsonText ?? JSON.stringify(value.json)}]\n`);
    expect(written(value, 'ndjson-object')).toBe(`{"c":${line.slice(1, -2)}}\n`);
    const { cqlType: type } = value;
    if (type.kind === 'native' && isTextType(type.name))
      expect(() => written(value, 'csv')).toThrow('cannot tell null from empty text');
    else expect(written(value, 'csv')).toBe(`${value.bytes === null ? '""' : value.csv}\r\n`);
    expect(written(value, 'csv', { nullText: 'NULL' })).toBe(`${value.bytes === null ? 'NULL' : value.csv}\r\n`);
    expect(writtenTwice(value)).toBe(`${value.csv},${value.csv}\r\n`);
  });

  it.each(cases)('encodes %s', (_, value) => {
    if (value.encode === 'refused') {
      expect(() => fromJson(value.json, value.cqlType)).toThrow(ValueError);
      return;
    }
    const bytes = fromJson(value.json, value.cqlType);
    const hex = bytes && hexOfBytes(bytes);
    if (value.encode === 'same') expect(hex).toBe(value.hex);
    else expect(hex).not.toBe(value.hex);
    expect(toJson(bytes, value.cqlType)).toEqual(value.json);
  });
});
