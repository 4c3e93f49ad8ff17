import type { ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { TableColumn } from '@/lib/contract/schema';

/** A row's primary key: values in their JSON form by column name. Names come from outside: read own properties only. */
export type RowKey = Readonly<Record<string, JsonValue>>;

/** A column of the primary key, and which of a row's values it is. */
export interface KeyColumn {
  readonly name: string;
  readonly type: string;
  readonly source: number;
}

/** Where a table's key is among a result's columns. */
export interface KeyPlaces {
  readonly partition: readonly KeyColumn[];
  readonly clustering: readonly KeyColumn[];
}

/** The names of key columns that a result does not have. */
export interface KeyMissing {
  readonly missing: readonly string[];
}

/** A row's values, in the order of a result's columns. */
type Values = readonly JsonValue[];
type Columns = readonly Pick<ResultColumn, 'name' | 'kind'>[];

/** The columns of one part of the primary key, in its order. */
export function keyColumns<T extends Pick<TableColumn, 'kind' | 'position'>>(
  columns: readonly T[],
  part: 'partition_key' | 'clustering',
): T[] {
  return columns.filter(({ kind }) => kind === part).sort((a, b) => a.position - b.position);
}

/** Where the table's columns of these names are among a result's; -1 for one that is not there. */
export function placesOf(names: readonly string[], columns: Columns): number[] {
  // `SELECT v AS id`: a name alone does not make it the table's column.
  return names.map((name) => columns.findIndex((column) => column.name === name && column.kind !== 'computed'));
}

/** The table's key among the columns of a result, or the names of it that are not there. */
export function keyPlaces(
  table: { readonly columns: readonly TableColumn[] },
  columns: Columns,
): KeyPlaces | KeyMissing {
  const found = (part: 'partition_key' | 'clustering'): KeyColumn[] => {
    const key = keyColumns(table.columns, part);
    const places = placesOf(
      key.map(({ name }) => name),
      columns,
    );
    return key.map(({ name, type }, at) => ({ name, type, source: places[at] ?? -1 }));
  };
  const [partition, clustering] = [found('partition_key'), found('clustering')];
  const missing = [...partition, ...clustering].filter(({ source }) => source === -1).map(({ name }) => name);
  return missing.length > 0 ? { missing } : { partition, clustering };
}

/** A row's primary key, or the columns that it lacks. A row of static values alone has nulls for its clustering columns. */
export function rowKeyOf(
  table: { readonly columns: readonly TableColumn[] },
  columns: Columns,
  row: Values,
): { readonly key: RowKey } | KeyMissing {
  const places = keyPlaces(table, columns);
  if ('missing' in places) return places;
  const all = [...places.partition, ...places.clustering];
  return { key: Object.fromEntries(all.map(({ name, source }) => [name, row[source] ?? null])) };
}

/** A row's values of some columns. */
export function valuesAt(row: Values, columns: readonly KeyColumn[]): Values {
  return columns.map(({ source }) => row[source] ?? null);
}

/** True for a row that a partition has for its static values alone: it has no clustering values. */
export function isStaticOnly(row: Values, { clustering }: KeyPlaces): boolean {
  return clustering.some(({ source }) => (row[source] ?? null) === null);
}
