import { quoteIdentifier } from '@/lib/cql/identifiers';
import { createRole, grantPermission } from './statements';

/** What Ringside does with a cluster, by the rights that it needs. */
export const FEATURES = ['read', 'operate', 'write', 'schema', 'roles'] as const;
export type Feature = (typeof FEATURES)[number];

export const FEATURE_WORDS: Readonly<Record<Feature, { readonly label: string; readonly why: string }>> = {
  read: { label: 'Read rows', why: 'Browse, query, export, compare. The schema and the ring need no right.' },
  operate: {
    label: 'Watch nodes',
    why: 'Nodes, Live, Tables, Agreement and the verdict read system_views; repairs are in system_distributed.',
  },
  write: {
    label: 'Change rows',
    why: 'Edit, load and copy. Changes are guarded by the row as it was read, so they need SELECT too.',
  },
  schema: { label: 'Change the schema', why: 'CREATE, ALTER and DROP of tables, types and indexes.' },
  roles: {
    label: 'See roles and rights',
    why: 'This page. Unlike SELECT on system_auth, it shows no password hashes.',
  },
};

interface OwnRole {
  readonly name: string;
  readonly password: string;
  readonly features: ReadonlySet<Feature>;
  /** Those that it may read and change; empty: none. */
  readonly keyspaces: readonly string[];
}

/** Of all nodes, by CQL. */
const OPERATE = [
  'KEYSPACE system_views',
  'KEYSPACE system_distributed',
  'TABLE system.repairs',
  'TABLE system."IndexInfo"',
];

/** A role for Ringside with the least rights that these features need: one CREATE ROLE, and one GRANT for each right. */
export function ownRoleStatements({ name, password, features, keyspaces }: OwnRole): readonly string[] {
  const grant = (permission: string, on: string) => grantPermission(permission, on, name);
  const permissions = [
    ...(features.has('read') || features.has('write') ? ['SELECT'] : []),
    ...(features.has('write') ? ['MODIFY'] : []),
    ...(features.has('schema') ? ['CREATE', 'ALTER', 'DROP'] : []),
  ];
  return [
    createRole(name, { password, login: true }),
    ...keyspaces.flatMap((keyspace) => permissions.map((one) => grant(one, `KEYSPACE ${quoteIdentifier(keyspace)}`))),
    ...(features.has('operate') ? OPERATE.map((on) => grant('SELECT', on)) : []),
    ...(features.has('roles') ? [grant('DESCRIBE', 'ALL ROLES')] : []),
  ];
}
