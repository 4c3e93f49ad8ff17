import type { CqlType, NativeTypeName } from '@/lib/cql/types';

/** Sizes in bytes of values of fixed-size types; 0 for the others. */
const VALUE_BYTES: Readonly<Record<NativeTypeName, number>> = {
  ascii: 0,
  bigint: 8,
  blob: 0,
  boolean: 1,
  counter: 8,
  date: 4,
  decimal: 0,
  double: 8,
  duration: 0,
  float: 4,
  inet: 0,
  int: 4,
  smallint: 2,
  text: 0,
  time: 8,
  timestamp: 8,
  timeuuid: 16,
  tinyint: 1,
  uuid: 16,
  varint: 0,
};

/** The size in bytes of a native type's values, or 0 if it varies. */
export function valueBytes(name: NativeTypeName): number {
  return VALUE_BYTES[name];
}

/**
 * Types whose elements a vector stores without a length: those that override `valueLengthIfFixed()` in
 * `org.apache.cassandra.db.marshal` (5.0). tinyint, smallint, date and time do not, so theirs have one.
 */
const BARE_IN_VECTOR: ReadonlySet<NativeTypeName> = new Set([
  'bigint',
  'boolean',
  'double',
  'float',
  'int',
  'timestamp',
  'timeuuid',
  'uuid',
]);

const CUSTOM_BARE_IN_VECTOR: ReadonlyMap<string, number> = new Map([
  ['org.apache.cassandra.db.marshal.DateType', 8],
  ['org.apache.cassandra.db.marshal.LexicalUUIDType', 16],
]);

/** The bytes of each element in a vector of this type, or 0 if each is preceded by its length as a vint. */
export function vectorElementBytes(type: CqlType): number {
  if (type.kind === 'native') return BARE_IN_VECTOR.has(type.name) ? VALUE_BYTES[type.name] : 0;
  if (type.kind === 'vector') return type.dimensions * vectorElementBytes(type.of);
  if (type.kind === 'custom') return CUSTOM_BARE_IN_VECTOR.get(type.className) ?? 0;
  return 0;
}

/** True for types where an empty value is an ordinary one: empty text, empty blob. */
export function emptyIsOrdinary(type: CqlType): boolean {
  if (type.kind === 'custom') return true;
  return type.kind === 'native' && (type.name === 'text' || type.name === 'ascii' || type.name === 'blob');
}
