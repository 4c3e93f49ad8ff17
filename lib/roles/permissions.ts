import { isSince } from '@/lib/cql/release';
import type { ResourceKind } from './resource';

/** What can be granted on each kind of resource, by `IResource.applicablePermissions` of Cassandra 4.0 to 5.0. */

/** Kinds that the page offers. Functions and MBeans of one name are granted on the query page. */
export const GRANT_KINDS = ['table', 'keyspace', 'all_keyspaces', 'keyspace_functions', 'role', 'all_roles'] as const;
export type GrantKind = (typeof GRANT_KINDS)[number];

export const KIND_WORDS: Readonly<Record<GrantKind, string>> = {
  table: 'A table',
  keyspace: 'A keyspace and its tables',
  all_keyspaces: 'All keyspaces',
  keyspace_functions: 'All functions of a keyspace',
  role: 'A role',
  all_roles: 'All roles',
};

const ON_DATA = ['SELECT', 'MODIFY', 'ALTER', 'DROP', 'AUTHORIZE'] as const;
const MASKING = ['UNMASK', 'SELECT_MASKED'] as const;
const BY_KIND: Readonly<Partial<Record<ResourceKind, readonly string[]>>> = {
  table: ON_DATA,
  keyspace: ['CREATE', ...ON_DATA],
  all_keyspaces: ['CREATE', ...ON_DATA],
  keyspace_functions: ['EXECUTE', 'CREATE', 'ALTER', 'DROP', 'AUTHORIZE'],
  role: ['ALTER', 'DROP', 'AUTHORIZE'],
  all_roles: ['DESCRIBE', 'CREATE', 'ALTER', 'DROP', 'AUTHORIZE'],
};

/** The permissions of a kind of resource, those that are granted most first. */
export function permissionsOn(kind: GrantKind, release: string): readonly string[] {
  const isData = kind === 'table' || kind === 'keyspace' || kind === 'all_keyspaces';
  const masking = isData && isSince(release, '5.0') === true ? MASKING : [];
  return [...(BY_KIND[kind] ?? []), ...masking];
}

/** What a permission allows, in a few words. */
export const PERMISSION_WORDS: Readonly<Record<string, string>> = {
  SELECT: 'read rows',
  MODIFY: 'write, delete and truncate',
  CREATE: 'create what is in it',
  ALTER: 'change its definition',
  DROP: 'drop it',
  AUTHORIZE: 'grant and revoke rights on it',
  DESCRIBE: 'list roles and their rights',
  EXECUTE: 'run it',
  UNMASK: 'see masked columns as they are',
  SELECT_MASKED: 'filter by masked columns',
};
