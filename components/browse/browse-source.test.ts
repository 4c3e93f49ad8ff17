import { describe, expect, it } from 'vitest';
import { requestAt, startOf } from '@/components/results/source';
import { rowsRequestSchema } from '@/lib/contract/reads';
import { browseSource, tokenBefore } from './browse-source';

const PLACE = { cluster: 'demo', keyspace: 'shop', table: 'Orders' };
const WHOLE = { filters: [], columns: null, reversed: false, pageRows: null, from: null };

describe('the source behind a view', () => {
  it('asks for nothing that was not chosen', () => {
    expect(browseSource(PLACE, WHOLE)).toMatchObject({ path: '/api/clusters/demo/tables/shop/Orders/rows', body: {} });
  });

  it('is a request that the server takes, wherever it begins', () => {
    const source = browseSource(PLACE, {
      filters: [{ column: 'day', operator: 'IN', value: ['2001-01-09'] }],
      columns: ['day', 'total'],
      reversed: true,
      pageRows: 500,
      from: '-42',
    });
    const first = requestAt(source, startOf(source), 1);
    expect(rowsRequestSchema.parse(first)).toMatchObject({
      fromToken: '-42',
      maxPages: 1,
      pageRows: 500,
      reversed: true,
    });
    const on = requestAt(source, { kind: 'cursor', cursor: 'abc' }, 0);
    expect(rowsRequestSchema.parse(on)).toMatchObject({ cursor: 'abc', maxPages: 0 });
    expect(on).not.toHaveProperty('fromToken');
  });

  it('is another result when anything of it is another', () => {
    const keys = [WHOLE, { ...WHOLE, from: '1' }, { ...WHOLE, reversed: true }, { ...WHOLE, columns: ['a'] }].map(
      (address) => browseSource(PLACE, address).key,
    );
    expect(new Set(keys).size).toBe(4);
  });

  it('begins again before a token, at the least token too', () => {
    expect(tokenBefore('0')).toBe('-1');
    expect(tokenBefore('-9223372036854775808')).toBe('-9223372036854775808');
  });
});
