import { NATIVE, type NativeTypeName } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';

/** The size in bytes of a native type's values, or 0 if it varies. */
export function valueBytes(name: NativeTypeName): number {
  return NATIVE[name].bytes;
}

const CUSTOM_BARE_IN_VECTOR: ReadonlyMap<string, number> = new Map([
  ['org.apache.cassandra.db.marshal.DateType', 8],
  ['org.apache.cassandra.db.marshal.LexicalUUIDType', 16],
]);

/** The bytes of each element in a vector of this type, or 0 if each is preceded by its length as a vint. */
export function vectorElementBytes(type: CqlType): number {
  if (type.kind === 'native') return NATIVE[type.name].isBareInVector ? NATIVE[type.name].bytes : 0;
  if (type.kind === 'vector') return type.dimensions * vectorElementBytes(type.of);
  if (type.kind === 'custom') return CUSTOM_BARE_IN_VECTOR.get(type.className) ?? 0;
  return 0;
}

/** True for types where an empty value is an ordinary one: empty text, empty blob. */
export function emptyIsOrdinary(type: CqlType): boolean {
  if (type.kind === 'custom') return true;
  if (type.kind !== 'native') return false;
  const { json } = NATIVE[type.name];
  return json === 'string' || json === 'bytes';
}
