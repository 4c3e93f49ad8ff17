import 'server-only';
import { types } from 'cassandra-driver';
import { TYPE_DEPTH } from '@/lib/contract/limits';
import { NATIVE, NATIVE_TYPES, type NativeType, type NativeTypeName } from '@/lib/cql/native-types';
import { parseMarshalClass } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';

const { dataTypes } = types;

const NATIVE_BY_CODE: ReadonlyMap<number, NativeTypeName> = new Map(
  NATIVE_TYPES.flatMap((name) => {
    const { protocolCodes }: NativeType = NATIVE[name];
    return protocolCodes.map((code) => [code, name] as const);
  }),
);

/** A type as the driver reads it from a frame's `[option]` (native protocol v4, section 4.2.5.2), as a CqlType. */
export function cqlTypeOf(type: unknown, depth = 0): CqlType {
  if (depth > TYPE_DEPTH) throw new Error(`A type nested more than ${TYPE_DEPTH} deep in the result’s metadata`);
  const { code, info } = typeOption(type);
  const native = NATIVE_BY_CODE.get(code);
  if (native !== undefined) return { kind: 'native', name: native };
  switch (code) {
    case dataTypes.list:
      return { kind: 'list', of: cqlTypeOf(info, depth + 1) };
    case dataTypes.set:
      return { kind: 'set', of: cqlTypeOf(info, depth + 1) };
    case dataTypes.map: {
      const [key, value] = listOf(info);
      return { kind: 'map', key: cqlTypeOf(key, depth + 1), value: cqlTypeOf(value, depth + 1) };
    }
    case dataTypes.tuple:
      return { kind: 'tuple', of: listOf(info).map((of) => cqlTypeOf(of, depth + 1)) };
    case dataTypes.udt:
      return udtOf(info, depth + 1);
    case dataTypes.custom:
      return parseMarshalClass(String(info));
    default:
      throw new Error(`Unknown type code ${code} in the result's metadata`);
  }
}

function udtOf(info: unknown, depth: number): CqlType {
  if (typeof info !== 'object' || info === null || !('keyspace' in info && 'name' in info && 'fields' in info)) {
    throw new Error('A user-defined type without its fields in the result’s metadata');
  }
  const fields = listOf(info.fields).map((field) => {
    if (typeof field !== 'object' || field === null || !('name' in field && 'type' in field)) {
      throw new Error('A field without a name or type in the result’s metadata');
    }
    return { name: String(field.name), type: cqlTypeOf(field.type, depth) };
  });
  return { kind: 'udt', keyspace: String(info.keyspace), name: String(info.name), fields };
}

function typeOption(type: unknown): { code: number; info: unknown } {
  if (typeof type !== 'object' || type === null || !('code' in type) || typeof type.code !== 'number') {
    throw new Error('A column without a type in the result’s metadata');
  }
  return { code: type.code, info: 'info' in type ? type.info : null };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
