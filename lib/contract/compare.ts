import * as z from 'zod/mini';
import { columnNameSchema, consistencySchema, nameSchema, timeoutMsSchema } from './common';
import { COLUMNS } from './limits';

/**
 * Two tables with the same primary key, compared row by row: POST …/compare says what would be compared, which reads only the
 * schemas, and POST …/compare/start makes a job of it. The table of the address is the source, the other the target.
 */

/** A table, of another cluster if one is named. */
export const targetTableSchema = z.strictObject({
  cluster: z.optional(nameSchema),
  keyspace: nameSchema,
  table: nameSchema,
});

/** Differences that are kept with their keys; more are counted. */
const MOST_KEPT_DIFFERENCES = 100_000;
const DEFAULT_KEPT_DIFFERENCES = 10_000;
const DEFAULT_RANGES_AT_ONCE = 4;

export const compareRequestSchema = z.strictObject({
  keyspace: nameSchema,
  table: nameSchema,
  target: targetTableSchema,
  /** Of those outside the key; default: all that both tables have with the same type. */
  columns: z.optional(z.array(columnNameSchema).check(z.maxLength(COLUMNS))),
  consistency: z.optional(consistencySchema),
  targetConsistency: z.optional(consistencySchema),
  timeoutMs: z.optional(timeoutMsSchema),
  /** Token ranges that are read at a time, from both tables. */
  rangesAtOnce: z._default(z.int().check(z.minimum(1), z.maximum(64)), DEFAULT_RANGES_AT_ONCE),
  /** The most rows a second, of both tables together. */
  rowsPerSecond: z.optional(z.int().check(z.minimum(1))),
  keep: z._default(z.int().check(z.minimum(0), z.maximum(MOST_KEPT_DIFFERENCES)), DEFAULT_KEPT_DIFFERENCES),
});
export type CompareRequest = z.input<typeof compareRequestSchema>;

const leftColumnSchema = z.object({ name: z.string(), why: z.string() });
export type LeftColumn = z.infer<typeof leftColumnSchema>;

export const comparePlanSchema = z.object({
  /** Rows are matched by it, in its order. */
  key: z.array(z.string()),
  compared: z.array(z.string()),
  /** Columns that are not compared, and why. */
  left: z.array(leftColumnSchema),
  /** The reads, each of which is sent once for every token range. */
  source: z.string(),
  target: z.string(),
  notes: z.array(z.string()),
});
export type ComparePlan = z.infer<typeof comparePlanSchema>;
