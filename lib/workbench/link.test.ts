import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pagePath } from '@/lib/client/paths';
import { NO_LINK, readLink, unreadLinkParts, writeLink } from './link';

const text = fc.option(fc.string({ unit: 'grapheme' }));
const links = fc.record({ statement: text, keyspace: text, values: text, saved: text, text });

describe('a link to a statement', () => {
  it('brings back what was put into it, over whatever it held', () => {
    fc.assert(
      fc.property(links, links, (before, link) => {
        expect(readLink(writeLink(writeLink('', before), link))).toEqual(link);
      }),
    );
  });

  it('is taken out of the address, which keeps the rest', () => {
    expect(writeLink('statement=SELECT&other=1&keyspace=k&saved=a%2Fb&text=x', NO_LINK)).toBe('other=1');
  });

  it('names a saved statement by its path', () => {
    const { search } = new URL(pagePath.query('c', { saved: 'reports/by day' }), 'http://localhost');
    expect(readLink(search)).toEqual({ ...NO_LINK, saved: 'reports/by day' });
  });

  it('is what the page’s own links give', () => {
    const given = { statement: "SELECT *\nFROM t -- 'ü' & 100 %", keyspace: 'k' };
    const { search } = new URL(pagePath.query('c', given), 'http://localhost');
    expect(readLink(search)).toEqual({ ...NO_LINK, ...given });
  });

  it.each([
    ['statement=SELECT&keyspace=k&values={}', []],
    ['saved=a', []],
    ['statement=SELECT&values={', ['values: not valid JSON']],
    ['statement=SELECT&values={":a":1}', ['values: expected values such as {":origin":{"as":"value","text":"SEA"}}']],
    ['keyspace=k', ['keyspace: counts only beside a statement']],
    ['saved=a&keyspace=k', ['keyspace: cannot be used beside saved']],
    ['saved=a&statement=SELECT', ['statement: cannot be used beside saved']],
    ['text=a&values={', ['values: cannot be used beside text']],
    ['statement=SELECT&statement=INSERT', ['statement: given more than once']],
  ])('names what brings nothing: %s', (search, parts) => {
    expect(unreadLinkParts(search).map(({ name, why }) => `${name}: ${why}`)).toEqual(parts);
  });
});
