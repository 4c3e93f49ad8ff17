import { describe, expect, it } from 'vitest';
import { keyFieldOf, keyValueOf } from './key-value';

describe('a typed key value', () => {
  it.each([
    ['int', '42', 42],
    ['smallint', ' -1 ', -1],
    ['bigint', '9007199254740993', '9007199254740993'],
    ['varint', '1e3', '1e3'],
    ['double', '1.5e3', 1500],
    ['double', 'NaN', 'NaN'],
    ['decimal', '1.50', '1.50'],
    ['boolean', 'true', true],
    ['boolean', 'false', false],
    ['text', ' SEA ', ' SEA '],
    ['text', '', ''],
    ['text', '42', '42'],
    ['uuid', ' 123e4567-e89b-42d3-a456-426614174000', '123e4567-e89b-42d3-a456-426614174000'],
    ['date', '2001-01-09', '2001-01-09'],
    ['frozen<list<int>>', '[1, 2]', [1, 2]],
    ['frozen<map<text, int>>', '{"a": 1}', { a: 1 }],
    ['frozen<address>', '{"street": null}', { street: null }],
  ])('%s %s', (type, text, value) => {
    expect(keyValueOf(type, text)).toEqual(value);
  });

  it('leaves what is no value of the type to the server, as typed', () => {
    expect(keyValueOf('int', '4x')).toBe('4x');
    expect(keyValueOf('int', '99999999999999999999')).toBe('99999999999999999999');
    expect(keyValueOf('int', '')).toBe('');
    expect(keyValueOf('float', '1,5')).toBe('1,5');
    expect(keyValueOf('boolean', '')).toBe('');
  });

  it('refuses text that is not JSON where JSON is wanted', () => {
    expect(() => keyValueOf('frozen<list<int>>', '[1,')).toThrow(SyntaxError);
  });
});

describe('the field of a type', () => {
  it('is a choice for booleans, JSON for nested types, text for all others', () => {
    expect(keyFieldOf('boolean').control).toBe('boolean');
    expect(keyFieldOf('date')).toEqual({ control: 'text', example: '2001-01-09', json: false });
    expect(keyFieldOf('tuple<int, text>')).toEqual({ control: 'text', example: '[…]', json: true });
    expect(keyFieldOf('frozen<set<int>>').example).toBe('[…]');
    expect(keyFieldOf('frozen<address>').json).toBe(true);
  });
});
