import type { ClusterSummary } from '@/lib/contract/clusters';
import { VERBS, type Verb } from '@/lib/contract/rights';
import type { SchemaResponse, SizesResponse, Table, TableColumn } from '@/lib/contract/schema';
import { withBases } from './bases';
import { columnMaskIn, maskedColumns, maskPlaces } from './masks';
import { lackOf, need, someNeed } from './needs';
import { type PersonRights, type RightPlace, ruleFor, ruleSomewhere, ruleWithin } from './rules';

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

/** What a person may do with rows and definitions of a table. */
const OF_TABLES: readonly Verb[] = ['read', 'export', 'write', 'ddl'];

/** The schema as a page shows it to a person: without what they may not see, and with what they may not do. */
export function shownSchema(schema: SchemaResponse, rights: PersonRights | null, cluster: string): SchemaResponse {
  if (rights === null) return schema;
  // Of rows with masked columns the other cells can be edited.
  const masking = { masks: 'edits' as const, maskedIn: maskedColumns(rights, cluster, schema) };
  const lacking = (keyspace: string, table: string) =>
    OF_TABLES.filter((verb) => {
      const needs = withBases([need(verb, { cluster, keyspace, table })], cluster, schema);
      return lackOf(rights, needs, masking) !== null;
    });
  const keyspaces = visibleSchema(schema, rights, cluster).keyspaces.map((keyspace) => ({
    ...keyspace,
    tables: keyspace.tables.map((table) => ({
      ...table,
      columns: withMasks(table, rights, { cluster, keyspace: keyspace.name }),
      ...lacks(lacking(keyspace.name, table.name)),
    })),
  }));
  return { ...schema, keyspaces };
}

/** The columns of a table, each with the role that masks it; a view has the masks of its table too. */
function withMasks({ name, baseTable, columns }: Table, rights: PersonRights, at: RightPlace): TableColumn[] {
  const places = maskPlaces(at, name, baseTable);
  return columns.map((column) => {
    const mask = columnMaskIn(rights, places, column.name);
    return mask === null ? column : { ...column, masked: mask.role };
  });
}

/** The clusters that a person may see, with what they may not do there. */
export function shownClusters(clusters: readonly ClusterSummary[], rights: PersonRights | null): ClusterSummary[] {
  if (rights === null) return [...clusters];
  const lacking = (cluster: string) =>
    VERBS.filter((verb) => {
      const isOfAll = verb === 'operate' || verb === 'admin';
      return lackOf(rights, [isOfAll ? need(verb, { cluster }) : someNeed(verb, { cluster })]) !== null;
    });
  return clusters
    .filter(({ name }) => seesCluster(rights, name))
    .map((cluster) => ({ ...cluster, ...lacks(lacking(cluster.name)) }));
}

function lacks(verbs: Verb[]): { lacks?: Verb[] } {
  return verbs.length === 0 ? {} : { lacks: verbs };
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
