import type { JsonValue } from '@/lib/contract/json';

/**
 * A field before it has a type. Null: the file says so. Undefined: the record has no such field. In JSON form, numbers are
 * the text that the file has, so that no digit is lost.
 */
export type Field = JsonValue | undefined;

/** What strings among the fields are: typed text (CSV), values in JSON form (JSON, Parquet), or CQL literals. */
export type FieldForm = 'text' | 'json' | 'literal';

/** One record of a source, before it has types. */
export interface LoadRecord {
  readonly kind: 'record';
  /** Counts from 1; a header is no record, a bad record is one. */
  readonly number: number;
  /** The line on which it begins, from 1; null where a format has no lines. */
  readonly line: number | null;
  /** The names of its fields, in their order. Records with the same names share this very array. */
  readonly names: readonly string[];
  /** As many as `names`. */
  readonly fields: readonly Field[];
  /**
   * The record as it came, without its line end, in UTF-8; null where a format has no text. It may be a view of a larger
   * buffer: copy what is kept.
   */
  readonly bytes: Uint8Array | null;
  /** `USING` of a CQL statement. */
  readonly using?: Using;
}

/** Null: not stated. */
export interface Using {
  readonly ttlSeconds: number | null;
  readonly timestampMicros: bigint | null;
}

/** A record that cannot be read, as it came; those after it can. */
export interface BadRecord {
  readonly kind: 'bad';
  readonly number: number;
  readonly line: number | null;
  /** The character of `faultLine` at which it stops making sense, from 1; null: the record as a whole. */
  readonly column: number | null;
  /** The line with the fault, from 1: a record may have several. */
  readonly faultLine: number | null;
  readonly bytes: Uint8Array | null;
  /** What is wrong, and what was expected, for people. */
  readonly reason: string;
}

export type SourceItem = LoadRecord | BadRecord;

/**
 * Records of one input, in batches as they are read, in order. Ends or throws SourceError; iterate it once. Leaving the
 * loop releases the input.
 */
export interface Source extends AsyncIterable<readonly SourceItem[]> {
  readonly form: FieldForm;
  /** Bytes of the input so far, as they came. */
  readonly bytesRead: number;
  /** Of the input as it came, hex. Only once the source has ended. */
  sha256(): string;
}

/** Why an input cannot be read any further. Records before it stand. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  /** What to do. */
  readonly hint: string | undefined;
  /** Where, from 1; null where the input has no lines. */
  readonly line: number | null;
  readonly column: number | null;

  constructor(
    message: string,
    place: { hint?: string; line?: number | null; column?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: place.cause });
    this.hint = place.hint;
    this.line = place.line ?? null;
    this.column = place.column ?? null;
  }
}

/** One INSERT of a record. A record whose columns have different write times or TTLs needs several. */
export interface Write {
  /**
   * In the order of the mapping: the protocol's bytes, null for a tombstone, undefined for a column that is left as it is.
   * All clustering columns are undefined where `isStatic`.
   */
  readonly values: readonly (Uint8Array | null | undefined)[];
  readonly ttlSeconds: number | null;
  readonly timestampMicros: bigint | null;
  /** Only static columns of a partition: a statement without clustering columns. */
  readonly isStatic: boolean;
}

/** The typed values of one record. */
export interface Bound {
  readonly kind: 'bound';
  readonly writes: readonly Write[];
}

/** Why a record is no row of the table. */
export interface Problem {
  readonly kind: 'problem';
  /** The column of the table; null: the record as a whole. */
  readonly column: string | null;
  /** The field of the record; null: none is concerned. */
  readonly field: string | null;
  /** What is there, cut short. */
  readonly value: string;
  /** What was expected, and what to do. */
  readonly expected: string;
}
