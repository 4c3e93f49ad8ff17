import * as z from 'zod/mini';
import { tokenSchema } from './common';
import { apiErrorSchema } from './errors';
import { resultColumnSchema, traceFrameSchema } from './frames';
import { jsonObjectSchema, jsonValueSchema } from './json';

/** One row, read from each of its replicas: POST …/row-copies. */
export const rowCopiesRequestSchema = z.strictObject({
  /**
   * The primary key by column name, values in their JSON form. Without clustering columns (or with nulls for them) the
   * partition's static values are read.
   */
  key: jsonObjectSchema,
});
export type RowCopiesRequest = z.infer<typeof rowCopiesRequestSchema>;

export const cellCopySchema = z.object({
  value: jsonValueSchema,
  /** Microseconds since 1970 by custom, the newest of a value of several cells; null: none, or not told. */
  writeTimeMicros: z.nullable(z.string()),
  ttlSeconds: z.nullable(z.int()),
});
export type CellCopy = z.infer<typeof cellCopySchema>;

export const rowCopySchema = z.object({
  /** The replica that was asked, as in the topology. */
  node: z.string(),
  /** In the order of `columns`; empty where the answer has no such row; null where there is no answer, see `error`. */
  cells: z.nullable(z.array(cellCopySchema)),
  /** Who read its own data for the answer, by the trace: at ONE a coordinator may pass the read on. Empty: not told. */
  servedBy: z.array(z.string()),
  elapsedMs: z.nullable(z.number()),
  trace: z.nullable(traceFrameSchema),
  error: z.optional(apiErrorSchema),
});
export type RowCopy = z.infer<typeof rowCopySchema>;

export const rowCopiesResponseSchema = z.object({
  token: tokenSchema,
  /** In replica order, primary first. */
  replicas: z.array(z.string()),
  unknownReason: z.optional(z.string()),
  /** What each replica was asked, values written out. */
  statement: z.string(),
  columns: z.array(
    z.extend(resultColumnSchema, {
      /** Why the column has no write time to be compared; null where it has one. */
      ageless: z.nullable(z.string()),
    }),
  ),
  copies: z.array(rowCopySchema),
  asOf: z.string(),
});
export type RowCopiesResponse = z.infer<typeof rowCopiesResponseSchema>;
