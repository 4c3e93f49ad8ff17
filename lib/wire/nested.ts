import { type Cell, checkEnd, elementCount, elementLength, type ValueWriter, type Writers, writeCell } from './cell';
import { WireError } from './errors';
import type { TextSink } from './sink';
import { type Element, elementSteps } from './steps';
import { lengthVintAt, vintSize } from './vint';

/** The characters around and between elements. */
export interface Brackets {
  readonly open: string;
  readonly close: string;
  readonly between: string;
}

/** The same for a map, with separate marks for its entries. */
export interface MapBrackets extends Brackets {
  readonly entryOpen: string;
  readonly colon: string;
  readonly entryClose: string;
}

/** A field of a UDT or tuple; `label` precedes its value. */
export interface FieldCell {
  readonly label: string;
  readonly cell: Cell;
}

/** Writes the element at `at`; returns where the next one starts. */
function writeElement(cell: Cell, source: Uint8Array, at: number, end: number, sink: TextSink): number {
  const length = elementLength(source, at, end);
  writeCell(cell, source, at + 4, length, sink);
  return at + 4 + Math.max(0, length);
}

/** Lists and sets: a count, then elements, each with its length. */
export function listWriter(of: Cell, brackets: Brackets): Writers {
  const { open, close, between } = brackets;
  const write: ValueWriter = (source, start, end, sink) => {
    const count = elementCount(source, start, end);
    let at = start + 4;
    sink.ascii(open);
    for (let i = 0; i < count; i++) {
      if (i > 0) sink.ascii(between);
      at = writeElement(of, source, at, end, sink);
    }
    checkEnd(at, end);
    sink.ascii(close);
  };
  function* pieces(source: Uint8Array, start: number, end: number): Generator<Element, void> {
    const count = elementCount(source, start, end);
    let at = start + 4;
    for (let i = 0; i < count; i++) {
      const length = elementLength(source, at, end);
      yield { lead: i > 0 ? between : open, cell: of, start: at + 4, length };
      at += 4 + Math.max(0, length);
    }
    checkEnd(at, end);
  }
  return { write, steps: elementSteps(pieces, close) };
}

/** Maps: a count, then alternating keys and values. A null key has no text in any format, and the server allows none. */
export function mapWriter(key: Cell, value: Cell, brackets: MapBrackets): Writers {
  const { open, close, between, entryOpen, colon, entryClose } = brackets;
  const write: ValueWriter = (source, start, end, sink) => {
    const count = elementCount(source, start, end);
    let at = start + 4;
    sink.ascii(open);
    for (let i = 0; i < count; i++) {
      sink.ascii(i > 0 ? between + entryOpen : entryOpen);
      if (elementLength(source, at, end) < 0) throw new WireError('a map key that is null');
      at = writeElement(key, source, at, end, sink);
      sink.ascii(colon);
      at = writeElement(value, source, at, end, sink);
      sink.ascii(entryClose);
    }
    checkEnd(at, end);
    sink.ascii(close);
  };
  function* pieces(source: Uint8Array, start: number, end: number): Generator<Element, void> {
    const count = elementCount(source, start, end);
    let at = start + 4;
    let lead = open + entryOpen;
    for (let i = 0; i < count; i++) {
      for (const cell of [key, value]) {
        const length = elementLength(source, at, end);
        if (cell === key && length < 0) throw new WireError('a map key that is null');
        yield { lead: cell === key ? lead : colon, cell, start: at + 4, length };
        at += 4 + Math.max(0, length);
      }
      lead = entryClose + between + entryOpen;
    }
    checkEnd(at, end);
  }
  return { write, steps: elementSteps(pieces, entryClose + close) };
}

/** Tuples and UDTs: fields in order, each with its length; those missing at the end are null. */
export function fieldsWriter(fields: readonly FieldCell[], brackets: Brackets): Writers {
  const { open, close, between } = brackets;
  const write: ValueWriter = (source, start, end, sink) => {
    let at = start;
    let lead = open;
    for (const { label, cell } of fields) {
      sink.text(lead + label);
      lead = between;
      if (at === end) writeCell(cell, source, at, -1, sink);
      else at = writeElement(cell, source, at, end, sink);
    }
    checkEnd(at, end);
    sink.ascii(close);
  };
  function* pieces(source: Uint8Array, start: number, end: number): Generator<Element, void> {
    let at = start;
    let lead = open;
    for (const { label, cell } of fields) {
      const length = at === end ? -1 : elementLength(source, at, end);
      if (at < end) at += 4;
      yield { lead: lead + label, cell, start: at, length };
      lead = between;
      at += Math.max(0, length);
    }
    checkEnd(at, end);
  }
  return { write, steps: elementSteps(pieces, close) };
}

/** Vectors of elements of `elementBytes` bytes each, one after another. */
export function fixedVectorWriter(
  of: Cell,
  dimensions: number,
  elementBytes: number,
  { open, close, between }: Brackets,
): Writers {
  const write: ValueWriter = (source, start, end, sink) => {
    checkEnd(start + dimensions * elementBytes, end);
    let lead = open;
    for (let at = start; at < end; at += elementBytes) {
      sink.ascii(lead);
      lead = between;
      writeCell(of, source, at, elementBytes, sink);
    }
    sink.ascii(close);
  };
  function* pieces(_source: Uint8Array, start: number, end: number): Generator<Element, void> {
    checkEnd(start + dimensions * elementBytes, end);
    for (let at = start; at < end; at += elementBytes) {
      yield { lead: at > start ? between : open, cell: of, start: at, length: elementBytes };
    }
  }
  return { write, steps: elementSteps(pieces, close) };
}

/** Where the vector element at `at` starts and ends; its length precedes it as an unsigned vint. */
export function vectorElementAt(source: Uint8Array, at: number, end: number): { start: number; end: number } {
  const length = lengthVintAt(source, at, end);
  const start = at + vintSize(source[at] ?? 0);
  if (length > end - start) throw new WireError(`an element of ${length} bytes where ${end - start} are left`);
  return { start, end: start + length };
}

/** Vectors of elements of varying size. */
export function vectorWriter(of: Cell, dimensions: number, { open, close, between }: Brackets): Writers {
  const write: ValueWriter = (source, start, end, sink) => {
    let at = start;
    sink.ascii(open);
    for (let i = 0; i < dimensions; i++) {
      if (i > 0) sink.ascii(between);
      const element = vectorElementAt(source, at, end);
      writeCell(of, source, element.start, element.end - element.start, sink);
      at = element.end;
    }
    checkEnd(at, end);
    sink.ascii(close);
  };
  function* pieces(source: Uint8Array, start: number, end: number): Generator<Element, void> {
    let at = start;
    for (let i = 0; i < dimensions; i++) {
      const element = vectorElementAt(source, at, end);
      yield { lead: i > 0 ? between : open, cell: of, start: element.start, length: element.end - element.start };
      at = element.end;
    }
    checkEnd(at, end);
  }
  return { write, steps: elementSteps(pieces, close) };
}
