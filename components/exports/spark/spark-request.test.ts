import { describe, expect, it } from 'vitest';
import { sparkRequestSchema } from '@/lib/contract/spark';
import { DEFAULT_OPTIONS, type ExportChoices } from '../form/export-request';
import { sparkRequest } from './spark-request';

const TABLE: ExportChoices['source'] = {
  ...{ kind: 'table', keyspace: 'shop', table: 'orders', filtering: false },
  ...{ filters: [{ column: 'state', operator: '=', value: 'old' }], columns: ['id', 'state'] },
};
const CHOICES: ExportChoices = { source: TABLE, format: 'parquet', options: DEFAULT_OPTIONS, consistency: 'ONE' };
const NONE = { target: '', accepted: [] };

describe('an export on Spark', () => {
  it('is the same export: table, filters, columns, format and consistency', () => {
    const request = sparkRequest(CHOICES, { target: ' s3a://b/o ', accepted: ['state'] });
    expect(request).toEqual({
      ...{ do: 'export', keyspace: 'shop', table: 'orders', filters: TABLE.filters, columns: ['id', 'state'] },
      ...{ format: 'parquet', target: 's3a://b/o', accepted: ['state'], consistency: 'ONE' },
    });
    expect(sparkRequestSchema.safeParse(request).success).toBe(true);
  });

  it('leaves out what is as the server has it', () => {
    const request = sparkRequest({ ...CHOICES, source: { ...TABLE, columns: null }, consistency: null }, NONE);
    expect(request).not.toHaveProperty('columns');
    expect(request).not.toHaveProperty('target');
  });

  it.each<[string, Partial<ExportChoices>]>([
    ['a statement', { source: { kind: 'statement', statement: 'SELECT 1', keyspace: null } }],
    ['JSON', { format: 'json' }],
    ['CQL', { format: 'cql' }],
    ['compressed CSV', { format: 'csv', options: { ...DEFAULT_OPTIONS, compression: 'gzip' } }],
    ['write times', { options: { ...DEFAULT_OPTIONS, extras: { ttl: false, writetime: true } } }],
  ])('has none for %s, and says why', (_what, change) => {
    expect(sparkRequest({ ...CHOICES, ...change }, NONE)).toMatch(/Spark|compression/);
  });
});
