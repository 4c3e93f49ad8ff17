import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { NATIVE_TYPES } from '@/lib/cql/native-types';
import { parseCqlType } from '@/lib/cql/type-text';
import { typedTextOf } from '@/lib/wire/as-typed';
import { fromJson } from '@/lib/wire/encode';
import { ValueError } from '@/lib/wire/errors';
import { hexOfBytes } from '@/lib/wire/golden';
import { randomBytes } from '@/lib/wire/random-values';
import { toJson } from '@/lib/wire/values';
import { type EncodeOptions, fieldEncoder } from './encode-field';
import { quickEncoder } from './quick-encoders';
import { quickTexts } from './quick-texts';

const room = (bytes: number) => new Uint8Array(bytes);

function encoded(value: JsonValue, type: string, options: Partial<EncodeOptions> = {}): string {
  const encode = fieldEncoder(parseCqlType(type), { form: 'text', emptyText: 'refused', room, ...options });
  return hexOfBytes(encode(value));
}

const hexOf = (value: JsonValue, type: string) => hexOfBytes(fromJson(value, parseCqlType(type)) ?? new Uint8Array());

describe('the short way to bytes', () => {
  const types = NATIVE_TYPES.filter((name) => quickEncoder(name, room) !== undefined);

  it.each(types)('makes of texts of %s what the long way makes of them', (name) => {
    const type = { kind: 'native', name } as const;
    const quick = quickEncoder(name, room);
    const any = randomBytes(type).map((bytes) => typedTextOf(toJson(bytes, type)));
    const moment = fc
      .date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, name === 'date' ? 10 : undefined));
    const shown = name === 'date' || name === 'timestamp' ? fc.oneof(any, moment) : any;
    const odd = fc.string({ unit: fc.constantFrom(...'0129-+.:TZ eEaf\u00e9'), maxLength: 26 });
    const spoilt = fc
      .tuple(shown, fc.nat(30), odd)
      .map(([text, at, more]) => text.slice(0, at) + more.slice(0, 1) + text.slice(at + 1));
    let taken = 0;
    fc.assert(
      fc.property(fc.oneof(shown, spoilt, odd), (text) => {
        const bytes = quick?.(text);
        if (bytes === undefined) return;
        taken++;
        expect(hexOfBytes(bytes)).toBe(hexOf(text, name));
      }),
      { numRuns: 2_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });

  it.each([
    ['int', '-0'],
    ['bigint', '-999999999999999'],
    ['bigint', '4294967296'],
    ['bigint', '-4294967297'],
    ['decimal', '.5'],
    ['decimal', '-32769.00'],
    ['decimal', '128'],
    ['double', '-0'],
    ['double', '123456789012345.123456789012345'],
    ['date', '2024-02-29'],
    ['date', '0100-01-01'],
    ['date', '9999-12-31'],
    ['timestamp', '1969-12-31T23:59:59.999Z'],
  ])('%s %s', (type, text) => {
    expect(encoded(text, type)).toBe(hexOf(text, type));
  });
});

describe('the short way to bytes of texts', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom(...'ab ,[]{}\u00e9') }), { minLength: 1, maxLength: 4 });
  const kinds = fc.constantFrom<[string, string, string]>(['list<text>', '[', ']'], ['set<ascii>', '{', '}']);

  it('is the long way’s, from an array and from a literal', () => {
    let taken = 0;
    fc.assert(
      fc.property(texts, kinds, fc.constantFrom(',', ', '), (values, [type, open, close], comma) => {
        const quick = quickTexts(parseCqlType(type), room);
        const literal = `${open}${values.map((text) => `'${text}'`).join(comma)}${close}`;
        for (const given of [values, literal]) {
          const bytes = quick?.(given);
          if (bytes === undefined) continue;
          taken++;
          expect(hexOfBytes(bytes)).toBe(hexOf(values, type));
        }
      }),
    );
    expect(taken).toBeGreaterThan(50);
  });

  it.each(["{'a''b'}", "{'a' , 'b'}", "{'a',}", "['a']", '{}', "{'a'", '{NULL}', "{'a'}}"])('leaves %s', (literal) => {
    expect(quickTexts(parseCqlType('set<text>'), room)?.(literal)).toBeUndefined();
  });
});

describe('a field', () => {
  it.each<[string, JsonValue, string, JsonValue]>([
    ['a CQL literal', "{'a', 'b'}", 'set<text>', ['a', 'b']],
    ['a CQL literal with a quote', "['a''b']", 'list<text>', ["a'b"]],
    ['an array of texts', ['a', 'b'], 'set<text>', ['a', 'b']],
    ['JSON in text', '["a"]', 'list<text>', ['a']],
    ['JSON in text, digit by digit', '{"a": 12345678901234567890}', 'map<text, varint>', { a: '12345678901234567890' }],
    ['a tuple as a struct of Parquet', { field_1: '1', field_2: null }, 'tuple<int, text>', [1, null]],
    ['a duration in parts', { months: '1', days: '2', nanoseconds: '3' }, 'duration', '1mo2d3ns'],
    ['durations in a list', [{ months: '-1', days: '0', nanoseconds: '0' }], 'list<duration>', ['-1mo']],
    ['a number as text', '12.50', 'text', '12.50'],
    ['a value inside of which there is no byte', '[blobAsInt(0x), 1]', 'list<int>', ['', 1]],
  ])('may be %s', (_, value, type, same) => {
    expect(encoded(value, type, { form: 'json' })).toBe(hexOf(same, type));
  });

  it('has the very bytes of a function, even where its type has no text for them', () => {
    expect(encoded('blobAsTime(0xffffffffffffffff)', 'time', { form: 'literal' })).toBe('ffffffffffffffff');
    expect(encoded('blobAsInt(0x)', 'int')).toBe('');
    expect(encoded('blobAsInt(0x)', 'text')).toBe(hexOf('blobAsInt(0x)', 'text'));
  });

  it('of empty text is refused unless it is meant as a value of no bytes', () => {
    const json = { form: 'json' } as const;
    expect(() => encoded('', 'int', json)).toThrow(/may mean null/);
    expect(() => encoded([''], 'list<int>', json)).toThrow(/may mean null/);
    expect(() => encoded([['', '1']], 'map<int, int>', json)).toThrow(/may mean null/);
    expect(encoded('', 'text', json)).toBe('');
    expect(encoded([''], 'list<text>', json)).toBe(hexOf([''], 'list<text>'));
    expect(encoded('', 'int', { ...json, emptyText: 'value' })).toBe('');
    expect(encoded([''], 'list<int>', { ...json, emptyText: 'value' })).toBe(hexOf([''], 'list<int>'));
  });

  it.each([
    ['1,5', 'double', /number_format, with "," as the decimal mark$/],
    ['1.234,5', 'decimal', /number_format, with "," as the decimal mark, and "\." between thousands/],
    ['1,234', 'int', /may group thousands or stand before a fraction: add the step number_format/],
    ["1'000", 'int', /number_format.*"'" between thousands/],
    ['1.0', 'int', /cast to int/],
    ['rot, grün', 'set<text>', /Add the step split, at ","$/],
    ['Yes', 'boolean', /Add the step cast to boolean$/],
    ['45292', 'date', /date_format with the format excel/],
    ['1.2.2024', 'timestamp', /dd\.MM\.yyyy or MM\.dd\.yyyy/],
    ['2024-02-29', 'timestamp', /It has no zone/],
    ['45292', 'timestamp', /unix \(seconds\), unix_ms or excel/],
    ['1700000000', 'timestamp', /a number this small/],
    ['1:30 PM', 'time', /hh:mm a/],
    ['x', 'uuid', /^expected uuid/],
    ['[1, x]', 'list<int>', /expected a CQL literal, such as \[42, …\], or JSON/],
  ])('%j as %s says what to do', (value, type, message) => {
    expect(() => encoded(value, type)).toThrow(ValueError);
    expect(() => encoded(value, type)).toThrow(message);
  });

  it('that is no literal says where it stops being one', () => {
    expect(() => encoded('[1, x]', 'list<int>', { form: 'literal' })).toThrow(/character 5/);
  });
});
