import { NATIVE, type NativeTypeName } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { float32At, float64At } from './bytes';
import { type Cell, cellOf, type ValueWriter, type Writers } from './cell';
import { fieldsWriter, fixedVectorWriter, listWriter, mapWriter, vectorWriter } from './nested';
import { isTextType, quoted, scalarWriter } from './scalar-writers';
import { emptyIsOrdinary, vectorElementBytes } from './sizes';
import { escapedSteps, partSteps } from './steps';
import { writeBlob, writeHex } from './write-scalar';
import { JSON_ESCAPES, writeEscaped } from './write-text';

const QUOTE = 0x22;
const ARRAY = { open: '[', close: ']', between: ',' } as const;
const OBJECT = { open: '{', close: '}', between: ',' } as const;
const MAP_OBJECT = { ...OBJECT, entryOpen: '', colon: ':', entryClose: '' } as const;
const MAP_PAIRS = { ...ARRAY, entryOpen: '[', colon: ',', entryClose: ']' } as const;

const writeString: ValueWriter = (source, start, end, sink) => {
  sink.byte(QUOTE);
  writeEscaped(source, start, end, sink, JSON_ESCAPES);
  sink.byte(QUOTE);
};

/** A number in JSON; NaN and the infinities, which JSON has no number for, as strings. */
function floatWriter(number: ValueWriter, read: (source: Uint8Array, start: number) => number): ValueWriter {
  const string = quoted(number, QUOTE);
  return (source, start, end, sink) => {
    if (Number.isFinite(read(source, start))) number(source, start, end, sink);
    else string(source, start, end, sink);
  };
}

const STRING: Writers = { write: writeString, steps: escapedSteps(JSON_ESCAPES, QUOTE) };
const BLOB: Writers = { write: quoted(writeBlob, QUOTE), steps: partSteps('"0x', writeHex, '"') };

function nativeWriter(name: NativeTypeName): Writers {
  if (isTextType(name)) return STRING;
  const { json } = NATIVE[name];
  switch (json) {
    case 'float32':
      return { write: floatWriter(scalarWriter(name), float32At) };
    case 'float64':
      return { write: floatWriter(scalarWriter(name), float64At) };
    case 'bare':
      return { write: scalarWriter(name) };
    case 'bytes':
      return BLOB;
    case 'quoted':
      return { write: quoted(scalarWriter(name), QUOTE) };
    default:
      return json satisfies never;
  }
}

function jsonWriter(type: CqlType): Writers {
  switch (type.kind) {
    case 'native':
      return nativeWriter(type.name);
    case 'custom':
      return BLOB;
    case 'list':
    case 'set':
      return listWriter(jsonCell(type.of), ARRAY);
    case 'map':
      return mapWriter(jsonCell(type.key), jsonCell(type.value), hasTextKeys(type) ? MAP_OBJECT : MAP_PAIRS);
    case 'tuple':
      return fieldsWriter(
        type.of.map((of) => ({ label: '', cell: jsonCell(of) })),
        ARRAY,
      );
    case 'udt':
      return fieldsWriter(
        type.fields.map((field) => ({ label: `${JSON.stringify(field.name)}:`, cell: jsonCell(field.type) })),
        OBJECT,
      );
    case 'vector': {
      const elementBytes = vectorElementBytes(type.of);
      const of = jsonCell(type.of);
      if (elementBytes === 0) return vectorWriter(of, type.dimensions, ARRAY);
      return fixedVectorWriter(of, type.dimensions, elementBytes, ARRAY);
    }
    default:
      return type satisfies never;
  }
}

/** True for maps that are JSON objects; the others are arrays of pairs. */
export function hasTextKeys(type: { readonly key: CqlType }): boolean {
  return type.key.kind === 'native' && isTextType(type.key.name);
}

/** How values of the type are written in JSON. */
export function jsonCell(type: CqlType): Cell {
  return cellOf(type, jsonWriter(type), { null: 'null', empty: emptyIsOrdinary(type) ? undefined : '""' });
}
