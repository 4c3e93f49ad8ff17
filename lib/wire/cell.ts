import type { CqlType } from '@/lib/cql/types';
import { int32At } from './bytes';
import { ValueError, WireError } from './errors';
import type { TextSink } from './sink';
import { valueBytes } from './sizes';

/** Writes the text of the value whose bytes are `[start, end)` of `source`, already checked against the type's size, if it has one. */
export type ValueWriter = (source: Uint8Array, start: number, end: number, sink: TextSink) => void;

/**
 * Writes a large value in steps: whenever it yields, the caller may empty the sink and let others run. It writes the same
 * text as the {@link ValueWriter}.
 */
export type StepWriter = (source: Uint8Array, start: number, end: number, sink: TextSink) => Generator<void, void>;

/** How values are written: at once and, if they can be large, in steps. */
export interface Writers {
  readonly write: ValueWriter;
  readonly steps?: StepWriter | undefined;
}

/** How the values of one type are written in one format, including null and empty values. */
export interface Cell extends Writers {
  /** The fixed size of values in bytes, or 0. */
  readonly size: number;
  /** The text for null. */
  readonly nullText: Uint8Array;
  /** The text for a value of no bytes, if that is not an ordinary value of the type; otherwise undefined. */
  readonly emptyText: Uint8Array | undefined;
  /** Why a null, or a value of no bytes, cannot be written; absent if it can. */
  readonly refuses?: { readonly null?: string; readonly empty?: string } | undefined;
  /** The type's name, for errors. */
  readonly typeName: string;
}

const encoder = new TextEncoder();

/** The cell of a type: its name and size, plus the three things that a format decides. */
export function cellOf(
  type: CqlType,
  { write, steps }: Writers,
  texts: { readonly null: string; readonly empty: string | undefined },
  refuses?: Cell['refuses'],
): Cell {
  const native = type.kind === 'native';
  return {
    write,
    steps,
    size: native ? valueBytes(type.name) : 0,
    nullText: encoder.encode(texts.null),
    emptyText: texts.empty === undefined ? undefined : encoder.encode(texts.empty),
    refuses,
    typeName: native ? type.name : type.kind,
  };
}

function writeNothing(cell: Cell, source: Uint8Array, start: number, length: number, sink: TextSink): void {
  const refusal = length < 0 ? cell.refuses?.null : cell.refuses?.empty;
  if (refusal !== undefined) throw new ValueError(refusal);
  if (length < 0) sink.raw(cell.nullText);
  else if (cell.emptyText === undefined) cell.write(source, start, start, sink);
  else sink.raw(cell.emptyText);
}

/**
 * Writes a value of `length` bytes at `start`; a negative length is null. The bytes are checked to be there. Throws
 * ValueError if the cell refuses the value.
 */
export function writeCell(cell: Cell, source: Uint8Array, start: number, length: number, sink: TextSink): void {
  if (length > 0) {
    if (cell.size !== 0 && cell.size !== length) {
      throw new WireError(`${cell.typeName} of ${length} bytes; it has ${cell.size}`);
    }
    cell.write(source, start, start + length, sink);
  } else writeNothing(cell, source, start, length, sink);
}

/**
 * The length that precedes the element at `at` ([bytes] of the protocol: a signed 32-bit length, negative for null), checked
 * to fit before `end`.
 */
export function elementLength(source: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) throw new WireError(`${end - at} bytes left where a length of 4 should be`);
  const length = int32At(source, at);
  if (length > end - at - 4) throw new WireError(`a length of ${length} bytes where ${end - at - 4} are left`);
  return length;
}

/** The count of elements at the start of a list, set or map. */
export function elementCount(source: Uint8Array, start: number, end: number): number {
  if (start + 4 > end) throw new WireError(`${end - start} bytes left where a count of 4 should be`);
  const count = int32At(source, start);
  if (count < 0) throw new WireError(`a collection of ${count} elements`);
  return count;
}

/** Fails if a value has more or fewer bytes than its elements. */
export function checkEnd(at: number, end: number): void {
  if (at > end) throw new WireError(`${at - end} bytes too few for its elements`);
  if (at < end) throw new WireError(`${end - at} bytes too many after the last element`);
}
