import type { TableShape } from '@/lib/cql/schema-lookup';
import { selectedColumns } from '@/lib/cql/selectors';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';

/** Bytes of a value, where the type says so. */
const BYTES: Partial<Record<NativeTypeName, number>> = {
  boolean: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  float: 4,
  date: 4,
  bigint: 8,
  double: 8,
  timestamp: 8,
  time: 8,
  uuid: 16,
  timeuuid: 16,
  inet: 16,
};

/** A guess where values are of any length: larger than any of known size. */
const UNKNOWN_BYTES = 32;
/** What is nested is larger still. */
const NESTED_BYTES = 64;

/** The key column whose values are shortest on the wire, of equal ones the first; null for a table that is not known. */
export function smallestKeyColumn(table: TableShape | undefined): string | null {
  const keys = [...(table?.partitionKey ?? []), ...(table?.clusteringKey ?? [])];
  const sizes = keys.map((name) => ({
    name,
    bytes: bytesOf(table?.columns.find((column) => column.name === name)?.type),
  }));
  return sizes.toSorted((one, other) => one.bytes - other.bytes)[0]?.name ?? null;
}

/**
 * The column of a SELECT that reads one column alone, where that is never null; else none. Of a partition that has
 * nothing but static columns the clustering columns are null.
 */
export function neverNullColumns(statement: string, table: TableShape | undefined): readonly string[] {
  const names = selectedColumns(statement) ?? table?.columns.map(({ name }) => name) ?? [];
  const [name] = names;
  if (table === undefined || names.length !== 1 || name == null) return [];
  const hasStatics = table.columns.some(({ kind }) => kind === 'static');
  const isKey = table.partitionKey.includes(name) || (!hasStatics && table.clusteringKey.includes(name));
  return isKey ? [name] : [];
}

function bytesOf(type: CqlType | undefined): number {
  return type?.kind === 'native' ? (BYTES[type.name] ?? UNKNOWN_BYTES) : NESTED_BYTES;
}
