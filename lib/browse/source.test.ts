import { describe, expect, it } from 'vitest';
import { rowsRequestSchema } from '@/lib/contract/reads';
import type { Anchor } from '@/lib/grid/page-marks';
import { openingsAt, type RowOrder, requestAt } from '@/lib/reader/source';
import { browseSource, readPlaceOf, tokenBefore } from './source';

const PLACE = { cluster: 'demo', keyspace: 'shop', table: 'Orders' };
const WHOLE = {
  filters: [],
  columns: null,
  reversed: false,
  filtering: false,
  pageRows: null,
  from: null,
  at: null,
  and: null,
  skip: 0,
  last: false,
  sort: [],
  quick: '',
};
const BY_TOKEN: RowOrder = { by: 'token' };
const BY_TIME: RowOrder = { by: 'value', column: 'time', tuple: ['seq', 'leg'], descending: false };

/** The request as the server understands it. */
function request(source: ReturnType<typeof browseSource>, anchor: Anchor | null, maxPages = 1) {
  return anchor === null ? null : rowsRequestSchema.parse(requestAt(source, anchor, maxPages));
}

describe('the source of a view', () => {
  it('asks for nothing that was not chosen', () => {
    const source = browseSource(PLACE, WHOLE, BY_TOKEN);
    expect(source).toMatchObject({ path: '/api/clusters/demo/tables/shop/Orders/rows' });
    const { next, prior } = openingsAt(source, readPlaceOf(WHOLE, BY_TOKEN));
    // Apart from the first rows, which are to be there soon.
    expect(request(source, next)).toEqual({ maxPages: 1, firstPageRows: 250 });
    expect(prior).toBeNull();
  });

  it('reads down and up from a token, both sides together the whole ring', () => {
    const address = { ...WHOLE, columns: ['day', 'total'], pageRows: 500, from: '-42' };
    const source = browseSource(PLACE, address, BY_TOKEN);
    const { next, prior } = openingsAt(source, readPlaceOf(address, BY_TOKEN));
    const body = { columns: ['day', 'total'], pageRows: 500, maxPages: 1 };
    expect(request(source, next)).toEqual({ ...body, fromToken: '-42', toToken: '9223372036854775807' });
    expect(request(source, prior)).toEqual({ ...body, fromToken: '-9223372036854775808', toToken: '-42' });
    expect(request(source, { kind: 'cursor', cursor: 'abc' }, 0)).toMatchObject({ cursor: 'abc', maxPages: 0 });
  });

  it('reads down and up from a clustering value, both sides together the whole partition', () => {
    const address = { ...WHOLE, filters: [{ column: 'id', operator: '=' as const, value: 7 }], at: '"06:10"', skip: 2 };
    const source = browseSource(PLACE, address, BY_TIME);
    const place = readPlaceOf(address, BY_TIME);
    expect(place).toEqual({ kind: 'value', bound: { column: 'time', tuple: [], json: '"06:10"' }, skip: 2 });
    const { next, prior } = openingsAt(source, place);
    const [id] = address.filters;
    const asked = { maxPages: 1, firstPageRows: 250 };
    const time = (operator: string) => ({ column: 'time', operator, value: '06:10' });
    expect(request(source, next)).toEqual({ ...asked, filters: [id, time('>=')] });
    expect(request(source, prior)).toEqual({ ...asked, filters: [id, time('<')], reversed: true });
  });

  it.each([
    ['all that there are', ['seq', 'leg'], [3, ['a']], { tuple: ['seq', 'leg'], value: ['06:10', 3, ['a']] }],
    ['fewer than order the rows', ['seq', 'leg'], [3], { tuple: ['seq'], value: ['06:10', 3] }],
    ['more than order the rows', ['seq'], [3, ['a']], { tuple: ['seq'], value: ['06:10', 3] }],
    ['those of an order of one column', [], [3], { value: '06:10' }],
  ])('reads from several clustering values on: %s', (_what, tuple, and, bound) => {
    const order: RowOrder = { by: 'value', column: 'time', tuple, descending: false };
    const address = { ...WHOLE, at: '"06:10"', and };
    const source = browseSource(PLACE, address, order);
    const { next, prior } = openingsAt(source, readPlaceOf(address, order));
    expect(request(source, next)?.filters).toEqual([{ column: 'time', operator: '>=', ...bound }]);
    expect(request(source, prior)).toMatchObject({ reversed: true, filters: [{ operator: '<', ...bound }] });
  });

  it('starts at the beginning where the place is one of other columns', () => {
    const place = readPlaceOf({ ...WHOLE, at: '1', and: [2] }, BY_TIME);
    const [opened] = (['seq', 'leg'] as const).map((name) =>
      openingsAt({ order: { by: 'value', column: 'time', tuple: [name], descending: false } }, place),
    );
    expect(opened?.prior).toMatchObject({ kind: 'value', value: { json: '[1,2]' } });
    const other: RowOrder = { by: 'value', column: 'time', tuple: ['leg'], descending: false };
    expect(openingsAt({ order: other }, place)).toEqual({ next: { kind: 'start' }, prior: null });
  });

  it('turns the comparison and the order round where the rows are shown from the highest value down', () => {
    const order: RowOrder = { by: 'value', column: 'time', tuple: [], descending: true };
    const address = { ...WHOLE, reversed: true, at: '5' };
    const source = browseSource(PLACE, address, order);
    const { next, prior } = openingsAt(source, readPlaceOf(address, order));
    expect(request(source, next)).toMatchObject({ reversed: true, filters: [{ operator: '<=', value: 5 }] });
    expect(request(source, prior)).toMatchObject({ reversed: false, filters: [{ operator: '>', value: 5 }] });
  });

  it('reads the end of a partition backwards, and that of the ring in ranges', () => {
    const last = { ...WHOLE, last: true };
    const partition = browseSource(PLACE, last, BY_TIME);
    const end = openingsAt(partition, readPlaceOf(last, BY_TIME));
    expect(end.next).toBeNull();
    expect(request(partition, end.prior)).toMatchObject({ maxPages: 1, reversed: true });
    const ring = openingsAt(browseSource(PLACE, last, BY_TOKEN), readPlaceOf(last, BY_TOKEN));
    expect(ring).toMatchObject({ next: null, prior: { kind: 'range', to: '9223372036854775807' } });
  });

  it('starts at the beginning where the order of the rows has no places', () => {
    expect(readPlaceOf({ ...WHOLE, from: '1', last: true }, undefined)).toEqual({ kind: 'start' });
    expect(readPlaceOf({ ...WHOLE, from: '1' }, BY_TIME)).toEqual({ kind: 'start' });
  });

  it('is another result when what is read is another, and the same at another place', () => {
    const keys = [WHOLE, { ...WHOLE, from: '1' }, { ...WHOLE, reversed: true }, { ...WHOLE, columns: ['a'] }].map(
      (address) => browseSource(PLACE, address, BY_TOKEN).key,
    );
    expect(new Set(keys).size).toBe(3);
    expect(keys[0]).toBe(keys[1]);
  });

  it('starts again before a token, and before the lowest one', () => {
    expect(tokenBefore('0')).toBe('-1');
    expect(tokenBefore('-9223372036854775808')).toBe('-9223372036854775808');
  });
});
