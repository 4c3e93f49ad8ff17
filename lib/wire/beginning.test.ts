import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@/lib/contract/json';
import { valuePreview } from '@/lib/values/value-text';
import { beginningOf } from './beginning';

const CHARACTERS = 20;
const many = Array.from({ length: 50 }, (_, index) => index);
const VALUES: Record<string, JsonValue> = {
  null: null,
  number: 1.5,
  'short text': 'abc',
  'text that just fits': 'x'.repeat(20),
  'text one longer': 'x'.repeat(21),
  'long text': 'ab, '.repeat(90),
  'short list': [1, null, 'a'],
  'long list': many,
  'list of empty texts': many.map(() => ''),
  'list with a long text that is quoted because of its end': ['abcdefgh', 'ijklmnopqr, s'],
  'long text, then more': ['x'.repeat(300), 'y'],
  'lists within': many.map((index) => [[index, 'abc'], [], {}]),
  object: { a: 'b', c: null },
  'long object': Object.fromEntries(many.map((index) => [`k${index}`, { inner: index }])),
  'long name': { ['k'.repeat(300)]: 1, b: 2 },
};

describe('the start of a value', () => {
  it.each(Object.entries(VALUES))(
    'is shown like the whole value, including the sign that it continues: %s',
    (_name, value) => {
      const shown = valuePreview(value, undefined, CHARACTERS);
      expect(valuePreview(beginningOf(value, CHARACTERS), undefined, CHARACTERS)).toBe(shown);
    },
  );

  it('does not grow with the value', () => {
    const deep = Array.from({ length: 2_000 }, () => ({ list: Array.from({ length: 200 }, () => 'x'.repeat(10_000)) }));
    for (const value of ['x'.repeat(1_000_000), deep]) {
      expect(JSON.stringify(beginningOf(value, CHARACTERS)).length).toBeLessThan(100);
    }
  });
});
