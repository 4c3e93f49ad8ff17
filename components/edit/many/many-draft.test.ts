import { describe, expect, it } from 'vitest';
import { COUNTS, T } from '@/lib/edit/test-plan';
import { EMPTY_DRAFT, type ManyDraft, requestOf, settableColumns } from './many-draft';

const ROWS = {
  keyspace: 'ks',
  table: 't',
  filters: [{ column: 'v', operator: '=', value: 1 }],
  filtering: true,
} as const;
const of = (draft: Partial<ManyDraft>) => requestOf(T.shape, ROWS, { ...EMPTY_DRAFT, ...draft });

describe('the request of the form', () => {
  it('has the filter of the rows, the values as their types read them, and the rate', () => {
    expect(of({ values: { v: '7', w: null, st: "{'a'}" }, rate: '50', mode: 'plain' }).request).toEqual({
      ...{ keyspace: 'ks', table: 't', filters: ROWS.filters, allowFiltering: true },
      ...{ set: { v: 7, w: null, st: ['a'] }, options: { mode: 'plain' }, rowsPerSecond: 50, journal: 'values' },
    });
    expect(of({ deed: 'delete', values: { v: 'x' } }).request).toMatchObject({ delete: true });
  });

  it('is none while something is missing or cannot be read', () => {
    expect(of({})).toMatchObject({ request: null, problems: {} });
    const wrong = of({ values: { v: 'x' } });
    expect(wrong.request).toBeNull();
    expect(wrong.problems.v).toBeTruthy();
    for (const rate of ['0', '1.5', 'fast']) expect(of({ values: { v: '1' }, rate })).toMatchObject({ request: null });
  });

  it('offers no key, static or counter columns', () => {
    expect(settableColumns(T.shape).map(({ name }) => name)).not.toEqual(expect.arrayContaining(['p', 's']));
    expect(settableColumns(COUNTS.shape)).toEqual([]);
  });
});
