import { describe, expect, it } from 'vitest';
import type { CopyRequest } from '@/lib/contract/copy';
import { type LoadRequest, loadRequestSchema } from '@/lib/contract/load';
import { sparkRequestSchema } from '@/lib/contract/spark';
import { copyOnSpark, loadOnSpark } from './move-requests';

const COPY: CopyRequest = {
  ...{ keyspace: 'shop', table: 'orders', filters: [{ column: 'state', operator: '=', value: 'old' }] },
  ...{ target: { cluster: 'demo', keyspace: 'shop', table: 'archive' }, targetConsistency: 'ALL' },
};
const NONE = { columns: ['id', 'state'], failed: '', accepted: [] };

describe('a copy on Spark', () => {
  it('is the same copy: rows, target, columns and consistency', () => {
    const request = copyOnSpark('demo', COPY, { ...NONE, failed: ' /shared/bad ', accepted: ['state'] });
    expect(request).toEqual({
      ...{ do: 'copy', keyspace: 'shop', table: 'orders', filters: COPY.filters, failed: '/shared/bad' },
      ...{ to: { keyspace: 'shop', table: 'archive' }, accepted: ['state'], writeConsistency: 'ALL' },
      mapping: ['id', 'state'].map((name) => ({ to: name, from: { field: name } })),
    });
    expect(sparkRequestSchema.safeParse(request).success).toBe(true);
    const mapping = [{ to: 'id', from: { constant: '1' }, steps: [] }];
    expect(copyOnSpark('demo', { ...COPY, mapping }, NONE)).toMatchObject({ mapping });
  });

  it.each<[string, Partial<CopyRequest>]>([
    ['tables', { table: undefined, statement: 'SELECT 1' }],
    ['one cluster', { target: { cluster: 'other', keyspace: 'shop', table: 'archive' } }],
    ['TTLs', { keepTtl: true }],
    ['write times', { keepWriteTime: true }],
  ])('has a reason where Spark cannot: %s', (word, change) => {
    expect(copyOnSpark('demo', { ...COPY, ...change }, NONE)).toContain(word);
  });
});

function loadOf(change: { source?: object; bind?: object } = {}): LoadRequest {
  return loadRequestSchema.parse({
    ...{ keyspace: 'shop', table: 'orders', from: { path: '/in/a.csv' } },
    source: { format: 'csv', ...change.source },
    bind: { mapping: [{ to: 'id', from: { field: 'number' }, steps: [{ do: 'trim' }] }], ...change.bind },
  });
}
const FILES = { path: '/in/a.csv', failed: '/bad', accepted: [] };

describe('a load on Spark', () => {
  it('is the same load: files, mapping, TTL, write time and consistency', () => {
    const load = loadOf({ bind: { ttl: { field: 'age' }, timestamp: { constant: '1700000000000000' } } });
    const request = loadOnSpark(load, FILES);
    expect(request).toEqual({
      ...{ do: 'load', keyspace: 'shop', table: 'orders', format: 'csv', source: '/in/a.csv', failed: '/bad' },
      ...{ mapping: load.bind.mapping, accepted: [], writeConsistency: 'LOCAL_QUORUM' },
      ...{ ttlField: 'age', timestampMicros: 1_700_000_000_000_000 },
    });
    expect(sparkRequestSchema.safeParse(request).success).toBe(true);
  });

  it.each<[string, Parameters<typeof loadOf>[0], Partial<typeof FILES>]>([
    ['Spark reads CSV, NDJSON or Parquet', { source: { format: 'cql' } }, {}],
    ['commas', { source: { csv: { delimiter: ';' } } }, {}],
    ['a header', { source: { csv: { header: ['id'] } } }, {}],
    ['a null writes nothing', { bind: { nulls: 'tombstone' } }, {}],
    ['Name the files', {}, { path: ' ' }],
    ['rows that do not fit', {}, { failed: '' }],
  ])('has a reason where Spark cannot: %s', (words, change, choices) => {
    expect(loadOnSpark(loadOf(change), { ...FILES, ...choices })).toContain(words);
  });
});
