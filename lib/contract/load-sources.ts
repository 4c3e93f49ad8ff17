import * as z from 'zod/mini';
import { COMPRESSIONS, exportFormatSchema } from './exports';
import { COLUMNS, DECOMPRESSED_BYTES, DECOMPRESSED_RATIO, RECORD_BYTES, ROW_GROUP_BYTES } from './limits';
import { mappingSchema } from './transforms';

/** Text encodings of a file. A byte-order mark at its start wins. */
export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'latin1'] as const;

/** One ASCII character that is no letter, digit, line end or NUL. */
const signSchema = z.string().check(z.regex(/^[\t !-/:-@[-`{-~]$/, 'expected one ASCII sign or a tab'));

/** How a CSV file is read. */
export const csvSourceSchema = z.strictObject({
  delimiter: z._default(signSchema, ','),
  /** Null: no character quotes. */
  quote: z._default(z.nullable(signSchema), '"'),
  /** Takes the next character literally, inside quotes and outside. A doubled quote is a quote in any case. */
  escape: z._default(z.nullable(signSchema), '"'),
  /** True: the first record has the names. A list: these are the names, and there is no such record. */
  header: z._default(z.union([z.literal(true), z.array(z.string()).check(z.minLength(1), z.maxLength(COLUMNS))]), true),
  encoding: z._default(z.enum(ENCODINGS), 'utf-8'),
  /** An unquoted field with this text is null. A quoted one is text, even where it is empty. */
  nullText: z._default(z.string().check(z.maxLength(40)), ''),
  /** The file was exported safe for spreadsheets: a `'` before what they would run as a formula is removed again. */
  formulaSafe: z._default(z.boolean(), false),
});
export type CsvSource = z.infer<typeof csvSourceSchema>;

const limit = (usual: number, most: number) => z._default(z.int().check(z.minimum(1), z.maximum(most)), usual);

/** Bounds on memory and on what a small file may grow to. */
const sourceLimitsSchema = z.strictObject({
  /** Bytes of one record. */
  recordBytes: limit(RECORD_BYTES, 16 * RECORD_BYTES),
  /** Bytes of the whole input, decompressed. */
  decompressedBytes: limit(DECOMPRESSED_BYTES, 1_000 * DECOMPRESSED_BYTES),
  /** Decompressed bytes for each byte of the input, once there are many. */
  ratio: limit(DECOMPRESSED_RATIO, 100_000),
  /** Bytes of a Parquet row group, decompressed: it is decoded as a whole. */
  rowGroupBytes: limit(ROW_GROUP_BYTES, 16 * ROW_GROUP_BYTES),
});
export type SourceLimits = z.infer<typeof sourceLimitsSchema>;

/** How the bytes of an input become records. */
export const sourceOptionsSchema = z.strictObject({
  format: exportFormatSchema,
  /** `auto`: by the first bytes. */
  compression: z._default(z.enum([...COMPRESSIONS, 'auto']), 'auto'),
  csv: z._default(csvSourceSchema, csvSourceSchema.parse({})),
  limits: z._default(sourceLimitsSchema, sourceLimitsSchema.parse({})),
});
export type SourceOptions = z.infer<typeof sourceOptionsSchema>;

/** A TTL in seconds or a write time in microseconds: from a field, or the same for all rows. */
const usingSchema = z.union([
  z.strictObject({ field: z.string() }),
  z.strictObject({ constant: z.string().check(z.regex(/^-?\d{1,19}$/, 'expected a whole number')) }),
]);
export type UsingOrigin = z.infer<typeof usingSchema>;

/** How records become rows of a table. */
export const bindOptionsSchema = z.strictObject({
  mapping: mappingSchema,
  ttl: z.optional(usingSchema),
  timestamp: z.optional(usingSchema),
  /** What a null does to a column outside the key: leaves it as it is, or deletes what is there. */
  nulls: z._default(z.enum(['unset', 'tombstone']), 'unset'),
  /**
   * What empty text is in JSON and Parquet where the type is neither text nor blob. `value`: a value of no bytes, as
   * exports write it; by default it is refused, because elsewhere it mostly means null.
   */
  emptyText: z._default(z.enum(['refused', 'value']), 'refused'),
});
export type BindOptions = z.infer<typeof bindOptionsSchema>;
