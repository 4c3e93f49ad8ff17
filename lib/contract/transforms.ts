import * as z from 'zod/mini';
import { columnNameSchema } from './common';
import { COLUMNS, MAPPING_STEPS } from './limits';

/**
 * How fields become the values of columns: the one small transform of loads, copies and Spark. A column that no entry names
 * is not written.
 */

/** How a number is written: `1.234,5` has the decimal mark `,` and the group mark `.`; a space is also one that does not break. */
const numberFormatShape = {
  decimal: z.enum([',', '.']),
  group: z.optional(z.enum(['.', ',', ' ', "'", '_'])),
};
const numberFormatSchema = z.strictObject(numberFormatShape);
export type NumberFormat = z.infer<typeof numberFormatSchema>;

/** One change of a value, before it becomes a value of its column. Steps run in order; null passes through all of them. */
const stepSchema = z.discriminatedUnion('do', [
  /** Drops spaces, tabs and line ends at both ends of a text. */
  z.strictObject({ do: z.literal('trim') }),
  /** Exactly this text becomes null. */
  z.strictObject({ do: z.literal('null_if'), text: z.string().check(z.maxLength(1_000)) }),
  /** A text becomes the elements of a list or set; empty text has none. */
  z.strictObject({ do: z.literal('split'), by: z.string().check(z.minLength(1), z.maxLength(100)) }),
  /** Becomes a value of this CQL type if that loses nothing: `1.0` an int, a date a timestamp, a number text. */
  z.strictObject({ do: z.literal('cast'), to: z.string().check(z.minLength(1), z.maxLength(1_000)) }),
  /**
   * Reads a date, time or timestamp that is written in this way: `dd.MM.yyyy HH:mm`, or `excel` for days since 1899-12-30,
   * `unix` for seconds and `unix_ms` for milliseconds since 1970.
   * `zone`: `UTC`, an offset such as `+02:00` or an IANA name, for a timestamp whose text has no zone.
   */
  z.strictObject({
    do: z.literal('date_format'),
    format: z.string().check(z.minLength(1), z.maxLength(100)),
    zone: z.optional(z.string().check(z.minLength(1), z.maxLength(60))),
  }),
  /** Reads a number that is written with other marks than a point before its fraction. */
  z.strictObject({ do: z.literal('number_format'), ...numberFormatShape }),
]);
export type Step = z.infer<typeof stepSchema>;

const originSchema = z.union([
  z.strictObject({ field: z.string() }),
  /** A CQL literal of the column's type, the same for every row. */
  z.strictObject({ constant: z.string().check(z.maxLength(100_000)) }),
]);

const mappedColumnSchema = z.strictObject({
  to: columnNameSchema,
  from: originSchema,
  steps: z._default(z.array(stepSchema).check(z.maxLength(MAPPING_STEPS)), []),
  /** Fields with this column's TTL in seconds and its write time in microseconds: `ttl(name)`, `writetime(name)`. */
  ttl: z.optional(z.string()),
  timestamp: z.optional(z.string()),
});
export type MappedColumn = z.infer<typeof mappedColumnSchema>;

export const mappingSchema = z.array(mappedColumnSchema).check(z.minLength(1), z.maxLength(COLUMNS));
/** Every column that is written, and where its value comes from. */
export type Mapping = z.infer<typeof mappingSchema>;
