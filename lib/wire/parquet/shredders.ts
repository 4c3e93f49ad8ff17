import { checkEnd, elementCount, elementLength, type StepWriter, type ValueWriter } from '@/lib/wire/cell';
import { ValueError, WireError } from '@/lib/wire/errors';
import { vectorElementAt } from '@/lib/wire/nested';
import { STEP_BYTES } from '@/lib/wire/steps';
import { durationAt } from '@/lib/wire/write-time';
import type { Leaf } from './leaf';
import { appendInt32, appendInt64 } from './values';

/**
 * Splits values of one type into entries of the leaf columns below it (Dremel's shredding). A repetition level says at which
 * of the lists above a new element starts, a definition level how many of the optional ancestors are present.
 */
export interface Shredder {
  /** The value of `length` bytes at `start`, a negative length for null; `definition` is the parent's. */
  shred(source: Uint8Array, start: number, length: number, repetition: number, definition: number): void;
  /** The same for a value that may be large, in steps; absent if none can be. */
  shredSteps?(
    source: Uint8Array,
    start: number,
    length: number,
    repetition: number,
    definition: number,
  ): Generator<void, void>;
  /** One entry without a value in each leaf, because the parent is absent. */
  absent(repetition: number, definition: number): void;
}

/** `shred`, in steps if the value is large. */
export function* shredding(
  shredder: Shredder,
  source: Uint8Array,
  start: number,
  length: number,
  repetition: number,
  definition: number,
): Generator<void, void> {
  if (length <= STEP_BYTES || shredder.shredSteps === undefined) {
    shredder.shred(source, start, length, repetition, definition);
  } else yield* shredder.shredSteps(source, start, length, repetition, definition);
}

/** What is true of a type in its context. */
export interface ValueContext {
  /** For errors. */
  readonly typeName: string;
  /** Map keys and vector elements are never null. */
  readonly isOptional: boolean;
}

/** Enters a null if it is allowed. Refuses an empty value that the type does not have, because it is not null. */
function shredNothing(
  shredder: Shredder,
  place: ValueContext,
  length: number,
  repetition: number,
  definition: number,
): void {
  if (length === 0) {
    throw new ValueError(
      `a value of no bytes, which is not null, and for which a Parquet file has no ${place.typeName}. ` +
        'Leave the column out, or export as CSV, JSON or CQL',
    );
  }
  if (!place.isOptional) throw new WireError('a map key that is null');
  shredder.absent(repetition, definition);
}

export interface ScalarContext extends ValueContext {
  readonly write: ValueWriter;
  readonly steps?: StepWriter | undefined;
  /** The fixed size of values in bytes, or 0. */
  readonly size: number;
  /** Whether an empty value is an ordinary one: empty text, an empty byte array. */
  readonly hasEmpty: boolean;
}

/** Types stored as one plain value. */
export class ScalarShredder implements Shredder {
  private readonly leaf: Leaf;
  private readonly place: ScalarContext;
  private readonly write: ValueWriter;
  private readonly size: number;
  private readonly own: 0 | 1;

  constructor(leaf: Leaf, place: ScalarContext) {
    this.leaf = leaf;
    this.place = place;
    this.write = place.write;
    this.size = place.size;
    this.own = place.isOptional ? 1 : 0;
  }

  shred(source: Uint8Array, start: number, length: number, repetition: number, definition: number): void {
    if (length <= 0 && !(length === 0 && this.place.hasEmpty)) {
      shredNothing(this, this.place, length, repetition, definition);
      return;
    }
    if (this.size !== 0 && length !== this.size) {
      throw new WireError(`${this.place.typeName} of ${length} bytes; it has ${this.size}`);
    }
    this.leaf.value(source, start, start + length, this.write, repetition, definition + this.own);
  }

  *shredSteps(source: Uint8Array, start: number, length: number, repetition: number, definition: number) {
    const { steps } = this.place;
    if (steps === undefined) this.shred(source, start, length, repetition, definition);
    else yield* this.leaf.valueSteps(source, start, start + length, steps, repetition, definition + this.own);
  }

  absent(repetition: number, definition: number): void {
    this.leaf.absent(repetition, definition);
  }
}

const INT32_LIMIT = 2n ** 31n;

function toInt32(value: bigint): number {
  if (value < -INT32_LIMIT || value >= INT32_LIMIT) throw new WireError(`a duration of ${value} months or days`);
  return Number(value);
}

const NO_BYTES = new Uint8Array();

/** Durations: months, days and nanoseconds, each in a separate leaf. */
export class DurationShredder implements Shredder {
  private readonly leaves: readonly [months: Leaf, days: Leaf, nanoseconds: Leaf];
  private readonly place: ValueContext;

  constructor(leaves: readonly [months: Leaf, days: Leaf, nanoseconds: Leaf], place: ValueContext) {
    this.leaves = leaves;
    this.place = place;
  }

  shred(source: Uint8Array, start: number, length: number, repetition: number, definition: number): void {
    if (length <= 0) {
      shredNothing(this, this.place, length, repetition, definition);
      return;
    }
    const [months, days, nanoseconds] = durationAt(source, start, start + length);
    const level = this.place.isOptional ? definition + 1 : definition;
    const value = (leaf: Leaf, write: ValueWriter) => leaf.value(NO_BYTES, 0, 0, write, repetition, level);
    value(this.leaves[0], (_source, _start, _end, sink) => appendInt32(toInt32(months), sink));
    value(this.leaves[1], (_source, _start, _end, sink) => appendInt32(toInt32(days), sink));
    value(this.leaves[2], (_source, _start, _end, sink) => appendInt64(nanoseconds, sink));
  }

  absent(repetition: number, definition: number): void {
    for (const leaf of this.leaves) leaf.absent(repetition, definition);
  }
}

/** Tuples and UDTs: fields in order; those missing at the end are null. */
export class FieldsShredder implements Shredder {
  private readonly fields: readonly Shredder[];
  private readonly place: ValueContext;

  constructor(fields: readonly Shredder[], place: ValueContext) {
    this.fields = fields;
    this.place = place;
  }

  shred(source: Uint8Array, start: number, length: number, repetition: number, definition: number): void {
    if (length <= 0) {
      shredNothing(this, this.place, length, repetition, definition);
      return;
    }
    const level = this.place.isOptional ? definition + 1 : definition;
    const end = start + length;
    let at = start;
    for (const field of this.fields) {
      const fieldLength = at === end ? -1 : elementLength(source, at, end);
      if (at < end) at += 4;
      field.shred(source, at, fieldLength, repetition, level);
      at += Math.max(0, fieldLength);
    }
    checkEnd(at, end);
  }

  *shredSteps(source: Uint8Array, start: number, length: number, repetition: number, definition: number) {
    const level = this.place.isOptional ? definition + 1 : definition;
    const end = start + length;
    let at = start;
    for (const field of this.fields) {
      const fieldLength = at === end ? -1 : elementLength(source, at, end);
      if (at < end) at += 4;
      yield* shredding(field, source, at, fieldLength, repetition, level);
      at += Math.max(0, fieldLength);
    }
    checkEnd(at, end);
  }

  absent(repetition: number, definition: number): void {
    for (const field of this.fields) field.absent(repetition, definition);
  }
}

interface Element {
  readonly part: Shredder;
  readonly at: number;
  /** Negative for null. */
  readonly length: number;
  /** Of the first repetition. */
  readonly isFirst: boolean;
}

/**
 * Lists, sets, maps and vectors: an optional group with a repeated group in it. `parts` are the contents of each repetition:
 * one element, or key and value.
 */
abstract class RepeatedShredder implements Shredder {
  protected readonly parts: readonly Shredder[];
  protected readonly place: ValueContext;
  /** The repetition level of all elements except the first. */
  protected readonly level: number;

  constructor(parts: readonly Shredder[], place: ValueContext, level: number) {
    this.parts = parts;
    this.place = place;
    this.level = level;
  }

  shred(source: Uint8Array, start: number, length: number, repetition: number, definition: number): void {
    if (length <= 0) shredNothing(this, this.place, length, repetition, definition);
    else
      this.shredElements(
        source,
        start,
        start + length,
        repetition,
        this.place.isOptional ? definition + 1 : definition,
      );
  }

  *shredSteps(source: Uint8Array, start: number, length: number, repetition: number, definition: number) {
    const level = this.place.isOptional ? definition + 1 : definition;
    let stepStart = start;
    for (const { part, at, length: partLength, isFirst } of this.elements(source, start, start + length)) {
      yield* shredding(part, source, at, partLength, isFirst ? repetition : this.level, level + 1);
      if (at + partLength - stepStart < STEP_BYTES) continue;
      stepStart = at + partLength;
      yield;
    }
  }

  /** The parts of a non-empty value, one by one; checks that they take exactly its bytes. */
  protected abstract elements(source: Uint8Array, start: number, end: number): Generator<Element, void>;

  /** `definition` is that of the collection itself. */
  protected abstract shredElements(
    source: Uint8Array,
    start: number,
    end: number,
    repetition: number,
    definition: number,
  ): void;

  absent(repetition: number, definition: number): void {
    for (const part of this.parts) part.absent(repetition, definition);
  }
}

/** Lists, sets and maps: a count, then elements or alternating keys and values, each with its length. */
export class CollectionShredder extends RepeatedShredder {
  protected override shredElements(
    source: Uint8Array,
    start: number,
    end: number,
    repetition: number,
    definition: number,
  ) {
    const count = elementCount(source, start, end);
    let at = start + 4;
    if (count === 0) this.absent(repetition, definition);
    for (let i = 0; i < count; i++) {
      for (const part of this.parts) {
        const length = elementLength(source, at, end);
        part.shred(source, at + 4, length, i === 0 ? repetition : this.level, definition + 1);
        at += 4 + Math.max(0, length);
      }
    }
    checkEnd(at, end);
  }

  protected override *elements(source: Uint8Array, start: number, end: number): Generator<Element, void> {
    const count = elementCount(source, start, end);
    let at = start + 4;
    for (let i = 0; i < count; i++) {
      for (const part of this.parts) {
        const length = elementLength(source, at, end);
        yield { part, at: at + 4, length, isFirst: i === 0 };
        at += 4 + Math.max(0, length);
      }
    }
    checkEnd(at, end);
  }
}

/** Vectors: `dimensions` elements, each of `elementBytes` bytes or, if that is 0, preceded by its length as a vint. */
export class VectorShredder extends RepeatedShredder {
  private readonly dimensions: number;
  private readonly elementBytes: number;

  constructor(of: Shredder, place: ValueContext, level: number, dimensions: number, elementBytes: number) {
    super([of], place, level);
    this.dimensions = dimensions;
    this.elementBytes = elementBytes;
  }

  protected override shredElements(
    source: Uint8Array,
    start: number,
    end: number,
    repetition: number,
    definition: number,
  ) {
    const { dimensions, elementBytes } = this;
    if (elementBytes > 0) checkEnd(start + dimensions * elementBytes, end);
    let at = start;
    for (let i = 0; i < dimensions; i++) {
      const element = elementBytes > 0 ? { start: at, end: at + elementBytes } : vectorElementAt(source, at, end);
      const level = i === 0 ? repetition : this.level;
      this.parts[0]?.shred(source, element.start, element.end - element.start, level, definition + 1);
      at = element.end;
    }
    checkEnd(at, end);
  }

  protected override *elements(source: Uint8Array, start: number, end: number): Generator<Element, void> {
    const { dimensions, elementBytes } = this;
    const [part] = this.parts;
    if (elementBytes > 0) checkEnd(start + dimensions * elementBytes, end);
    let at = start;
    for (let i = 0; i < dimensions && part !== undefined; i++) {
      const element = elementBytes > 0 ? { start: at, end: at + elementBytes } : vectorElementAt(source, at, end);
      yield { part, at: element.start, length: element.end - element.start, isFirst: i === 0 };
      at = element.end;
    }
    checkEnd(at, end);
  }
}
