import { describe, expect, it } from 'vitest';
import type { Filter } from '@/lib/contract/filters';
import { readAddress, writeAddress } from './address';
import { readableSearch, unreadParts, wholeSearch } from './unread-address';

const FILTERS: Filter[] = [
  { column: 'origin', operator: '=', value: 'S & A + "ü"' },
  { column: 'day', operator: 'IN', value: ['2001-01-09', null] },
];

describe('an address with a part that cannot be read', () => {
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
  ])('names it: %s', (search) => {
    const at = search.indexOf('=');
    expect(unreadParts(`${search}&other=1`)).toMatchObject([{ name: search.slice(0, at), text: search.slice(at + 1) }]);
    expect(readableSearch(`${search}&other=1`)).toBe('other=1');
  });

  it('says why a part cannot be read', () => {
    const why = (search: string) => unreadParts(search).map((part) => `${part.name}: ${part.why}`);
    expect(why('filters=bad&pageRows=0')).toEqual([
      'filters: not valid JSON',
      'pageRows: expected a whole number from 1 to 10000',
    ]);
    expect(why('filters=[1]')).toEqual([expect.stringContaining('filters: expected a list of filters')]);
    expect(why('')).toEqual([]);
    expect(why(writeAddress('', { filters: FILTERS, columns: ['a'], reversed: true, from: '1', skip: 3 }))).toEqual([]);
    expect(why('reversed=false&last=true')).toEqual([]);
  });

  it('keeps the filters that can be read next to one that cannot', () => {
    const search = new URLSearchParams({
      filters: JSON.stringify([...FILTERS, { column: 'a' }]),
      skip: 'x',
      from: '7',
    });
    expect(wholeSearch('filters=bad&reversed=true&other=1')).toBe('other=1');
    expect(readAddress(readableSearch(search.toString()))).toMatchObject({ filters: FILTERS, from: '7', skip: 0 });
  });
});
