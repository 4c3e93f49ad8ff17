import { NATIVE } from '@/lib/cql/native-types';
import type { CqlType } from '@/lib/cql/types';
import { type Cell, cellOf, type StepWriter, type ValueWriter, type Writers } from './cell';
import { cqlCell, emptyLiteral } from './cql-cells';
import { PlanError } from './errors';
import { withoutFormulas } from './formula';
import { isTextType, scalarWriter } from './scalar-writers';
import { TextSink } from './sink';
import { partSteps, STEP_BYTES, stretches } from './steps';
import { writeBlob, writeHex } from './write-scalar';
import { CSV_ESCAPES, copyUntil, csvStops, type EscapeTable, PLAIN_TEXT, SEQUENCE, writeEscaped } from './write-text';

/** How a CSV file is written (RFC 4180). */
export interface CsvOptions {
  /** One ASCII character between fields; default a comma. */
  readonly delimiter?: string;
  /** The text for null; default empty. A value with the same text is quoted. */
  readonly nullText?: string;
  /** Puts `'` wherever in a text a spreadsheet could start a formula (formula.ts); it can be removed again. */
  readonly formulaSafe?: boolean;
}

const QUOTE = 0x22;

/** Never part of a number, date, UUID, blob or empty marker, so that those need no quotes. */
const DELIMITER = /^[\t !#$%&*,/;<=>?@^`|~]$/;

/** The options with defaults filled in, plus what the writers need. */
export interface CsvStyle {
  readonly delimiter: string;
  readonly nullText: string;
  readonly formulaSafe: boolean;
  readonly stops: EscapeTable;
}

/** Checks the options; throws PlanError if the file could not be read back. */
export function csvStyle({ delimiter = ',', nullText = '', formulaSafe = false }: CsvOptions): CsvStyle {
  if (!DELIMITER.test(delimiter)) {
    throw new PlanError(`The CSV delimiter ${JSON.stringify(delimiter)} cannot be used. Use , ; | or a tab.`);
  }
  // A lone surrogate has no UTF-8, so a reader would not find the requested text.
  if (/["\r\n\p{Cs}]/u.test(nullText) || nullText.includes(delimiter)) {
    throw new PlanError('The CSV text for null must be text without quotes, line breaks and the delimiter.');
  }
  return { delimiter, nullText, formulaSafe, stops: csvStops(delimiter) };
}

/** Writes text as one field: in quotes if it is empty or has a character that needs them. */
function textWriter(style: CsvStyle): ValueWriter {
  const { stops } = style;
  return guarded(style, (source, start, end, sink) => {
    const fieldStart = sink.length;
    if (start < end && copyUntil(source, start, end, sink, stops) === end) return;
    sink.length = fieldStart;
    sink.byte(QUOTE);
    writeEscaped(source, start, end, sink, CSV_ESCAPES);
    sink.byte(QUOTE);
  });
}

/** Marks formulas in the text passed to the writer. */
function guarded({ formulaSafe, delimiter }: CsvStyle, writer: ValueWriter): ValueWriter {
  if (!formulaSafe) return writer;
  const separator = delimiter.charCodeAt(0);
  return (source, start, end, sink) => {
    const marked = withoutFormulas({ source, start, end, delimiter: separator });
    if (marked === null) writer(source, start, end, sink);
    else writer(marked, 0, marked.length, sink);
  };
}

/** True if the table marks a byte in `[start, end)` as anything but part of a sequence. */
function hasMarked(bytes: Uint8Array, start: number, end: number, table: EscapeTable): boolean {
  for (let i = start; i < end; i++) if ((table[bytes[i] ?? 0] ?? 0) > SEQUENCE) return true;
  return false;
}

/** The writer's text, which is never empty, as one field: nearly always quoted, because of the commas between elements. */
function asField(writer: ValueWriter, { stops }: CsvStyle): ValueWriter {
  return (source, start, end, sink) => {
    const fieldStart = sink.length;
    sink.byte(QUOTE);
    writer(source, start, end, sink);
    if (hasMarked(sink.bytes, fieldStart + 1, sink.length, CSV_ESCAPES)) {
      const literal = sink.bytes.slice(fieldStart + 1, sink.length);
      sink.length = fieldStart + 1;
      writeEscaped(literal, 0, literal.length, sink, CSV_ESCAPES);
      sink.byte(QUOTE);
    } else if (hasMarked(sink.bytes, fieldStart + 1, sink.length, stops)) sink.byte(QUOTE);
    else {
      sink.bytes.copyWithin(fieldStart, fieldStart + 1, sink.length);
      sink.length--;
    }
  };
}

/** {@link textWriter} for large text: checks whether it needs quotes before writing anything. */
function textSteps({ stops, formulaSafe, delimiter }: CsvStyle): StepWriter {
  const separator = delimiter.charCodeAt(0);
  return function* (source, start, end, sink) {
    const text = { source, start, end, delimiter: separator };
    let needsQuotes = false;
    for (const [from, to] of stretches(source, start, end)) {
      needsQuotes = hasMarked(source, from, to, stops);
      if (needsQuotes) break;
      yield;
    }
    if (needsQuotes) sink.byte(QUOTE);
    for (const [from, to] of stretches(source, start, end)) {
      const part = (formulaSafe ? withoutFormulas(text, from, to) : null) ?? source.subarray(from, to);
      if (needsQuotes) writeEscaped(part, 0, part.length, sink, CSV_ESCAPES);
      else copyUntil(part, 0, part.length, sink, PLAIN_TEXT);
      yield;
    }
    if (needsQuotes) sink.byte(QUOTE);
  };
}

/** {@link asField} for large values: the whole literal is built in pieces before its field starts. */
function fieldSteps(steps: StepWriter, { stops }: CsvStyle): StepWriter {
  return function* (source, start, end, sink) {
    const literal: Uint8Array[] = [];
    const pieces = new TextSink(STEP_BYTES);
    let needsQuotes = false;
    const keep = () => {
      const piece = pieces.take();
      needsQuotes ||= hasMarked(piece, 0, piece.length, stops);
      literal.push(piece);
    };
    for (const _ of steps(source, start, end, pieces)) {
      keep();
      yield;
    }
    keep();
    if (needsQuotes) sink.byte(QUOTE);
    for (const piece of literal) {
      if (needsQuotes) writeEscaped(piece, 0, piece.length, sink, CSV_ESCAPES);
      else sink.raw(piece);
      yield;
    }
    if (needsQuotes) sink.byte(QUOTE);
  };
}

/** Quotes a field that equals the text for null, which no large value does. */
function unlike(nullText: string, { write, steps }: Writers): Writers {
  if (nullText === '') return { write, steps };
  const mark = new TextEncoder().encode(nullText);
  const guarded: ValueWriter = (source, start, end, sink) => {
    const fieldStart = sink.length;
    write(source, start, end, sink);
    const written = sink.bytes.subarray(fieldStart, sink.length);
    if (written.length !== mark.length || written.some((byte, i) => byte !== mark[i])) return;
    sink.length = fieldStart;
    sink.byte(QUOTE);
    sink.raw(mark);
    sink.byte(QUOTE);
  };
  return { write: guarded, steps };
}

/** A literal with text in it, with formulas in that text marked. */
function guardedLiteral({ write, steps }: Writers, style: CsvStyle): Writers {
  const text = { write: textWriter(style), steps: textSteps(style) };
  const scratch = new TextSink();
  const guarded: ValueWriter = (source, start, end, sink) => {
    scratch.length = 0;
    write(source, start, end, scratch);
    text.write(scratch.bytes, 0, scratch.length, sink);
  };
  const guardedSteps: StepWriter | undefined =
    steps &&
    function* (source, start, end, sink) {
      const literal = new TextSink();
      for (const _ of steps(source, start, end, literal)) yield;
      yield* text.steps(literal.bytes, 0, literal.length, sink);
    };
  return { write: guarded, steps: guardedSteps };
}

function hasText(type: CqlType): boolean {
  switch (type.kind) {
    case 'native':
      return isTextType(type.name);
    case 'custom':
      return false;
    case 'map':
      return hasText(type.key) || hasText(type.value);
    case 'tuple':
      return type.of.some(hasText);
    case 'udt':
      return type.fields.some((field) => hasText(field.type));
    case 'list':
    case 'set':
    case 'vector':
      return hasText(type.of);
    default:
      return type satisfies never;
  }
}

const BLOB: Writers = { write: writeBlob, steps: partSteps('0x', writeHex) };

function csvWriter(type: CqlType, style: CsvStyle): Writers {
  if (type.kind === 'custom') return BLOB;
  if (type.kind !== 'native') {
    const literal = cqlCell(type);
    if (style.formulaSafe && hasText(type)) return guardedLiteral(literal, style);
    return { write: asField(literal.write, style), steps: literal.steps && fieldSteps(literal.steps, style) };
  }
  if (isTextType(type.name)) return { write: textWriter(style), steps: textSteps(style) };
  return NATIVE[type.name].json === 'bytes' ? BLOB : { write: scalarWriter(type.name) };
}

/**
 * How values of the type are written as CSV fields: text as is, other scalars in their one text form, collections, tuples,
 * UDTs and vectors as CQL literals, null as the style says. A value of no bytes, for types where that is not ordinary, is
 * written as its CQL, which cannot be confused with any other value.
 */
export function csvCell(type: CqlType, style: CsvStyle): Cell {
  return cellOf(type, unlike(style.nullText, csvWriter(type, style)), {
    null: style.nullText,
    empty: emptyLiteral(type),
  });
}

/** A column's name as a field of the header line. */
export function csvHeaderField(name: string, style: CsvStyle): string {
  const bytes = new TextEncoder().encode(name);
  const sink = new TextSink(bytes.length * 2 + 16);
  textWriter(style)(bytes, 0, bytes.length, sink);
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(sink.take());
}
