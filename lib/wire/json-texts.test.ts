import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ValueError } from './errors';
import { readGolden } from './golden';
import { jsonToCql, jsonToCsv, jsonToLoadableCql } from './json-texts';
import { randomValue } from './random-values';
import { toCqlLiteral, toCsvField, toJson } from './values';

const { values } = readGolden(readFileSync(new URL('./golden.json', import.meta.url), 'utf8'));
const cases = values.map(
  (value) => [`${value.type} ${value.hex?.slice(0, 40)} ${value.cql.slice(0, 40)}`, value] as const,
);

describe('texts of a value given as JSON', () => {
  it.each(cases)('match those of its bytes: %s', (_, value) => {
    expect(jsonToCql(value.json, value.cqlType)).toBe(value.cql);
    expect(jsonToCsv(value.json, value.cqlType)).toBe(value.csv);
  });

  it('match those of its bytes for values of any type', () => {
    fc.assert(
      fc.property(randomValue, ({ type, bytes }) => {
        expect(jsonToCql(toJson(bytes, type), type)).toBe(toCqlLiteral(bytes, type));
        expect(jsonToCsv(toJson(bytes, type), type)).toBe(toCsvField(bytes, type));
      }),
    );
  });

  it('are refused for a statement if no server accepts them', () => {
    const list = { kind: 'list', of: { kind: 'native', name: 'int' } } as const;
    const tuple = { kind: 'tuple', of: [list, { kind: 'native', name: 'int' }] } as const;
    expect(() => jsonToLoadableCql([1, null], list)).toThrow(/null in a collection/);
    expect(() => jsonToLoadableCql(['', null], tuple)).toThrow(/no bytes/);
    expect(jsonToLoadableCql([[1], null], tuple)).toBe('([1], null)');
    expect(jsonToLoadableCql([''], list)).toBe('[blobAsInt(0x)]');
  });

  it('refuse values of another type', () => {
    expect(() => jsonToCql({ a: 1 }, { kind: 'custom', className: 'gone' })).toThrow(ValueError);
    expect(() => jsonToCql('x', { kind: 'native', name: 'int' })).toThrow(ValueError);
    expect(() => jsonToCsv(['x'], { kind: 'native', name: 'text' })).toThrow(ValueError);
    expect(() => jsonToCql({ b: 1 }, { kind: 'udt', keyspace: '', name: 'point', fields: [] })).toThrow(ValueError);
  });
});
