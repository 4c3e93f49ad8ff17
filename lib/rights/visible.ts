import type { SchemaResponse, SizesResponse } from '@/lib/contract/schema';
import { type PersonRights, ruleFor, ruleSomewhere, ruleWithin } from './rules';

/** Whether a person sees a table. `null` as rights: everybody sees everything. */
function seesTable(rights: PersonRights | null, cluster: string, keyspace: string, table: string): boolean {
  return rights === null || ruleFor(rights, 'see', { cluster, keyspace, table }) !== null;
}

/** Whether a person sees anything of a keyspace. */
function seesKeyspace(rights: PersonRights | null, cluster: string, keyspace: string): boolean {
  return rights === null || ruleWithin(rights, 'see', cluster, keyspace) !== null;
}

/** Whether a person sees anything of a cluster. */
export function seesCluster(rights: PersonRights | null, cluster: string): boolean {
  return rights === null || ruleSomewhere(rights, 'see', cluster) !== null;
}

/** The schema without what a person may not see. */
export function visibleSchema(schema: SchemaResponse, rights: PersonRights | null, cluster: string): SchemaResponse {
  if (rights === null) return schema;
  const keyspaces = schema.keyspaces
    .filter(({ name }) => seesKeyspace(rights, cluster, name))
    .map((keyspace) => ({
      ...keyspace,
      tables: keyspace.tables.filter(({ name }) => seesTable(rights, cluster, keyspace.name, name)),
    }));
  return { ...schema, keyspaces };
}

/** The sizes without those of tables that a person may not see. */
export function visibleSizes(sizes: SizesResponse, rights: PersonRights | null, cluster: string): SizesResponse {
  if (rights === null) return sizes;
  const keyspaces = sizes.keyspaces
    .map(({ keyspace, tables }) => ({
      keyspace,
      tables: tables.filter(({ table }) => seesTable(rights, cluster, keyspace, table)),
    }))
    .filter(({ tables }) => tables.length > 0);
  return { ...sizes, keyspaces };
}

/** Rows of a list that each name a table, without those of tables that a person may not see. */
export function visibleTables<T extends { readonly keyspace: string; readonly table: string }>(
  rows: readonly T[],
  rights: PersonRights | null,
  cluster: string,
): T[] {
  return rows.filter(({ keyspace, table }) => seesTable(rights, cluster, keyspace, table));
}
