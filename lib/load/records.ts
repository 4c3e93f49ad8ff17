import type { FieldForm, FieldRow } from '@/lib/transform/fields';

export type { Field, FieldForm, Using } from '@/lib/transform/fields';

/** One record of a source, before it has types. */
export interface LoadRecord extends FieldRow {
  readonly kind: 'record';
  /** Counts from 1; a header is no record, a bad record is one. */
  readonly number: number;
  /** The line on which it begins, from 1; null where a format has no lines. */
  readonly line: number | null;
  /**
   * The record as it came, without its line end, in UTF-8; null where a format has no text. It may be a view of a larger
   * buffer: copy what is kept.
   */
  readonly bytes: Uint8Array | null;
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
    place: { hint?: string | undefined; line?: number | null; column?: number | null; cause?: unknown } = {},
  ) {
    super(message, { cause: place.cause });
    this.hint = place.hint;
    this.line = place.line ?? null;
    this.column = place.column ?? null;
  }
}
