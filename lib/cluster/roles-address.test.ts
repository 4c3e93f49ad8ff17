import { expect, it } from 'vitest';
import { readRolesAddress, writeRolesAddress } from './roles-address';

it('keeps what is looked at, and leaves the rest of the address alone', () => {
  const search = writeRolesAddress('other=1', { role: 'ada & co', keyspace: 'shop' });
  expect(readRolesAddress(search)).toEqual({ find: '', role: 'ada & co', keyspace: 'shop', table: null });
  expect(new URLSearchParams(search).get('other')).toBe('1');
  expect(writeRolesAddress(search, { role: null, keyspace: null })).toBe('other=1');
});

it('forgets the table with its keyspace, and not with anything else', () => {
  const search = writeRolesAddress('', { keyspace: 'shop', table: 'orders' });
  expect(readRolesAddress(writeRolesAddress(search, { role: 'ada' })).table).toBe('orders');
  expect(readRolesAddress(writeRolesAddress(search, { keyspace: 'other' })).table).toBeNull();
});
