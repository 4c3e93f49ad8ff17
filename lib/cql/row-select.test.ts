import { describe, expect, it } from 'vitest';
import { quoteIdentifier } from './identifiers';
import { rowSelect } from './row-select';

type Kind = 'partition_key' | 'clustering' | 'static' | 'regular';
const column = (name: string, type: string, kind: Kind, position = -1) => {
  return { name, type, kind, position, clusteringOrder: 'none' as const };
};
const COLUMNS = [
  column('B', 'int', 'partition_key', 1),
  column('a', 'text', 'partition_key', 0),
  column('c', 'int', 'clustering', 0),
  column('s', 'text', 'static'),
  column('tags', 'set<text>', 'regular'),
  column('v', 'int', 'regular'),
];
const marker = ({ name }: { name: string }) => `${quoteIdentifier(name)} = ?`;

describe('the statement of one row', () => {
  it('selects values, write times and TTLs', () => {
    const select = rowSelect({ keyspace: 'ks', table: 'T' }, COLUMNS, false, '5.0.9');
    expect(select.statement(marker)).toBe(
      'SELECT a, "B", c, s, tags, v, writetime(s), maxwritetime(tags), writetime(v), ttl(s), ttl(v) FROM ks."T" WHERE a = ? AND "B" = ? AND c = ?',
    );
    expect(select.key.map(({ name }) => name)).toEqual(['a', 'B', 'c']);
    expect(select.columns.map(({ ageless }) => ageless !== null)).toEqual([true, true, true, false, false, false]);
  });

  it('does not select the write time of a collection on 4.1, and says why', () => {
    const select = rowSelect({ keyspace: 'ks', table: 't' }, COLUMNS, false, '4.1.10');
    expect(select.statement(marker)).toContain(
      'SELECT a, "B", c, s, tags, v, writetime(s), writetime(v), ttl(s), ttl(v)',
    );
    expect(select.columns.find(({ name }) => name === 'tags')?.ageless).toMatch(/not frozen/);
  });

  it('reads the static values of a partition without its rows', () => {
    const select = rowSelect({ keyspace: 'ks', table: 't' }, COLUMNS, true, '5.0.9');
    expect(select.statement(marker)).toBe(
      'SELECT a, "B", s, writetime(s), ttl(s) FROM ks.t WHERE a = ? AND "B" = ? LIMIT 1',
    );
  });
});
