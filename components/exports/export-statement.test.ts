import { describe, expect, it } from 'vitest';
import { exportStatement } from './export-statement';

describe('the statement of an export', () => {
  it('quotes names and leaves values to markers', () => {
    const source = {
      kind: 'table',
      keyspace: 'My Keys',
      table: 'by_origin_day',
      columns: ['origin', 'Dep Time'],
      filters: [
        { column: 'origin', operator: 'IN', value: ['SEA', 'PDX'] },
        { column: 'day', operator: '>=', value: '2001-01-01' },
      ],
    } as const;
    expect(exportStatement(source)).toBe(
      'SELECT origin, "Dep Time" FROM "My Keys".by_origin_day WHERE origin IN (?, ?) AND day >= ?',
    );
    expect(exportStatement({ ...source, columns: null, filters: [] })).toBe('SELECT * FROM "My Keys".by_origin_day');
    expect(exportStatement({ kind: 'statement', statement: 'SELECT 1', keyspace: null })).toBe('SELECT 1');
  });
});
