import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { INHERITED_NAMES } from '../test-names';
import { dictionarySchema } from './dictionary';

const numbers = dictionarySchema(z.number());

describe('a dictionary', () => {
  it.each(INHERITED_NAMES)('keeps a key named %s', (name) => {
    const read = z.parse(numbers, JSON.parse(`{${JSON.stringify(name)}:1,"other":2}`));
    expect(Object.entries(read)).toEqual([
      [name, 1],
      ['other', 2],
    ]);
    expect(JSON.parse(JSON.stringify(read))[name]).toBe(1);
  });

  it.each([[[]], [null], ['text'], [{ a: 'b' }], [[['a', 'b']]]])('is not %j', (input) => {
    expect(z.safeParse(numbers, input).success).toBe(false);
  });
});
