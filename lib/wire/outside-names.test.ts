import { describe, expect, it } from 'vitest';
import { jsonText } from '@/lib/contract/json';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import type { CqlType } from '@/lib/cql/types';
import { beginningOf } from './beginning';
import { literalJson } from './cql-literal';
import { fromJson } from './encode';
import { jsonToCql, jsonToLoadableCql } from './json-texts';
import { metadataOf } from './parquet/test-read';
import { compilePlan } from './plan';
import { TextSink } from './sink';
import { fileOf, fileTextOf, pageOf } from './test-pages';
import { toCqlLiteral, toJson } from './values';

/** Names that every object inherits. */
const NAMES = Object.getOwnPropertyNames(Object.prototype);

const TEXT: CqlType = { kind: 'native', name: 'text' };
const MAP: CqlType = { kind: 'map', key: TEXT, value: TEXT };
const udt = (...names: readonly string[]): CqlType => {
  return { kind: 'udt', keyspace: 'k', name: 'u', fields: names.map((name) => ({ name, type: TEXT })) };
};
const parsed = (text: string) => JSON.parse(text);

describe.each(NAMES)('an external name: %s', (name) => {
  const json = `{"${name}":"x","k":"v"}`;
  const fields = udt(name, 'k');

  it('as a key of a map', () => {
    const bytes = fromJson(parsed(json), MAP);
    expect(Object.keys(Object(toJson(bytes, MAP))).sort()).toEqual([name, 'k'].sort());
    expect(jsonText(toJson(bytes, MAP))).toContain(`"${name}":"x"`);
    expect(toCqlLiteral(bytes, MAP)).toContain(`'${name}': 'x'`);
    expect(jsonToCql(parsed(json), MAP)).toBe(toCqlLiteral(bytes, MAP));
    expect(jsonText(beginningOf(parsed(json), 100))).toBe(json);
  });

  it('as a field', () => {
    const bytes = fromJson(parsed(json), fields);
    expect(jsonText(toJson(bytes, fields))).toBe(json);
    const literal = `{${quoteIdentifier(name)}: 'x', k: 'v'}`;
    expect(toCqlLiteral(bytes, fields)).toBe(literal);
    expect(jsonToLoadableCql(parsed(json), fields)).toBe(literal);
    expect(jsonText(literalJson(literal, fields))).toBe(json);
  });

  it('as a field without a value', () => {
    const none = { k: 'v' };
    expect(jsonText(toJson(fromJson(none, fields), fields))).toBe(`{"${name}":null,"k":"v"}`);
    expect(jsonToLoadableCql(none, fields)).toBe(`{${quoteIdentifier(name)}: null, k: 'v'}`);
  });

  it('as a field that the type does not have', () => {
    expect(() => fromJson(parsed(json), udt('k'))).toThrow('has no field');
    expect(() => jsonToCql(parsed(json), udt('k'))).toThrow('has no field');
  });

  it('as a column of a file', () => {
    const columns = [
      { name, type: TEXT },
      { name: 'k', type: MAP },
    ];
    const rows = [[new TextEncoder().encode('x'), fromJson(parsed(json), MAP)]];
    const entries = jsonText(toJson(fromJson(parsed(json), MAP), MAP));
    expect(fileTextOf({ format: 'ndjson' }, columns, rows)).toBe(`{"${name}":"x","k":${entries}}\n`);
    expect(fileTextOf({ format: 'json' }, columns, rows)).toBe(`[\n{"${name}":"x","k":${entries}}\n]\n`);
    expect(fileTextOf({ format: 'csv' }, columns, rows)).toMatch(new RegExp(`^${name},k\r\nx,`));
    const table = {
      keyspace: 'k',
      table: 't',
      columns: columns.map((column, at) => ({
        ...column,
        kind: at === 0 ? ('partition_key' as const) : ('regular' as const),
      })),
    };
    expect(fileTextOf({ format: 'cql', table }, columns, rows)).toContain(
      `INSERT INTO k.t (${quoteIdentifier(name)}, k) VALUES ('x', {`,
    );
    const { schema, row_groups: groups } = metadataOf(fileOf({ format: 'parquet' }, columns, rows));
    expect(schema.map((element) => element.name)).toContain(name);
    expect(groups[0]?.columns[0]?.meta_data?.path_in_schema).toEqual([name]);
  });

  it('as a column of the grid’s rows', () => {
    const sink = new TextSink();
    compilePlan([{ name, type: fields }], 'ndjson-array').writePage(
      pageOf([[fromJson(parsed(json), fields)]]),
      0,
      1,
      sink,
    );
    expect(new TextDecoder().decode(sink.take())).toBe(`[${json}]\n`);
  });
});
