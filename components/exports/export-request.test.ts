import { describe, expect, it } from 'vitest';
import { exportRequestSchema } from '@/lib/contract/reads';
import {
  DEFAULT_CSV,
  type ExportChoices,
  exportFileName,
  exportHref,
  exportRequest,
  fitsInAddress,
} from './export-request';

const table: ExportChoices = {
  source: {
    kind: 'table',
    keyspace: 'My Keys',
    table: 'flights & more',
    filters: [{ column: 'origin', operator: '=', value: 'S&A?#' }],
    columns: ['origin', 'day'],
  },
  format: 'csv',
  csv: { ...DEFAULT_CSV, delimiter: '\t' },
  consistency: 'QUORUM',
};

describe('the request of an export', () => {
  it('arrives unchanged through the address', () => {
    const request = exportRequest(table, 'b2f7f9f5-7d52-4b0e-9a0a-6ad7f9d0c8aa');
    const url = new URL(exportHref('demo', request), 'http://localhost');
    expect(url.pathname).toBe('/api/clusters/demo/export');
    const arrived: unknown = JSON.parse(url.searchParams.get('request') ?? '');
    expect(exportRequestSchema.parse(arrived)).toEqual(request);
  });

  it('leaves out what was not chosen', () => {
    const source = { kind: 'table', keyspace: 'k', table: 't', filters: [], columns: null } as const;
    expect(exportRequest({ source, format: 'ndjson', csv: DEFAULT_CSV, consistency: null })).toEqual({
      keyspace: 'k',
      table: 't',
      format: 'ndjson',
    });
    const statement = { kind: 'statement', statement: 'SELECT 1', keyspace: null } as const;
    expect(exportRequest({ source: statement, format: 'ndjson', csv: DEFAULT_CSV, consistency: null })).toEqual({
      statement: 'SELECT 1',
      format: 'ndjson',
    });
  });

  it('knows a statement that no address can hold', () => {
    const statement = { kind: 'statement', statement: 'x'.repeat(20_000), keyspace: null } as const;
    const request = exportRequest({ ...table, source: statement });
    expect(fitsInAddress(exportHref('demo', request))).toBe(false);
    expect(fitsInAddress(exportHref('demo', exportRequest(table)))).toBe(true);
  });

  it('names files without characters that file systems refuse', () => {
    expect(exportFileName(table.source, 'csv')).toBe('My_Keys.flights___more.csv');
    expect(exportFileName({ kind: 'statement', statement: 'SELECT 1', keyspace: null }, 'ndjson')).toBe('query.ndjson');
  });
});
