import { describe, expect, it } from 'vitest';
import { NO_REACH, reaches, reachesWithin, reachOf } from './reach';

const on = (...resources: string[]) =>
  reachOf(resources.map((resource) => ({ role: 'ada', permission: 'SELECT', resource })));

describe('what a Cassandra role reaches', () => {
  it.each([
    ['<all keyspaces>', { keyspace: 'shop', table: 'orders' }, true],
    ['<all keyspaces>', {}, true],
    ['<keyspace shop>', { keyspace: 'shop', table: 'orders' }, true],
    ['<keyspace shop>', { keyspace: 'shop' }, true],
    ['<keyspace shop>', { keyspace: 'shop2', table: 'orders' }, false],
    ['<keyspace shop>', {}, false],
    ['<all tables in shop>', { keyspace: 'shop', table: 'orders' }, true],
    ['<table shop.orders>', { keyspace: 'shop', table: 'orders' }, true],
    ['<table shop.orders>', { keyspace: 'shop', table: 'orders2' }, false],
    ['<table shop.orders>', { keyspace: 'shop' }, false],
    ['<table shop.a.b>', { keyspace: 'shop', table: 'a.b' }, true],
    ['<role staff>', { keyspace: 'staff' }, false],
    ['<all functions in shop>', { keyspace: 'shop' }, false],
    ['what a later release says', { keyspace: 'shop' }, false],
  ])('a permission on %s, at %o: %s', (resource, place, isReached) => {
    expect(reaches(on(resource), place)).toBe(isReached);
  });

  it('is all for who has all permissions, and nothing for who has none', () => {
    expect(reaches(reachOf(null), {})).toBe(true);
    expect(reaches(NO_REACH, { keyspace: 'shop', table: 'orders' })).toBe(false);
  });

  it('is in a keyspace where it is one of its tables', () => {
    expect(reachesWithin(on('<table shop.orders>'), 'shop')).toBe(true);
    expect(reachesWithin(on('<table shop2.orders>'), 'shop')).toBe(false);
    expect(reachesWithin(on('<keyspace shop>'), 'shop')).toBe(true);
  });
});
