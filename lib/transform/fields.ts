import type { JsonValue } from '@/lib/contract/json';

/**
 * A field before it has a type. Null: the record says so. Undefined: the record has no such field. In JSON form, numbers are
 * the text that the record has, so that no digit is lost.
 */
export type Field = JsonValue | undefined;

/** What strings among the fields are: typed text (CSV), values in JSON form (JSON, Parquet), or CQL literals. */
export type FieldForm = 'text' | 'json' | 'literal';

/** Null: not stated. */
export interface Using {
  readonly ttlSeconds: number | null;
  readonly timestampMicros: bigint | null;
}

/** Named fields, as a file or a table gives them. */
export interface FieldRow {
  /** Rows with the same names share this very array. */
  readonly names: readonly string[];
  /** As many as `names`. */
  readonly fields: readonly Field[];
  /** `USING` of a CQL statement. */
  readonly using?: Using;
}

/** One INSERT of a row. A row whose columns have different write times or TTLs needs several. */
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

/** The typed values of one row. */
export interface Bound {
  readonly kind: 'bound';
  readonly writes: readonly Write[];
}

/** Why fields are no row of the table. */
export interface Problem {
  readonly kind: 'problem';
  /** The column of the table; null: the row as a whole. */
  readonly column: string | null;
  /** The field it comes from; null: none is concerned. */
  readonly field: string | null;
  /** What is there, cut short. */
  readonly value: string;
  /** What was expected, and what to do. */
  readonly expected: string;
}
