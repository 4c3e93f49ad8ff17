import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { quoteString } from '@/lib/cql/literals';

/** What a permission is granted on; names as they are stored. */
export type Resource =
  | { readonly kind: 'all_keyspaces' | 'all_functions' | 'all_roles' | 'all_mbeans' }
  /** `all_tables`: since 4.1, the tables of a keyspace without the keyspace itself. */
  | { readonly kind: 'keyspace' | 'all_tables' | 'keyspace_functions'; readonly keyspace: string }
  | { readonly kind: 'table'; readonly keyspace: string; readonly table: string }
  /** `signature`: `name(int, text)`, as LIST writes it. */
  | { readonly kind: 'function'; readonly keyspace: string; readonly signature: string }
  | { readonly kind: 'role' | 'mbean'; readonly name: string }
  /** A kind that Ringside does not know; `text` is Cassandra's. */
  | { readonly kind: 'other'; readonly text: string };

export type ResourceKind = Resource['kind'];

const WHOLE: Readonly<Record<string, Resource>> = {
  'all keyspaces': { kind: 'all_keyspaces' },
  'all functions': { kind: 'all_functions' },
  'all roles': { kind: 'all_roles' },
  'all mbeans': { kind: 'all_mbeans' },
};

const PARTS: readonly (readonly [start: string, read: (rest: string) => Resource | null])[] = [
  ['all tables in ', (keyspace) => ({ kind: 'all_tables', keyspace })],
  ['all functions in ', (keyspace) => ({ kind: 'keyspace_functions', keyspace })],
  ['keyspace ', (keyspace) => ({ kind: 'keyspace', keyspace })],
  ['table ', (rest) => within(rest, (keyspace, table) => ({ kind: 'table', keyspace, table }))],
  ['function ', (rest) => within(rest, (keyspace, signature) => ({ kind: 'function', keyspace, signature }))],
  ['role ', (name) => ({ kind: 'role', name })],
  ['mbean ', (name) => ({ kind: 'mbean', name })],
];

/** Names of keyspaces have no dots. */
function within(rest: string, make: (keyspace: string, name: string) => Resource): Resource | null {
  const at = rest.indexOf('.');
  return at < 1 ? null : make(rest.slice(0, at), rest.slice(at + 1));
}

/** Reads a resource as `LIST PERMISSIONS` writes it: `<table shop.orders>`. Never throws. */
export function parseResource(text: string): Resource {
  const inner = /^<(.*)>$/s.exec(text)?.[1] ?? text;
  const whole = Object.hasOwn(WHOLE, inner) ? WHOLE[inner] : undefined;
  if (whole !== undefined) return whole;
  for (const [start, read] of PARTS) {
    const found = inner.startsWith(start) ? read(inner.slice(start.length)) : null;
    if (found !== null) return found;
  }
  return { kind: 'other', text };
}

/** As GRANT and REVOKE name it: `KEYSPACE shop`; null where Ringside cannot write it. */
export function resourceCql(resource: Resource): string | null {
  switch (resource.kind) {
    case 'all_keyspaces':
      return 'ALL KEYSPACES';
    case 'all_functions':
      return 'ALL FUNCTIONS';
    case 'all_roles':
      return 'ALL ROLES';
    case 'all_mbeans':
      return 'ALL MBEANS';
    case 'keyspace':
      return `KEYSPACE ${quoteIdentifier(resource.keyspace)}`;
    case 'all_tables':
      return `ALL TABLES IN KEYSPACE ${quoteIdentifier(resource.keyspace)}`;
    case 'keyspace_functions':
      return `ALL FUNCTIONS IN KEYSPACE ${quoteIdentifier(resource.keyspace)}`;
    case 'table':
      return `TABLE ${qualifiedName(resource.keyspace, resource.table)}`;
    case 'function':
      return functionCql(resource.keyspace, resource.signature);
    case 'role':
      return `ROLE ${quoteIdentifier(resource.name)}`;
    case 'mbean':
      return `MBEAN ${quoteString(resource.name)}`;
    case 'other':
      return null;
    default:
      return resource satisfies never;
  }
}

function functionCql(keyspace: string, signature: string): string | null {
  const [, name, types] = /^([^(]+)(\(.*\))$/s.exec(signature) ?? [];
  return name === undefined ? null : `FUNCTION ${qualifiedName(keyspace, name)}${types}`;
}

/** In words: `table shop.orders`, `all keyspaces`. */
export function resourceWords(text: string): string {
  return /^<(.*)>$/s.exec(text)?.[1] ?? text;
}
