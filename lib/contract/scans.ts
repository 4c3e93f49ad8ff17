import * as z from 'zod/mini';
import { tokenSchema } from './common';
import { apiErrorSchema } from './errors';

/** The drawn ring has this many equal parts, from the lowest token on. */
export const RING_PARTS = 120;

/**
 * The state of a part of the ring, the worst within it: `.` not started, `r` being read, `t` being retried after a failure,
 * `d` done, `x` given up.
 */
const ringPartsSchema = z.string().check(z.regex(/^[.rtdx]+$/));

/** A range that was given up: rows with tokens after `from` up to and including `to` are missing. */
const rangeFailureSchema = z.object({ from: tokenSchema, to: tokenSchema, error: apiErrorSchema });
export type RangeFailure = z.infer<typeof rangeFailureSchema>;

/** How far a scan has got over all its token ranges. */
export const scanProgressSchema = z.object({
  rows: z.int(),
  pages: z.int(),
  /** Bytes of the response frames. */
  frameBytes: z.int(),
  /** Share of the scan that is done, 0 to 1; null if the rows are not in token order. */
  ringFraction: z.nullable(z.number()),
  /** Null if the statement is read as one ordered stream that does not follow the ring. */
  ring: z.nullable(ringPartsSchema),
  ranges: z.object({ total: z.int(), done: z.int(), running: z.int(), retried: z.int(), failed: z.int() }),
  /** Pages in flight now. */
  concurrency: z.int(),
  /** How many other reads of the cluster it waits for; null or absent when it does not wait. */
  waitsFor: z.optional(z.nullable(z.int())),
  /** Expected total rows, extrapolated from what has been read; null: unknown. */
  estimatedRows: z.nullable(z.number()),
  /** Over the last seconds. */
  rowsPerSecond: z.nullable(z.number()),
  /** Time left, an estimate in milliseconds; null: unknown. */
  estimatedLeftMs: z.nullable(z.number()),
  /** Warnings from the server or the engine: tombstones scanned, concurrency lowered. The newest 20. */
  warnings: z.array(z.string()),
  failures: z.array(rangeFailureSchema),
});
export type ScanProgress = z.infer<typeof scanProgressSchema>;

/** How much load a scan may put on the cluster. The engine decides what is absent. */
export const scanLimitsSchema = z.strictObject({
  maxConcurrency: z.optional(z.int().check(z.minimum(1), z.maximum(256))),
  maxRowsPerSecond: z.optional(z.int().check(z.minimum(1))),
  maxBytesPerSecond: z.optional(z.int().check(z.minimum(1_024))),
});
export type ScanLimits = z.infer<typeof scanLimitsSchema>;

/**
 * How far a scan has got in all its ranges: opaque, MAC-bound like a cursor. Resumes after the last page that was handed over
 * before it was made.
 */
export const checkpointSchema = z.string().check(z.minLength(1), z.maxLength(4_000_000));

/** A line of `POST …/count`: progress, then exactly one `end` or `error`; a stream without either is incomplete. */
export const countLineSchema = z.union([
  z.object({ progress: scanProgressSchema }),
  z.object({ end: z.object({ rows: z.int(), elapsedMs: z.number(), statement: z.string() }) }),
  z.object({ error: apiErrorSchema }),
]);
export type CountLine = z.infer<typeof countLineSchema>;
