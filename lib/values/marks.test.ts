import { describe, expect, it } from 'vitest';
import type { Table } from '@/lib/contract/schema';
import { columnMarks } from './marks';

const TABLE: Table = {
  name: 'readings',
  id: null,
  kind: 'table',
  baseTable: null,
  comment: '',
  columns: [
    { name: 'station', type: 'text', kind: 'partition_key', position: 0, clusteringOrder: 'none' },
    { name: 'at', type: 'timestamp', kind: 'clustering', position: 0, clusteringOrder: 'desc' },
    { name: 'Tags', type: 'set<text>', kind: 'regular', position: -1, clusteringOrder: 'none' },
  ],
  indexes: [{ name: 'by_tag', kind: 'CUSTOM', target: 'values("Tags")', className: null }],
};

const signs = (name: string, type: string, kind: Parameters<typeof columnMarks>[0]['kind'], table?: Table) =>
  columnMarks({ name, type, kind }, table).map(({ sign }) => sign);

describe('column marks', () => {
  it('come from the result and, where it is known, the schema', () => {
    expect(signs('station', 'text', 'partition_key', TABLE)).toEqual(['K']);
    expect(signs('at', 'timestamp', 'clustering', TABLE)).toEqual(['C↓']);
    expect(signs('at', 'timestamp', 'clustering')).toEqual(['C↑']);
    expect(signs('Tags', 'set<text>', 'regular', TABLE)).toEqual(['IDX']);
    expect(signs('hits', 'counter', 'static')).toEqual(['S', '++']);
  });

  it('say how rows come where the view is reversed', () => {
    const at = { name: 'at', type: 'timestamp', kind: 'clustering' } as const;
    expect(columnMarks(at, TABLE, true)).toEqual([{ sign: 'C↑', words: 'clustering column, ascending' }]);
  });

  it('say which role masks a column', () => {
    const email = { name: 'email', type: 'text', kind: 'computed', masked: 'reports' } as const;
    expect(columnMarks(email, TABLE)).toEqual([{ sign: '•••', words: 'masked by the role reports' }]);
  });

  it('do not take a computed column for the table’s of the same name', () => {
    expect(signs('Tags', 'int', 'computed', TABLE)).toEqual([]);
  });
});
