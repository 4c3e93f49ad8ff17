import { expect, it } from 'vitest';
import { testBed } from '../test-support';
import { readRoles } from './read-roles';

const bed = testBed([]);

it('a cluster without logins says so, and which right nobody needs, instead of an empty list of roles', async () => {
  const roles = await readRoles(bed.cluster);
  expect(roles).toMatchObject({ me: null, logins: 'off', permissions: 'unknown', roles: [], held: [], missing: [] });
  expect(roles.sources).toEqual(['LIST ROLES']);
  const nodes = roles.auth?.datacenters.reduce((sum, one) => sum + one.nodes, 0) ?? 0;
  expect(nodes).toBeGreaterThan(0);
  expect(roles.auth?.replication.class).toMatch(/Strategy$/);
});
