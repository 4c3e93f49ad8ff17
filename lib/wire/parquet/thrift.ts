import type { LogicalType, SchemaElement } from 'hyparquet';
import { ConvertedTypes, FieldRepetitionTypes, ParquetTypes } from 'hyparquet/src/constants.js';
import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { logicalType } from 'hyparquet-writer/src/metadata.js';
import { serializeTCompactProtocol, ThriftStruct } from 'hyparquet-writer/src/thrift.js';

/**
 * The file's own structures in Thrift's compact protocol; field numbers are those of parquet.thrift (format 2.11). Row groups
 * are encoded as they end, so that the footer grows only by those bytes.
 */

type Fields = Parameters<typeof serializeTCompactProtocol>[1];

function struct(fields: Fields): Uint8Array {
  const writer = new ByteWriter(64);
  serializeTCompactProtocol(writer, fields);
  return writer.getBytes();
}

/** Numbers of Parquet's Encoding. */
export const ENCODING = { plain: 0, rle: 3, dictionary: 8 } as const;
export type ValueEncoding = (typeof ENCODING)['plain' | 'dictionary'];

const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;

interface PageSizes {
  /** With the levels, before and after compression. */
  readonly plainBytes: number;
  readonly storedBytes: number;
}

export interface DataPageHeader extends PageSizes {
  /** Entries of the levels: values, nulls and empty collections. */
  readonly entries: number;
  readonly nulls: number;
  readonly rows: number;
  readonly encoding: ValueEncoding;
  readonly definitionBytes: number;
  readonly repetitionBytes: number;
  readonly isCompressed: boolean;
}

export function dataPageHeader(page: DataPageHeader): Uint8Array {
  return struct({
    field_1: DATA_PAGE_V2,
    field_2: page.plainBytes,
    field_3: page.storedBytes,
    field_8: {
      field_1: page.entries,
      field_2: page.nulls,
      field_3: page.rows,
      field_4: page.encoding,
      field_5: page.definitionBytes,
      field_6: page.repetitionBytes,
      field_7: page.isCompressed,
    },
  });
}

export function dictionaryPageHeader({ plainBytes, storedBytes }: PageSizes, values: number): Uint8Array {
  return struct({
    field_1: DICTIONARY_PAGE,
    field_2: plainBytes,
    field_3: storedBytes,
    field_7: { field_1: values, field_2: ENCODING.plain },
  });
}

/** What a row group's footer says about one leaf column. Offsets are relative to the file. */
export interface ChunkFacts {
  readonly element: SchemaElement;
  readonly path: readonly string[];
  readonly codec: number;
  readonly encodings: readonly number[];
  readonly entries: number;
  readonly nulls: number;
  /** With the pages' headers, before and after compression. */
  readonly plainBytes: number;
  readonly storedBytes: number;
  readonly dictionaryOffset: number | undefined;
  readonly dataOffset: number;
  readonly least: Uint8Array | undefined;
  readonly greatest: Uint8Array | undefined;
}

function chunk(facts: ChunkFacts): Fields {
  return {
    field_2: 0n,
    field_3: {
      field_1: ParquetTypes.indexOf(facts.element.type ?? 'BYTE_ARRAY'),
      field_2: [...facts.encodings],
      field_3: [...facts.path],
      field_4: facts.codec,
      field_5: BigInt(facts.entries),
      field_6: BigInt(facts.plainBytes),
      field_7: BigInt(facts.storedBytes),
      field_9: BigInt(facts.dataOffset),
      field_11: facts.dictionaryOffset === undefined ? undefined : BigInt(facts.dictionaryOffset),
      field_12: { field_3: BigInt(facts.nulls), field_5: facts.greatest, field_6: facts.least },
    },
  };
}

/** A row group of `rows` rows that starts at `offset`. */
export function rowGroup(chunks: readonly ChunkFacts[], rows: number, offset: number): Uint8Array {
  const sum = (of: (facts: ChunkFacts) => number) => BigInt(chunks.reduce((total, facts) => total + of(facts), 0));
  return struct({
    field_1: chunks.map(chunk),
    field_2: sum((facts) => facts.plainBytes),
    field_3: BigInt(rows),
    field_5: BigInt(offset),
    field_6: sum((facts) => facts.storedBytes),
  });
}

/** Types of Thrift's compact protocol. */
const THRIFT = { true: 1, false: 2, byte: 3 } as const;

/** hyparquet-writer 0.17 writes the width of INTEGER as 32 bits, which Arrow's reader refuses: it is one byte. */
function logicalFields(type: LogicalType | undefined) {
  if (type?.type !== 'INTEGER') return logicalType(type);
  const signed = type.isSigned ? THRIFT.true : THRIFT.false;
  return {
    field_10: new ThriftStruct([
      [1, THRIFT.byte, type.bitWidth],
      [2, signed, type.isSigned],
    ]),
  };
}

function schemaElement(element: SchemaElement): Fields {
  return {
    field_1: element.type && ParquetTypes.indexOf(element.type),
    field_2: element.type_length,
    field_3: element.repetition_type && FieldRepetitionTypes.indexOf(element.repetition_type),
    field_4: element.name,
    field_5: element.num_children,
    field_6: element.converted_type && ConvertedTypes.indexOf(element.converted_type),
    field_7: element.scale,
    field_8: element.precision,
    field_10: logicalFields(element.logical_type),
  };
}

export interface FooterFacts {
  readonly elements: readonly SchemaElement[];
  readonly rows: number;
  /** Each from `rowGroup`, concatenated. */
  readonly groups: Uint8Array;
  readonly groupCount: number;
  readonly keyValues: Readonly<Record<string, string>>;
}

const FORMAT_VERSION = 2;
const CREATED_BY = 'ringside';

/** Field 4 after field 3, a list; then the list's header: its count, and structs as its element type. */
const LIST_FIELD = 0x19;
const STRUCTS = 0x0c;
const SHORT_LIST = 15;

/** The file's metadata. Fields are numbered relative to the previous one, so that the parts can be concatenated. */
export function footer(facts: FooterFacts): Uint8Array {
  const head = struct({
    field_1: FORMAT_VERSION,
    field_2: facts.elements.map(schemaElement),
    field_3: BigInt(facts.rows),
  });
  const tail = struct({
    field_1: Object.entries(facts.keyValues).map(([key, value]) => ({ field_1: key, field_2: value })),
    field_2: CREATED_BY,
    // The order of each leaf column's bounds: that of its type.
    field_3: facts.elements.filter((element) => element.type).map(() => ({ field_1: {} })),
  });
  const writer = new ByteWriter(head.length + facts.groups.length + tail.length + 16);
  writer.appendBytes(head.subarray(0, -1));
  writer.appendUint8(LIST_FIELD);
  if (facts.groupCount < SHORT_LIST) writer.appendUint8((facts.groupCount << 4) | STRUCTS);
  else {
    writer.appendUint8((SHORT_LIST << 4) | STRUCTS);
    writer.appendVarInt(facts.groupCount);
  }
  writer.appendBytes(facts.groups);
  writer.appendBytes(tail);
  return writer.getBytes();
}
