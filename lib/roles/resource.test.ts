import { describe, expect, it } from 'vitest';
import { parseResource, resourceCql, resourceWords } from './resource';

/** As 4.0 to 5.0 list them, and as GRANT takes them. */
const RESOURCES: readonly (readonly [listed: string, cql: string | null])[] = [
  ['<all keyspaces>', 'ALL KEYSPACES'],
  ['<keyspace shop>', 'KEYSPACE shop'],
  ['<keyspace Shop>', 'KEYSPACE "Shop"'],
  ['<all tables in shop>', 'ALL TABLES IN KEYSPACE shop'],
  ['<table shop.orders>', 'TABLE shop.orders'],
  ['<table shop.Orders>', 'TABLE shop."Orders"'],
  ['<all functions>', 'ALL FUNCTIONS'],
  ['<all functions in shop>', 'ALL FUNCTIONS IN KEYSPACE shop'],
  ['<function shop.f(int, text)>', 'FUNCTION shop.f(int, text)'],
  ['<function shop.none()>', 'FUNCTION shop.none()'],
  ['<all roles>', 'ALL ROLES'],
  ['<role staff>', 'ROLE staff'],
  ['<role It\'s "Big">', 'ROLE "It\'s ""Big"""'],
  ['<role a > b.c>', 'ROLE "a > b.c"'],
  ['<all mbeans>', 'ALL MBEANS'],
  ["<mbean a:type='x'>", "MBEAN 'a:type=''x'''"],
  ['<something new>', null],
  ['<table without_keyspace>', null],
  ['<function shop.broken>', null],
  ['', null],
  ['constructor', null],
];

describe('a resource of LIST PERMISSIONS', () => {
  it.each(RESOURCES)('%s is granted as %s', (listed, cql) => {
    expect(resourceCql(parseResource(listed))).toBe(cql);
  });

  it('is shown without its brackets', () => {
    expect(resourceWords('<table shop.orders>')).toBe('table shop.orders');
    expect(resourceWords('plain')).toBe('plain');
  });
});
