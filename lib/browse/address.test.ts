import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import { AT_START, readAddress, wholeChange, writeAddress } from './address';
import { WHOLE_TABLE } from './whole-table';

const FILTERS: Filter[] = [
  { column: 'origin', operator: '=', value: 'S & A + "ü"' },
  { column: 'day', operator: 'IN', value: ['2001-01-09', null] },
];

describe('the address of a view', () => {
  it('brings back what was put into it', () => {
    const view = {
      filters: FILTERS,
      columns: ['a,b', 'ß'],
      reversed: true,
      filtering: true,
      pageRows: 500,
      from: '-9223372036854775808',
      at: '"2001-01-09T06:10:00.000Z"',
      and: [7, '"', ['x', null]],
      skip: 120,
      last: true,
      sort: [
        { column: 'a,b', descending: true },
        { column: 'ß', descending: false },
      ],
      quick: 'dest=S & A',
    };
    expect(readAddress(writeAddress('', view))).toEqual(view);
  });

  it('is empty for the default view', () => {
    const search = writeAddress('', {
      filters: FILTERS,
      columns: ['a'],
      reversed: true,
      pageRows: 500,
      from: '1',
      skip: 3,
      sort: [{ column: 'a', descending: false }],
      quick: 'x',
    });
    expect(readAddress('')).toEqual(WHOLE_TABLE);
    expect(writeAddress(search, WHOLE_TABLE)).toBe('');
  });

  it('changes only what was given', () => {
    const search = writeAddress('reversed=true&other=1', { pageRows: 100 });
    expect(readAddress(search)).toEqual({ ...WHOLE_TABLE, reversed: true, pageRows: 100 });
    expect(search).toContain('other=1');
  });

  it.each([
    'filters=[{"column":"a"}]',
    'filters=[{"column":',
    'columns=[]',
    'columns="a"',
    'pageRows=0',
    'pageRows=',
    'pageRows=1.5',
    'reversed=1',
    'from=12x',
    'at="cut',
    'and=[]',
    'and=1',
    'and=[1,null]',
    'and=[1,',
    'skip=-1',
    'skip=1.5',
    'last=1',
    'sort=[]',
    'sort=delay',
    'sort=[["delay"]]',
    'sort=[["delay","down"]]',
    'quick=',
  ])('takes %s as absent', (search) => {
    expect(readAddress(search)).toEqual(WHOLE_TABLE);
  });
});

const places = fc.record({
  columns: fc.option(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 })),
  reversed: fc.boolean(),
  filtering: fc.boolean(),
  from: fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String)),
  at: fc.option(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()).map((value) => JSON.stringify(value))),
  and: fc.option(fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer()), { minLength: 1 })),
  skip: fc.nat({ max: 1_000_000 }),
  last: fc.boolean(),
  sort: fc.array(fc.record({ column: fc.string({ unit: 'grapheme' }), descending: fc.boolean() })),
  quick: fc.string({ unit: 'grapheme' }),
});

describe('any view', () => {
  it('comes back from its address, over whatever that held', () => {
    fc.assert(
      fc.property(places, places, (before, view) => {
        const search = writeAddress(writeAddress('', { ...WHOLE_TABLE, ...before }), view);
        expect(readAddress(search)).toEqual({ ...WHOLE_TABLE, ...view });
      }),
    );
  });
});

describe('a change of a view', () => {
  it('begins other rows and another order at their start', () => {
    expect(wholeChange({ reversed: true })).toEqual({ ...AT_START, reversed: true });
    expect(wholeChange({ sort: [] })).toEqual({ ...AT_START, sort: [] });
    expect(wholeChange({ quick: 'x' })).toEqual({ ...AT_START, quick: 'x' });
    expect(wholeChange({ pageRows: 100 })).toEqual({ pageRows: 100 });
  });

  it("goes to a place in Cassandra's order only", () => {
    expect(wholeChange({ ...AT_START, from: '5' })).toEqual({ ...AT_START, from: '5', sort: [], quick: '' });
    expect(wholeChange({ ...WHOLE_TABLE, quick: 'x' })).toEqual({ ...WHOLE_TABLE, quick: 'x' });
  });
});
