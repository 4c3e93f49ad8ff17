import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeeperThan, jsonText, ownValue, parseJson } from './json';
import { jsonObjectSchema, jsonValueSchema } from './json-schemas';
import { JSON_DEPTH } from './limits';

describe('values as JSON', () => {
  it('come back as they were, -0 too', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(jsonText(value))).toEqual(value);
      }),
    );
    const body = { at: [-0, { ratio: -0 }], none: undefined, from: null, text: '-0' };
    expect(jsonText(body)).toBe('{"at":[-0,{"ratio":-0}],"from":null,"text":"-0"}');
    expect(parseJson(jsonText(-0))).toBe(-0);
  });

  it('are what JSON.stringify writes, apart from -0', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(
          !JSON.stringify([value], (_, part) => (Object.is(part, -0) ? 'minus zero' : part)).includes('minus zero'),
        );
        expect(jsonText(value)).toBe(JSON.stringify(value));
      }),
    );
    expect(jsonText([undefined, 1])).toBe('[null,1]');
  });
});

describe('JSON from outside', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);

  it.each(Object.getOwnPropertyNames(Object.prototype))('keeps a key named %s', (name) => {
    const text = `{"${name}":{"${name}":[1]},"k":"v"}`;
    expect(jsonText(jsonObjectSchema.parse(JSON.parse(text)))).toBe(text);
    expect(jsonText(jsonValueSchema.parse(JSON.parse(text)))).toBe(text);
    expect(ownValue(JSON.parse(text), name)).toEqual(JSON.parse(`{"${name}":[1]}`));
    expect(ownValue({}, name)).toBeUndefined();
  });

  it('is told too deep by its text, whatever stands in strings', () => {
    expect(isDeeperThan(nested(JSON_DEPTH), JSON_DEPTH)).toBe(false);
    expect(isDeeperThan(nested(JSON_DEPTH + 1), JSON_DEPTH)).toBe(true);
    expect(isDeeperThan('{"a":'.repeat(JSON_DEPTH + 1), JSON_DEPTH)).toBe(true);
    expect(isDeeperThan('['.repeat(4_000_000), JSON_DEPTH)).toBe(true);
    expect(isDeeperThan(JSON.stringify(['[{"\\"['.repeat(1_000)]), 1)).toBe(false);
    expect(isDeeperThan('[[],[],[[]]]', 3)).toBe(false);
    expect(isDeeperThan('["\\"",[[[]]]]', 3)).toBe(true);
  });

  it('is a value by its schema only as deep as that', () => {
    expect(jsonValueSchema.safeParse(JSON.parse(nested(JSON_DEPTH))).success).toBe(true);
    expect(jsonValueSchema.safeParse(JSON.parse(nested(JSON_DEPTH + 1))).success).toBe(false);
    expect(jsonValueSchema.safeParse(JSON.parse(nested(1_000_000))).success).toBe(false);
  });

  it.each([[undefined], [() => 1], [1n], [Number.NaN], [[1, undefined]], [{ a: Number.POSITIVE_INFINITY }]])(
    'has no value %s',
    (value) => {
      expect(jsonValueSchema.safeParse(value).success).toBe(false);
    },
  );

  it.each([[null], [[]], ['{}'], [1]])('has no object %s', (value) => {
    expect(jsonObjectSchema.safeParse(value).success).toBe(false);
  });
});
