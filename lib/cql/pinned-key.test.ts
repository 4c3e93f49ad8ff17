import { describe, expect, it } from 'vitest';
import { pinnedKey } from './pinned-key';

const keyOf = (statement: string, ...key: string[]) => {
  const found = pinnedKey(statement, key);
  return found === undefined ? undefined : Object.fromEntries(found);
};

describe('the key that a statement gives', () => {
  it.each([
    ["SELECT * FROM t WHERE k = 'it''s'", { k: { literal: "it's" } }],
    ['SELECT * FROM t WHERE k = -5 AND c > 3 LIMIT 10;', { k: { literal: '-5' } }],
    ['SELECT * FROM t WHERE c IN (1, 2) AND k=0xAb ORDER BY c', { k: { literal: '0xAb' } }],
    ['SELECT * FROM t WHERE k = TRUE ALLOW FILTERING', { k: { literal: true } }],
    ['SELECT * FROM t WHERE c = ? AND k = ?', { k: { marker: { position: 1, name: null } } }],
    ['SELECT * FROM t WHERE K = :Code', { k: { marker: { position: 0, name: 'code' } } }],
    ['SELECT * FROM t WHERE k = $$a$$', { k: { literal: 'a' } }],
    [
      'SELECT * FROM t WHERE k = 4b5c6d7e-0000-1000-8000-00000000000a',
      { k: { literal: '4b5c6d7e-0000-1000-8000-00000000000a' } },
    ],
  ])('%s', (statement, expected) => {
    expect(keyOf(statement, 'k')).toEqual(expected);
  });

  it('needs every column of a composite key', () => {
    expect(keyOf('SELECT * FROM t WHERE a = 1 AND "B" = 2', 'a', 'B')).toEqual({
      a: { literal: '1' },
      B: { literal: '2' },
    });
    expect(keyOf('SELECT * FROM t WHERE a = 1', 'a', 'B')).toBeUndefined();
  });

  it.each([
    'SELECT * FROM t WHERE k = now()',
    'SELECT * FROM t WHERE k = 1 + 2',
    'SELECT k FROM t',
    'SELECT * FROM t WHERE k > 1',
  ])('is not known for %s', (statement) => {
    expect(keyOf(statement, 'k')).toBeUndefined();
  });
});
