import { NATIVE, type NativeTypeName, type NativeTypesWhere } from '@/lib/cql/native-types';
import type { ValueWriter } from './cell';
import { writeFloat32, writeFloat64 } from './write-float';
import { writeInt64 } from './write-number';
import {
  writeBlob,
  writeBoolean,
  writeDecimal,
  writeInet,
  writeInt8,
  writeInt16,
  writeInt32,
  writeUuid,
  writeVarint,
} from './write-scalar';
import { writeDate, writeDuration, writeTime, writeTimestamp } from './write-time';

/** Native types whose text is arbitrary and needs escaping. */
export type TextTypeName = NativeTypesWhere<'json', 'string'>;
export type ScalarTypeName = Exclude<NativeTypeName, TextTypeName>;

export function isTextType(name: NativeTypeName): name is TextTypeName {
  return NATIVE[name].json === 'string';
}

const WRITERS: Readonly<Record<ScalarTypeName, ValueWriter>> = {
  bigint: writeInt64,
  blob: writeBlob,
  boolean: writeBoolean,
  counter: writeInt64,
  date: writeDate,
  decimal: writeDecimal,
  double: writeFloat64,
  duration: writeDuration,
  float: writeFloat32,
  inet: writeInet,
  int: writeInt32,
  smallint: writeInt16,
  time: writeTime,
  timestamp: writeTimestamp,
  timeuuid: writeUuid,
  tinyint: writeInt8,
  uuid: writeUuid,
  varint: writeVarint,
};

/** The writer of a type's bare text, the same in every format: ASCII without quotes, commas or line breaks. */
export function scalarWriter(name: ScalarTypeName): ValueWriter {
  return WRITERS[name];
}

/** The writer's text between two quotes of its format. */
export function quoted(writer: ValueWriter, quote: number): ValueWriter {
  return (source, start, end, sink) => {
    sink.byte(quote);
    writer(source, start, end, sink);
    sink.byte(quote);
  };
}
