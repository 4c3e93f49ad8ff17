import type { TableShape } from '@/lib/cql/schema-lookup';
import { selectedColumns } from '@/lib/cql/selectors';
import type { CqlType } from '@/lib/cql/types';
import { valueBytes } from '@/lib/wire/sizes';

/** An address has 4 or 16 bytes. */
const INET_BYTES = 16;
/** A guess for types of variable length: larger than any fixed size. */
const UNKNOWN_BYTES = 32;
/** Nested types are larger still. */
const NESTED_BYTES = 64;

/** The key column whose values are shortest on the wire, the first of equals; null for an unknown table. */
export function smallestKeyColumn(table: TableShape | undefined): string | null {
  const keys = [...(table?.partitionKey ?? []), ...(table?.clusteringKey ?? [])];
  const sizes = keys.map((name) => ({
    name,
    bytes: bytesOf(table?.columns.find((column) => column.name === name)?.type),
  }));
  return sizes.toSorted((one, other) => one.bytes - other.bytes)[0]?.name ?? null;
}

/**
 * The column of a SELECT that reads a single column, if it is never null; otherwise none. Clustering columns are null in
 * a partition that has only static columns.
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
  if (type?.kind !== 'native') return NESTED_BYTES;
  return valueBytes(type.name) || (type.name === 'inet' ? INET_BYTES : UNKNOWN_BYTES);
}
