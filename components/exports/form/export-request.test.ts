import { describe, expect, it } from 'vitest';
import { exportRequestSchema } from '@/lib/contract/reads';
import {
  DEFAULT_OPTIONS,
  type ExportChoices,
  exportFileName,
  exportHref,
  exportRequest,
  fitsInAddress,
  isResumable,
} from './export-request';

const table: ExportChoices = {
  source: {
    kind: 'table',
    keyspace: 'My Keys',
    table: 'flights & more',
    filters: [{ column: 'origin', operator: '=', value: 'S&A?#' }],
    filtering: true,
    columns: ['origin', 'day'],
  },
  format: 'csv',
  options: {
    ...DEFAULT_OPTIONS,
    compression: 'gzip',
    csv: { ...DEFAULT_OPTIONS.csv, delimiter: '\t' },
    extras: { ttl: true, writetime: true },
    limits: { maxRowsPerSecond: 10 },
  },
  consistency: 'QUORUM',
};

describe('the request of an export', () => {
  it('arrives unchanged through the address', () => {
    const request = exportRequest(table, 'b2f7f9f5-7d52-4b0e-9a0a-6ad7f9d0c8aa');
    const url = new URL(exportHref('demo', request), 'http://localhost');
    expect(url.pathname).toBe('/api/clusters/demo/export');
    const arrived: unknown = JSON.parse(url.searchParams.get('request') ?? '');
    expect(exportRequestSchema.parse(arrived)).toEqual(request);
    expect(request.allowFiltering).toBe(true);
  });

  it('leaves out what was not chosen', () => {
    const source = { kind: 'table', keyspace: 'k', table: 't', filters: [], filtering: false, columns: null } as const;
    expect(exportRequest({ source, format: 'ndjson', options: DEFAULT_OPTIONS, consistency: null })).toEqual({
      keyspace: 'k',
      table: 't',
      format: 'ndjson',
    });
    const statement = { kind: 'statement', statement: 'SELECT 1', keyspace: null } as const;
    expect(exportRequest({ source: statement, format: 'ndjson', options: DEFAULT_OPTIONS, consistency: null })).toEqual(
      {
        statement: 'SELECT 1',
        format: 'ndjson',
      },
    );
  });

  it('knows a statement that no address can hold', () => {
    const statement = { kind: 'statement', statement: 'x'.repeat(20_000), keyspace: null } as const;
    const request = exportRequest({ ...table, source: statement });
    expect(fitsInAddress(exportHref('demo', request))).toBe(false);
    expect(fitsInAddress(exportHref('demo', exportRequest(table)))).toBe(true);
  });

  it('sends only what fits the format and the source', () => {
    expect(exportRequest({ ...table, format: 'parquet' })).toMatchObject({ parquet: { decimal: 'text' } });
    expect(exportRequest({ ...table, format: 'parquet' })).not.toHaveProperty('compression');
    expect(exportRequest({ ...table, format: 'ndjson' })).not.toHaveProperty('csv');
    const source = { kind: 'statement', statement: 'SELECT 1', keyspace: null } as const;
    expect(exportRequest({ ...table, source })).not.toHaveProperty('extras');
  });

  it('knows which files can be resumed', () => {
    const plain = { ...table, options: DEFAULT_OPTIONS };
    expect((['csv', 'ndjson', 'cql'] as const).every((format) => isResumable({ ...plain, format }))).toBe(true);
    expect((['json', 'parquet'] as const).some((format) => isResumable({ ...plain, format }))).toBe(false);
    expect(isResumable(table)).toBe(false);
  });

  it('names files without characters that file systems refuse', () => {
    expect(exportFileName(table)).toBe('My_Keys.flights___more.csv.gz');
    const source = { kind: 'statement', statement: 'SELECT 1', keyspace: null } as const;
    expect(exportFileName({ ...table, source, format: 'parquet' })).toBe('query.parquet');
  });
});
