import { describe, expect, it } from 'vitest';
import { selectedColumns } from './selectors';

describe('what a SELECT shows', () => {
  it.each<[string, readonly (string | null)[] | undefined]>([
    ['SELECT * FROM t', undefined],
    ['INSERT INTO t (id) VALUES (1)', undefined],
    ['SELECT id, "Key", delay FROM t WHERE id = 1', ['id', 'Key', 'delay']],
    ['SELECT count(*) AS id FROM t', [null]],
    ['SELECT id AS id, delay AS id FROM t', ['id', null]],
    ['SELECT token(a, b), a, ttl(c), c[1], p.x, (int) d, 5 FROM t', [null, 'a', null, null, null, null, null]],
    ['SELECT DISTINCT a, b FROM t', ['a', 'b']],
    ['SELECT distinct FROM t', ['distinct']],
    ['SELECT JSON a, b FROM t', [null, 'b']],
    ['SELECT a /* , b */, -- c\n d FROM t', ['a', 'd']],
    ['SELECT max(a), a + b, a FROM t', [null, null, 'a']],
  ])('%s', (statement, columns) => {
    expect(selectedColumns(statement)).toEqual(columns);
  });
});
