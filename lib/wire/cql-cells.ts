import { quoteIdentifier } from '@/lib/cql/identifiers';
import { NATIVE, type NativeTypeName, type Unloadable } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { int32At } from './bytes';
import { type Cell, cellOf, type ValueWriter, type Writers } from './cell';
import { formatDecimal } from './format';
import { fieldsWriter, fixedVectorWriter, listWriter, mapWriter, vectorWriter } from './nested';
import { isTextType, quoted, scalarWriter } from './scalar-writers';
import { emptyIsOrdinary, vectorElementBytes } from './sizes';
import { escapedSteps, partSteps } from './steps';
import { writeInt64 } from './write-number';
import { decimalAt, writeBlob, writeHex } from './write-scalar';
import { CQL_ESCAPES, writeEscaped } from './write-text';
import { durationAt, isTimeOfDay } from './write-time';

const QUOTE = 0x27;
const CLOSE = 0x29;
const LIST = { open: '[', close: ']', between: ', ' } as const;
const SET = { open: '{', close: '}', between: ', ' } as const;
const MAP = { ...SET, entryOpen: '', colon: ': ', entryClose: '' } as const;
const TUPLE = { open: '(', close: ')', between: ', ' } as const;

const writeString: ValueWriter = (source, start, end, sink) => {
  sink.byte(QUOTE);
  writeEscaped(source, start, end, sink, CQL_ESCAPES);
  sink.byte(QUOTE);
};

/** `blobAsInt`: the server's function from a blob to a native type, by its name in every version from 4.0 to 5.0. */
function fromBlobFunction(name: NativeTypeName): string {
  return `blobAs${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

/** True if the server's parser turns the type's text into other bytes, or refuses it. */
type Unwritable = (source: Uint8Array, start: number, end: number) => boolean;

/** `::ffff:1.2.3.4` is read as the four bytes of 1.2.3.4 (java.net.InetAddress). */
const isMappedInet: Unwritable = (source, start, end) =>
  end - start === 16 &&
  source.subarray(start, start + 10).every((byte) => byte === 0) &&
  source[start + 10] === 0xff &&
  source[start + 11] === 0xff;

const isNoTimeOfDay: Unwritable = (source, start) => !isTimeOfDay(source, start);

const MOST_NEGATIVE = [-(2n ** 31n), -(2n ** 31n), -(2n ** 63n)] as const;

/** The server's parser reads digits before the sign, so the most negative numbers overflow; signs cannot be mixed. */
const isOddDuration: Unwritable = (source, start, end) => {
  const parts = durationAt(source, start, end);
  return (
    (parts.some((part) => part < 0n) && parts.some((part) => part > 0n)) ||
    parts.some((part, i) => part === MOST_NEGATIVE[i])
  );
};

/** A decimal below this many bits and places is certainly below the greatest double. */
const DOUBLE_EXPONENT = 1023;

/** The one scale whose power of ten, 10^2147483648, is beyond the exponents that java.math.BigDecimal reads. */
const SMALLEST_SCALE = -(2 ** 31);

/**
 * The server first parses every literal with a point or an exponent as a double, and fails if that is infinite. A zero of
 * the smallest scale passes there, and then fails as a decimal.
 */
const isHugeDecimal: Unwritable = (source, start, end) => {
  const scale = int32At(source, start);
  if (scale === SMALLEST_SCALE) return true;
  // Each decimal place is less than four bits.
  if (scale === 0 || (end - start) * 8 + 4 * Math.max(0, -scale) < DOUBLE_EXPONENT) return false;
  const { unscaled } = decimalAt(source, start, end);
  return !Number.isFinite(Number(formatDecimal(unscaled, scale)));
};

const UNWRITABLE: Readonly<Record<Unloadable, Unwritable>> = {
  mapped: isMappedInet,
  'beyond a day': isNoTimeOfDay,
  'two signs': isOddDuration,
  huge: isHugeDecimal,
};

function literalUnless(unwritable: Unwritable, name: NativeTypeName, literal: ValueWriter): ValueWriter {
  const open = `${fromBlobFunction(name)}(`;
  return (source, start, end, sink) => {
    if (!unwritable(source, start, end)) return literal(source, start, end, sink);
    sink.ascii(open);
    writeBlob(source, start, end, sink);
    sink.byte(CLOSE);
  };
}

const STRING: Writers = { write: writeString, steps: escapedSteps(CQL_ESCAPES, QUOTE) };
const BLOB: Writers = { write: writeBlob, steps: partSteps('0x', writeHex) };

function nativeWriter(name: NativeTypeName): Writers {
  if (isTextType(name)) return STRING;
  const { cql, unloadable } = NATIVE[name];
  if (cql === 'bytes') return BLOB;
  if (cql === 'count') return { write: writeInt64 };
  const literal = cql === 'quoted' ? quoted(scalarWriter(name), QUOTE) : scalarWriter(name);
  return { write: unloadable === null ? literal : literalUnless(UNWRITABLE[unloadable], name, literal) };
}

/** Where a literal is used: the server refuses null for an element of a collection, but accepts it for a field. */
export type LiteralContext = 'column' | 'field' | 'element';
type CellOf = (type: CqlType, position: LiteralContext) => Cell;

function cqlWriter(type: CqlType, cellFor: CellOf): Writers {
  switch (type.kind) {
    case 'native':
      return nativeWriter(type.name);
    case 'custom':
      return BLOB;
    case 'list':
      return listWriter(cellFor(type.of, 'element'), LIST);
    case 'set':
      return listWriter(cellFor(type.of, 'element'), SET);
    case 'map':
      return mapWriter(cellFor(type.key, 'element'), cellFor(type.value, 'element'), MAP);
    case 'tuple':
      return fieldsWriter(
        type.of.map((of) => ({ label: '', cell: cellFor(of, 'field') })),
        TUPLE,
      );
    case 'udt':
      return fieldsWriter(
        type.fields.map((field) => ({ label: `${quoteIdentifier(field.name)}: `, cell: cellFor(field.type, 'field') })),
        SET,
      );
    case 'vector': {
      const elementBytes = vectorElementBytes(type.of);
      const of = cellFor(type.of, 'element');
      if (elementBytes === 0) return vectorWriter(of, type.dimensions, LIST);
      return fixedVectorWriter(of, type.dimensions, elementBytes, LIST);
    }
    default:
      return type satisfies never;
  }
}

/**
 * The CQL for a value of no bytes, if that is not an ordinary value. CQL has none for types other than native ones: the
 * marker is then the bytes themselves.
 */
export function emptyLiteral(type: CqlType): string | undefined {
  if (emptyIsOrdinary(type)) return undefined;
  return type.kind === 'native' ? `${fromBlobFunction(type.name)}(0x)` : '0x';
}

/** How values of the type are written as CQL literals for exactly these bytes. */
export function cqlCell(type: CqlType): Cell {
  return cellOf(type, cqlWriter(type, cqlCell), { null: 'null', empty: emptyLiteral(type) });
}

const NO_NULL =
  'a null in a collection, for which CQL has no literal. Export in another format, or leave the column out';
const NO_EMPTY = 'a value of no bytes, for which CQL has no literal. Export in another format, or leave the column out';

/** The same for statements that will be run: refuses the few values whose literals no server accepts. */
export function loadableCell(type: CqlType, position: LiteralContext = 'column'): Cell {
  // The server takes a tuple as its bytes.
  const hasEmpty = type.kind === 'native' || type.kind === 'custom' || (type.kind === 'tuple' && position === 'column');
  return cellOf(
    type,
    cqlWriter(type, loadableCell),
    { null: 'null', empty: emptyLiteral(type) },
    { ...(position === 'element' && { null: NO_NULL }), ...(!hasEmpty && { empty: NO_EMPTY }) },
  );
}
