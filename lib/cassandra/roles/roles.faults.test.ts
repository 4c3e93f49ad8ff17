import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig } from '@/lib/cassandra/test-support';
import type { RolesResponse } from '@/lib/contract/roles';
import { holdersOf } from '@/lib/roles/effective';
import { FEATURES, ownRoleStatements } from '@/lib/roles/own-role';
import { parseResource, resourceCql } from '@/lib/roles/resource';
import { alterRole, createRole, dropRole, grantPermission, grantRole, revokeRole } from '@/lib/roles/statements';
import { readRoles } from './read-roles';
import { type SecuredRing, startSecuredRing } from './test-secured-ring';

/** Roles on nodes that check logins and rights. */

const SETTLED = { timeout: 60_000, interval: 500 };
const STRANGE = 'Its "Big"';

let secured: SecuredRing;
let root: SecuredRing['root'];
const clusters: Cluster[] = [];

const loginAs = (username: string, password: string) => {
  const cluster = new Cluster(clusterConfig({ contactPoints: secured.contactPoints, username, password }));
  clusters.push(cluster);
  return cluster;
};

beforeAll(async () => {
  const directory = join(mkdtempSync(join(tmpdir(), 'ringside-roles-')), 'ring');
  const version = process.env.RINGSIDE_ROLES_RELEASE;
  secured = await startSecuredRing('roles', { network: '127.0.45', directory, version });
  root = secured.root;
  for (const statement of [
    "CREATE KEYSPACE shop WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 3}",
    'CREATE TABLE shop.orders (id int PRIMARY KEY, total int)',
    createRole('ada', { password: `a'd"a`, login: true, superuser: false }),
    createRole(STRANGE, { password: 'x', login: true }),
    grantRole('staff', 'ada'),
    grantPermission('SELECT', 'KEYSPACE shop', 'staff'),
    grantPermission('MODIFY', 'TABLE shop.orders', STRANGE),
    ...ownRoleStatements({ name: 'ringside', password: 'r', features: new Set(FEATURES), keyspaces: ['shop'] }),
  ]) {
    await root.execute(statement);
  }
}, 300_000);

afterAll(async () => {
  await Promise.all(clusters.map((cluster) => cluster.close()));
  await root?.shutdown();
  await secured?.ring.stop();
}, 120_000);

const namesOf = ({ roles }: RolesResponse) => roles.map(({ name }) => name).toSorted();

describe('roles of a cluster', () => {
  it('are all there for the role made for Ringside, with who has whom and every right', async () => {
    const roles = await readRoles(loginAs('ringside', 'r'));
    expect(roles).toMatchObject({ me: 'ringside', logins: 'checked', permissions: 'checked', isWhole: true });
    expect(namesOf(roles)).toEqual([STRANGE, 'ada', 'cassandra', 'ringside', 'staff'].toSorted());
    const ada = roles.roles.find(({ name }) => name === 'ada');
    expect(ada).toMatchObject({ canLogin: true, isSuperuser: false, memberOf: ['staff'], datacenters: 'ALL' });
    expect(roles.held).toContainEqual({ role: STRANGE, permission: 'MODIFY', resource: '<table shop.orders>' });
    const holders = holdersOf(roles.roles, roles.held, { keyspace: 'shop', table: 'orders' });
    const ways = holders.map(({ role, rights, superuser }) => [
      role.name,
      superuser !== null,
      ...rights.map(({ permission, path }) => [permission, ...path].join(' ')),
    ]);
    expect(ways).toContainEqual(['ada', false, 'SELECT staff']);
    expect(ways).toContainEqual([STRANGE, false, 'MODIFY']);
    expect(ways.find(([name]) => name === 'cassandra')?.[1]).toBe(true);
  });

  it('are its own and those it has for any other role, and the GRANT that is named shows the rest', async () => {
    const cluster = loginAs('ada', `a'd"a`);
    const before = await readRoles(cluster);
    expect(before).toMatchObject({ isWhole: false, logins: 'checked' });
    expect(namesOf(before)).toEqual(['ada', 'staff']);
    expect(before.held).toEqual([{ role: 'staff', permission: 'SELECT', resource: '<keyspace shop>' }]);
    const grants = before.missing.map(({ grant }) => grant ?? '');
    expect(grants).toContain('GRANT DESCRIBE ON ALL ROLES TO ada');
    for (const grant of grants) await root.execute(grant);
    // Nodes keep rights for two seconds.
    await vi.waitFor(async () => {
      expect(await readRoles(cluster)).toMatchObject({ isWhole: true, missing: [] });
    }, SETTLED);
  });

  it('have resources that GRANT and REVOKE take back as they were listed', async () => {
    const { held } = await readRoles(loginAs('ringside', 'r'));
    const kinds = new Set(held.map(({ resource }) => parseResource(resource).kind));
    expect(kinds).toContain('keyspace');
    for (const { resource, permission } of held) {
      const on = resourceCql(parseResource(resource));
      await root.execute(grantPermission(permission, on ?? resource, 'cassandra'));
    }
  });

  it('are changed and dropped by the statements that the page shows', async () => {
    await root.execute(alterRole(STRANGE, { login: false, superuser: true }) ?? '');
    await root.execute(revokeRole('staff', 'ada'));
    await root.execute(dropRole('staff'));
    const { roles } = await readRoles(loginAs('ringside', 'r'));
    expect(roles.find(({ name }) => name === STRANGE)).toMatchObject({ canLogin: false, isSuperuser: true });
    expect(roles.find(({ name }) => name === 'ada')?.memberOf).toEqual([]);
    expect(roles.map(({ name }) => name)).not.toContain('staff');
  });
});

describe('the role made for Ringside', () => {
  it('may do what it was made for, and neither read password hashes nor make itself a superuser', async () => {
    const client = await loginAs('ringside', 'r').client();
    for (const statement of [
      'INSERT INTO shop.orders (id, total) VALUES (1, 2)',
      'UPDATE shop.orders SET total = 3 WHERE id = 1 IF total = 2',
      'SELECT * FROM system_views.settings LIMIT 1',
      'SELECT * FROM system_distributed.parent_repair_history LIMIT 1',
      'SELECT * FROM system.repairs LIMIT 1',
      'SELECT * FROM system."IndexInfo" LIMIT 1',
      'ALTER TABLE shop.orders ADD note text',
    ]) {
      await client.execute(statement);
    }
    await expect(client.execute('SELECT salted_hash FROM system_auth.roles')).rejects.toThrow('no SELECT permission');
    await expect(client.execute('ALTER ROLE ringside WITH SUPERUSER = true')).rejects.toThrow();
  });
});
