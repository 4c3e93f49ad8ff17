import * as z from 'zod/mini';

/** What was read back after a load. */
const loadVerifiedSchema = z.object({
  /** Every row, or some. */
  extent: z.enum(['sample', 'full']),
  /** Rows of the file that were looked for. */
  rows: z.int(),
  /** They are there with exactly these values. */
  equal: z.int(),
  /** They are there with others: somebody wrote since, or what was there is newer. */
  different: z.int(),
  missing: z.int(),
  /** A later row of the file has the same key, so there is nothing to compare. */
  overwritten: z.int(),
});
export type LoadVerified = z.infer<typeof loadVerifiedSchema>;

/** How a load stands. Each record is in exactly one count. */
export const loadStandingSchema = z.object({
  /** `writing`, then `verifying`. */
  doing: z.enum(['writing', 'verifying']),
  read: z.int(),
  written: z.int(),
  /** No rows of the table: they cannot be read, or a value does not fit its column. */
  bad: z.int(),
  /** Certainly not written: Cassandra refused them. */
  refused: z.int(),
  /** They may have been written. */
  unknown: z.int(),
  /** Of the input so far. */
  bytes: z.int(),
  /** Null where it is not known. */
  totalBytes: z.nullable(z.int()),
  /** Over the last seconds; null while it does not run. */
  rowsPerSecond: z.nullable(z.number()),
  /** Null until it is done, and where none was asked for. */
  verified: z.nullable(loadVerifiedSchema),
});
export type LoadStanding = z.infer<typeof loadStandingSchema>;
