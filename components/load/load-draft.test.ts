import { describe, expect, it } from 'vitest';
import { loadPreviewRequestSchema } from '@/lib/contract/load';
import type { Mapping } from '@/lib/contract/transforms';
import { FIRST_DRAFT, type LoadDraft, problemsOf, requestOf, withOrigin, withSteps } from './load-draft';

const PLACE = { keyspace: 'shop', table: 'orders' };
const FROM = { upload: '4a1b7f8e-0c1d-4d5e-9f00-000000000001' };
const draft = (change: Partial<LoadDraft>): LoadDraft => ({ ...FIRST_DRAFT, from: FROM, ...change });

describe('the draft of a load', () => {
  it('asks nothing before a file is chosen, and all that was chosen after it', () => {
    expect(requestOf(PLACE, FIRST_DRAFT)).toBeNull();
    const mapping: Mapping = [{ to: 'id', from: { field: 'ID' }, steps: [{ do: 'trim' }] }];
    const request = requestOf(
      PLACE,
      draft({
        source: { format: 'csv', csv: { delimiter: ';' } },
        mapping,
        ttl: { kind: 'constant', text: '3600' },
        timestamp: { kind: 'field', text: 'written' },
        rate: '500',
        failures: '',
        verify: 'full',
      }),
    );
    expect(request).toEqual({
      ...PLACE,
      from: FROM,
      source: { format: 'csv', csv: { delimiter: ';' } },
      bind: {
        mapping,
        ttl: { constant: '3600' },
        timestamp: { field: 'written' },
        nulls: 'unset',
        emptyText: 'refused',
      },
      options: { consistency: 'LOCAL_QUORUM', rowsPerSecond: 500, maxFailures: { rows: null }, verify: 'full' },
    });
    expect(loadPreviewRequestSchema.safeParse(request).success).toBe(true);
  });

  it.each([
    ['rate', { rate: '0' }],
    ['rate', { rate: '1.5' }],
    ['rate', { rate: '1000001' }],
    ['failures', { failures: 'some' }],
    ['ttl', { ttl: { kind: 'constant', text: '1h' } }],
    ['ttl', { ttl: { kind: 'field', text: '' } }],
    ['timestamp', { timestamp: { kind: 'constant', text: '' } }],
  ] as const)('says what is wrong with %s, and asks nothing', (name, change) => {
    expect(Object.keys(problemsOf(draft(change)))).toEqual([name]);
    expect(requestOf(PLACE, draft(change))).toBeNull();
  });

  it('maps a column from elsewhere, keeps its steps while it comes from a field, and skips it', () => {
    const mapping: Mapping = [{ to: 'id', from: { field: 'a' }, steps: [{ do: 'trim' }] }];
    expect(withOrigin(mapping, 'id', { field: 'b' })).toEqual([
      { to: 'id', from: { field: 'b' }, steps: [{ do: 'trim' }] },
    ]);
    expect(withOrigin(mapping, 'id', { constant: '1' })).toEqual([{ to: 'id', from: { constant: '1' }, steps: [] }]);
    expect(withOrigin(mapping, 'id', null)).toEqual([]);
    expect(withOrigin(mapping, 'total', { field: 'c' })).toHaveLength(2);
    expect(withSteps(mapping, 'id', [])).toEqual([{ to: 'id', from: { field: 'a' }, steps: [] }]);
  });
});
