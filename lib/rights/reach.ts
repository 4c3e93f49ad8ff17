import type { HeldPermission } from '@/lib/contract/roles';
import { parseResource, type Resource } from '@/lib/roles/resource';

/** What a Cassandra role has any permission on, its own or an inherited one: what its person sees of the schema. */
export interface Reach {
  /** All keyspaces. */
  readonly isAll: boolean;
  readonly keyspaces: ReadonlySet<string>;
  /** Tables by `keyspace.table`; names of keyspaces have no dots. */
  readonly tables: ReadonlySet<string>;
}

/** A role that may do nothing yet. */
export const NO_REACH: Reach = { isAll: false, keyspaces: new Set(), tables: new Set() };

/** @param held null: everything, as a superuser */
export function reachOf(held: readonly HeldPermission[] | null): Reach {
  if (held === null) return { ...NO_REACH, isAll: true };
  const resources = held.map(({ resource }) => parseResource(resource));
  return {
    isAll: resources.some(({ kind }) => kind === 'all_keyspaces'),
    keyspaces: new Set(resources.flatMap(keyspaceOf)),
    tables: new Set(resources.flatMap((one) => (one.kind === 'table' ? [`${one.keyspace}.${one.table}`] : []))),
  };
}

function keyspaceOf(resource: Resource): string[] {
  return resource.kind === 'keyspace' || resource.kind === 'all_tables' ? [resource.keyspace] : [];
}

/** Whether a role may do anything in all of a place. */
export function reaches(
  reach: Reach,
  { keyspace, table }: { keyspace?: string | undefined; table?: string | undefined },
) {
  if (reach.isAll) return true;
  if (keyspace === undefined) return false;
  return reach.keyspaces.has(keyspace) || (table !== undefined && reach.tables.has(`${keyspace}.${table}`));
}

/** Whether a role may do anything somewhere in a keyspace. */
export function reachesWithin(reach: Reach, keyspace: string): boolean {
  if (reaches(reach, { keyspace })) return true;
  return [...reach.tables].some((table) => table.startsWith(`${keyspace}.`));
}
