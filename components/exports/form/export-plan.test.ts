import { describe, expect, it } from 'vitest';
import type { Keyspace, TableColumn } from '@/lib/contract/schema';
import { lackedExport, planExport } from './export-plan';

function column(name: string, kind: TableColumn['kind'], position: number, type = 'text'): TableColumn {
  return { name, type, kind, position, clusteringOrder: 'none' };
}

const keyspaces: Keyspace[] = [
  {
    name: 'My Keys',
    system: false,
    virtual: false,
    durableWrites: true,
    replication: {},
    types: [],
    functions: [],
    tables: [
      {
        name: 'by_origin_day',
        id: null,
        kind: 'table',
        baseTable: null,
        comment: '',
        indexes: [],
        columns: [
          column('origin', 'partition_key', 0),
          column('day', 'partition_key', 1, 'date'),
          column('Delay', 'regular', -1),
        ],
      },
    ],
  },
];
const table = {
  kind: 'table',
  keyspace: 'My Keys',
  table: 'by_origin_day',
  filters: [],
  filtering: false,
  columns: null,
} as const;

describe('the plan of an export', () => {
  it('names the statement and its cost before it runs', () => {
    const plan = planExport({ ...table, columns: ['origin', 'Delay'] }, keyspaces);
    expect(plan?.statement).toBe('SELECT origin, "Delay" FROM "My Keys".by_origin_day');
    expect(plan?.cost).toEqual({ scope: 'whole_ring' });
    expect(plan?.problem).toBeNull();
  });

  it('says what is missing from filters that Cassandra does not serve', () => {
    const filters = [{ column: 'origin', operator: '=', value: 'SEA' }] as const;
    const plan = planExport({ ...table, filters }, keyspaces);
    expect(plan?.statement).toContain("origin = 'SEA'");
    expect(plan).toMatchObject({ filtering: 'wanted', where: null });
    expect(plan?.problem).toContain('day');
    expect(planExport({ ...table, filters, filtering: true }, keyspaces)).toMatchObject({
      statement: `${plan?.statement} ALLOW FILTERING`,
      cost: { scope: 'whole_ring_filtering' },
      problem: null,
      filtering: 'allowed',
      where: "origin = 'SEA'",
    });
  });

  it('allows no filtering where there is nothing to filter', () => {
    const plan = planExport({ ...table, filtering: true }, keyspaces);
    expect(plan).toMatchObject({ filtering: null, cost: { scope: 'whole_ring' } });
    expect(plan?.statement).not.toContain('FILTERING');
  });

  it('writes filters out for the command line, and says which value is none', () => {
    const day = { column: 'day', operator: 'IN', value: ['2001-01-09', '2001-01-10'] } as const;
    const origin = { column: 'origin', operator: '=', value: "it's" } as const;
    const plan = planExport({ ...table, columns: ['Delay'], filters: [day, origin] }, keyspaces);
    expect(plan?.where).toBe("origin = 'it''s' AND day IN ('2001-01-09', '2001-01-10')");
    const wrong = planExport({ ...table, filters: [origin, { ...day, value: ['soon'] }] }, keyspaces);
    expect(wrong?.problem).toContain('soon');
    expect(wrong?.where).toBeNull();
  });

  it('leaves a statement to the server, and knows no table that is gone', () => {
    const statement = { kind: 'statement', statement: 'SELECT 1', keyspace: null } as const;
    expect(planExport(statement, keyspaces)).toEqual({
      statement: 'SELECT 1',
      cost: null,
      problem: null,
      where: null,
      filtering: null,
    });
    expect(planExport({ ...table, table: 'gone' }, keyspaces)).toBeUndefined();
  });
});

describe('a table whose rows may not be taken away', () => {
  it('is named with the right; all others are not', () => {
    const lacking = keyspaces.map((one) => ({
      ...one,
      tables: one.tables.map((each) => ({ ...each, lacks: ['export'] })),
    }));
    expect(lackedExport(table, lacking)).toBe('It needs export on by_origin_day, and no role gives you that.');
    expect(lackedExport(table, keyspaces)).toBeNull();
    expect(lackedExport({ kind: 'statement', statement: 'SELECT 1', keyspace: null }, lacking)).toBeNull();
  });
});
