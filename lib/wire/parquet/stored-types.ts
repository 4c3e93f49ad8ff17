import type { SchemaElement } from 'hyparquet';
import type { NativeTypeName } from '@/lib/cql/types';
import type { StepWriter, ValueWriter } from '@/lib/wire/cell';
import type { ParquetOptions } from '@/lib/wire/file-format';
import { isTextType, scalarWriter } from '@/lib/wire/scalar-writers';
import {
  DECIMAL_BYTES,
  DECIMAL_DIGITS,
  lengthFirst,
  plain32,
  plain64,
  plainBlob,
  plainBoolean,
  plainDate,
  plainDecimal,
  plainInt8,
  plainInt16,
  plainText,
  plainTextSteps,
  plainTime,
  plainUuid,
  plainVarint,
} from './values';

/** How values of a type are stored: part of its schema element, and the writer of PLAIN bytes. */
export interface Stored {
  readonly element: Omit<SchemaElement, 'name'>;
  readonly write: ValueWriter;
  /** For large values: only text, whose bytes are examined one by one. */
  readonly steps?: StepWriter;
  readonly hasEmpty?: boolean;
}

const STRING = { type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } } as const;

/** Types stored as the text of the other formats, where an empty value is the empty text. */
const asText = (write: ValueWriter): Stored => ({
  element: STRING,
  write: lengthFirst((source, start, end, sink) => {
    if (start < end) write(source, start, end, sink);
  }),
  hasEmpty: true,
});

const int64 = (element: Omit<SchemaElement, 'name'> = {}): Stored => ({
  element: { type: 'INT64', ...element },
  write: plain64,
});

const int32 = (bitWidth: 8 | 16, write: ValueWriter): Stored => ({
  element: {
    type: 'INT32',
    converted_type: bitWidth === 8 ? 'INT_8' : 'INT_16',
    logical_type: { type: 'INTEGER', bitWidth, isSigned: true },
  },
  write,
});

function decimalOf(scale: number, write: ValueWriter): Stored {
  return {
    element: {
      type: 'FIXED_LEN_BYTE_ARRAY',
      type_length: DECIMAL_BYTES,
      converted_type: 'DECIMAL',
      scale,
      precision: DECIMAL_DIGITS,
      logical_type: { type: 'DECIMAL', scale, precision: DECIMAL_DIGITS },
    },
    write,
  };
}

const UUID: Stored = {
  element: { type: 'FIXED_LEN_BYTE_ARRAY', type_length: 16, logical_type: { type: 'UUID' } },
  write: plainUuid,
};

/** Opaque bytes: blobs, and values of unknown classes. */
export const BLOB: Stored = { element: { type: 'BYTE_ARRAY' }, write: plainBlob, hasEmpty: true };

const TIMESTAMP = int64({
  converted_type: 'TIMESTAMP_MILLIS',
  logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
});

export type PlainTypeName = Exclude<NativeTypeName, 'duration'>;

/** How values of a native type are stored; durations are three. */
export function storedAs(name: PlainTypeName, { decimal = 'text', varint = 'text' }: ParquetOptions): Stored {
  if (isTextType(name)) return { element: STRING, write: plainText, steps: plainTextSteps, hasEmpty: true };
  switch (name) {
    case 'boolean':
      return { element: { type: 'BOOLEAN' }, write: plainBoolean };
    case 'tinyint':
      return int32(8, plainInt8);
    case 'smallint':
      return int32(16, plainInt16);
    case 'int':
      return { element: { type: 'INT32' }, write: plain32 };
    case 'bigint':
    case 'counter':
      return int64();
    case 'float':
      return { element: { type: 'FLOAT' }, write: plain32 };
    case 'double':
      return { element: { type: 'DOUBLE' }, write: plain64 };
    case 'blob':
      return BLOB;
    case 'uuid':
    case 'timeuuid':
      return UUID;
    case 'date':
      return { element: { type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }, write: plainDate };
    case 'time':
      return {
        ...int64({ logical_type: { type: 'TIME', isAdjustedToUTC: false, unit: 'NANOS' } }),
        write: plainTime,
      };
    case 'timestamp':
      return TIMESTAMP;
    case 'inet':
      return asText(scalarWriter(name));
    case 'decimal':
      return decimal === 'text' ? asText(scalarWriter(name)) : decimalOf(decimal, plainDecimal(decimal));
    case 'varint':
      return varint === 'text' ? asText(scalarWriter(name)) : decimalOf(0, plainVarint);
    default:
      return name satisfies never;
  }
}
