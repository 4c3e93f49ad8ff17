import { describe, expect, it } from 'vitest';
import { FEATURES, type Feature, ownRoleStatements } from './own-role';
import { permissionsOn } from './permissions';
import {
  alterRole,
  createRole,
  dropRole,
  grantPermission,
  grantRole,
  hiddenPassword,
  revokePermission,
  revokeRole,
} from './statements';

describe('statements of roles', () => {
  it.each([
    [createRole('staff', {}), 'CREATE ROLE staff'],
    [
      createRole("It's Big", { password: "a'b", login: true, superuser: false }),
      `CREATE ROLE "It's Big" WITH PASSWORD = 'a''b' AND LOGIN = true AND SUPERUSER = false`,
    ],
    [createRole('a', { datacenters: ['dc1', "d'2"] }), "CREATE ROLE a WITH ACCESS TO DATACENTERS {'dc1', 'd''2'}"],
    [alterRole('a', { datacenters: [] }), 'ALTER ROLE a WITH ACCESS TO ALL DATACENTERS'],
    [alterRole('a', { login: false }), 'ALTER ROLE a WITH LOGIN = false'],
    [alterRole('a', {}), null],
    [alterRole('a', { password: null }), null],
    [dropRole('select'), 'DROP ROLE "select"'],
    [grantRole('staff', 'Ada'), 'GRANT staff TO "Ada"'],
    [revokeRole('staff', 'Ada'), 'REVOKE staff FROM "Ada"'],
    [grantPermission('SELECT', 'KEYSPACE shop', 'x"y'), 'GRANT SELECT ON KEYSPACE shop TO "x""y"'],
    [revokePermission('SELECT', 'ALL KEYSPACES', 'a'), 'REVOKE SELECT ON ALL KEYSPACES FROM a'],
  ])('%s', (statement, expected) => {
    expect(statement).toBe(expected);
  });

  it('are shown without their password, and differ in nothing else', () => {
    expect(hiddenPassword(createRole('a', { password: "s'ecret", login: true }))).toBe(
      "CREATE ROLE a WITH PASSWORD = '•••' AND LOGIN = true",
    );
  });
});

describe('permissions on a kind of resource', () => {
  it('are masked columns too, since 5.0', () => {
    expect(permissionsOn('table', '4.1.10')).not.toContain('UNMASK');
    expect(permissionsOn('table', '5.0.9')).toContain('UNMASK');
    expect(permissionsOn('all_roles', '5.0.9')).not.toContain('UNMASK');
    expect(permissionsOn('keyspace', '')).toContain('CREATE');
  });
});

describe('the role for Ringside', () => {
  const own = (features: readonly Feature[], keyspaces: string[]) =>
    ownRoleStatements({ name: 'ringside', password: 'p', features: new Set(features), keyspaces });

  it('may log in and nothing else, where nothing is chosen', () => {
    expect(own([], ['shop'])).toEqual(["CREATE ROLE ringside WITH PASSWORD = 'p' AND LOGIN = true"]);
  });

  it('gets each right once, on the keyspaces that were chosen', () => {
    expect(own(['read', 'write', 'roles'], ['shop', 'Big']).slice(1)).toEqual([
      'GRANT SELECT ON KEYSPACE shop TO ringside',
      'GRANT MODIFY ON KEYSPACE shop TO ringside',
      'GRANT SELECT ON KEYSPACE "Big" TO ringside',
      'GRANT MODIFY ON KEYSPACE "Big" TO ringside',
      'GRANT DESCRIBE ON ALL ROLES TO ringside',
    ]);
  });

  it('never gets a right on system_auth, where the password hashes are', () => {
    const all = own(FEATURES, ['shop']).join('\n');
    expect(all).not.toMatch(/system_auth|ALL KEYSPACES|SUPERUSER/);
    expect(all).toContain('GRANT SELECT ON KEYSPACE system_views TO ringside');
  });
});
