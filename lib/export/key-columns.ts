import type { TableShape } from '@/lib/cql/schema-lookup';
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

function bytesOf(type: CqlType | undefined): number {
  return type?.kind === 'native' ? (BYTES[type.name] ?? UNKNOWN_BYTES) : NESTED_BYTES;
}
