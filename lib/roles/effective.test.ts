import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeldPermission, Role } from '@/lib/contract/roles';
import { effectiveRights, holdersOf, membersOf, rolesOf, superuserPath } from './effective';

const role = (name: string, memberOf: string[] | null = [], more: Partial<Role> = {}): Role => ({
  name,
  ...{ canLogin: false, isSuperuser: false, memberOf, datacenters: 'ALL', cidrGroups: null, options: {} },
  ...more,
});
const held = (name: string, permission: string, resource: string): HeldPermission => ({
  role: name,
  permission,
  resource,
});

const ROLES = [
  role('ada', ['analysts']),
  role('analysts', ['staff']),
  role('staff'),
  role('grace', ['admins', 'staff']),
  role('admins', [], { isSuperuser: true }),
  role('nobody'),
];
const HELD = [
  held('staff', 'SELECT', '<keyspace shop>'),
  held('analysts', 'MODIFY', '<table shop.orders>'),
  held('ada', 'SELECT', '<table shop.orders>'),
  held('ada', 'EXECUTE', '<all functions>'),
  held('nobody', 'SELECT', '<table shop.other>'),
  held('staff', 'ALTER', '<all keyspaces>'),
];

describe('roles that a role has', () => {
  it('are itself and all that were granted, with the shortest way', () => {
    expect([...rolesOf(ROLES, 'ada')]).toEqual([
      ['ada', []],
      ['analysts', ['analysts']],
      ['staff', ['analysts', 'staff']],
    ]);
  });

  it('include one that is not listed, and nothing where its roles are not known', () => {
    expect([...rolesOf([role('a', ['unlisted'])], 'a').keys()]).toEqual(['a', 'unlisted']);
    expect([...rolesOf([role('a', null)], 'a').keys()]).toEqual(['a']);
  });

  it('end, whatever was granted to whom', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'd');
    const graph = fc.dictionary(names, fc.uniqueArray(names));
    fc.assert(
      fc.property(graph, names, (memberOf, start) => {
        const roles = Object.entries(memberOf).map(([name, parents]) => role(name, parents));
        for (const [name, path] of rolesOf(roles, start)) {
          // Every step of the way was granted to the one before it.
          [start, ...path].forEach((one, at, all) => {
            if (at > 0) expect(memberOf[all[at - 1] ?? '']).toContain(one);
          });
          expect(path.at(-1) ?? start).toBe(name);
        }
      }),
    );
  });

  it('are seen from the other side as members', () => {
    expect(membersOf(ROLES, 'staff')).toEqual([
      { role: 'ada', path: ['analysts', 'staff'] },
      { role: 'analysts', path: ['staff'] },
      { role: 'grace', path: ['staff'] },
    ]);
    expect(membersOf(ROLES, 'ada')).toEqual([]);
  });
});

describe('superusers', () => {
  it.each([
    ['admins', []],
    ['grace', ['admins']],
    ['ada', null],
  ])('%s: %j', (name, path) => {
    expect(superuserPath(ROLES, name)).toEqual(path);
  });
});

describe('effective rights', () => {
  it('are its own first, then those of the roles it has', () => {
    const rights = effectiveRights(ROLES, HELD, 'ada').map(({ permission, resource, path }) =>
      [permission, resource, ...path].join(' '),
    );
    expect(rights).toEqual([
      'EXECUTE <all functions>',
      'SELECT <table shop.orders>',
      'MODIFY <table shop.orders> analysts',
      'ALTER <all keyspaces> analysts staff',
      'SELECT <keyspace shop> analysts staff',
    ]);
  });
});

describe('who may do what', () => {
  const who = (keyspace: string, table: string | null, more: readonly HeldPermission[] = []) =>
    holdersOf(ROLES, [...HELD, ...more], { keyspace, table }).map(({ role: { name }, rights, superuser }) => [
      name,
      superuser === null ? null : superuser.join('.'),
      ...rights.map(({ permission, resource, path }) => [permission, resource, ...path].join(' ')),
    ]);

  it('on a table: by the table, its keyspace and all keyspaces, each right by its nearest reason', () => {
    expect(who('shop', 'orders')).toEqual([
      [
        'ada',
        null,
        'ALTER <all keyspaces> analysts staff',
        'MODIFY <table shop.orders> analysts',
        'SELECT <table shop.orders>',
      ],
      ['analysts', null, 'ALTER <all keyspaces> staff', 'MODIFY <table shop.orders>', 'SELECT <keyspace shop> staff'],
      ['staff', null, 'ALTER <all keyspaces>', 'SELECT <keyspace shop>'],
      ['grace', 'admins', 'ALTER <all keyspaces> staff', 'SELECT <keyspace shop> staff'],
      ['admins', ''],
    ]);
  });

  it('on a keyspace: a right on one of its tables is none on it', () => {
    const tables = [held('nobody', 'MODIFY', '<all tables in shop>')];
    expect(who('shop', null, tables).map(([name]) => name)).toEqual(['ada', 'analysts', 'staff', 'grace', 'admins']);
    expect(who('shop', 'lines', tables)).toContainEqual(['nobody', null, 'MODIFY <all tables in shop>']);
    expect(who('elsewhere', null).map(([name]) => name)).toEqual(['ada', 'analysts', 'staff', 'grace', 'admins']);
    expect(holdersOf(ROLES, [], { keyspace: 'elsewhere', table: null }).map((one) => one.role.name)).toEqual([
      'grace',
      'admins',
    ]);
  });
});
