import type { TableShape } from '@/lib/cql/schema-lookup';
import { selectedColumns } from '@/lib/cql/selectors';
import type { CqlType } from '@/lib/cql/types';
import { valueBytes } from '@/lib/wire/sizes';

/** An address has 4 or 16. */
const INET_BYTES = 16;
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
  if (type?.kind !== 'native') return NESTED_BYTES;
  return valueBytes(type.name) || (type.name === 'inet' ? INET_BYTES : UNKNOWN_BYTES);
}
