import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactFields, exactJson, JsonFault } from './exact-json';

/** What JSON.parse makes of numbers, made texts. */
const asTexts = (_: string, value: unknown) => (typeof value === 'number' ? JSON.stringify(value) : value);

describe('JSON read exactly', () => {
  it('is what JSON.parse reads, but for numbers', () => {
    const spaces = fc.constantFrom('', ' ', '\n\t');
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), spaces, (text, space) => {
        if (text.includes('__proto__')) return;
        expect(exactJson(`${space}${text}${space}`)).toEqual(JSON.parse(text, asTexts));
      }),
      { numRuns: 500 },
    );
  });

  it('refuses what JSON.parse refuses, at a character of it', () => {
    const broken = fc.tuple(
      fc.json({ maxDepth: 2 }),
      fc.nat(40),
      fc.constantFrom('', '"', '{', ']', ',', ':', '\\', '\u0001', '0', 'x'),
    );
    fc.assert(
      fc.property(broken, ([json, at, more]) => {
        const text = json.slice(0, at) + more + json.slice(at + 1);
        let isJson = true;
        try {
          JSON.parse(text);
        } catch {
          isJson = false;
        }
        if (isJson) return;
        try {
          exactJson(text);
          throw new Error(`${text} was read`);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonFault);
          if (error instanceof JsonFault) expect(error.at).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it.each(['-0', '1.0', '1E400', '123456789012345678901234567890', '0.1000000000000000055'])(
    'keeps the number %s',
    (text) => {
      expect(exactJson(text)).toBe(text);
      expect(exactFields(`{"a":[${text}]}`)).toEqual({ names: ['a'], values: [[text]] });
    },
  );

  it.each(['01', '.5', '+1', 'NaN', '1.', '[1,]', '{"a":1,}', "{'a':1}", '"\u0007"', '"\\x"', '', '1 2'])(
    'refuses %j',
    (text) => {
      expect(() => exactJson(text)).toThrow(JsonFault);
    },
  );

  it('refuses a key that comes twice, also among many, and one that is escaped', () => {
    const many = Array.from({ length: 100 }, (_, at) => `"k${at}":1`).join();
    expect(exactFields(`{${many}}`).names).toHaveLength(100);
    for (const text of ['{"a":1,"a":2}', '{"a":1,"\\u0061":2}', `{${many},"k57":1}`, '{"b":{"a":1,"a":2}}']) {
      expect(() => exactFields(text)).toThrow(/comes twice/);
    }
  });
});
