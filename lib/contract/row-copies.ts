import * as z from 'zod/mini';
import { tokenSchema } from './common';
import { apiErrorSchema } from './errors';
import { resultColumnSchema } from './frames';
import { jsonObjectSchema, jsonValueSchema } from './json-schemas';
import { traceSchema } from './traces';

/** One row, read from each of its replicas: POST …/row-copies. */
export const rowCopiesRequestSchema = z.strictObject({
  /**
   * The primary key by column name, values in their JSON form. Without clustering columns (or with nulls for them) the
   * partition's static values are read.
   */
  key: jsonObjectSchema,
});
export type RowCopiesRequest = z.infer<typeof rowCopiesRequestSchema>;

const cellCopySchema = z.object({
  value: jsonValueSchema,
  /** By convention microseconds since 1970; the newest of a multi-cell value; null: none, or unknown. */
  writeTimeMicros: z.nullable(z.string()),
  ttlSeconds: z.nullable(z.int()),
});
export type CellCopy = z.infer<typeof cellCopySchema>;

const rowCopySchema = z.object({
  /** The replica that was queried, as in the topology. */
  node: z.string(),
  /** In the order of `columns`; empty if the replica has no such row; null if it did not answer, see `error`. */
  cells: z.nullable(z.array(cellCopySchema)),
  /** The nodes that read their own data, from the trace: at ONE a coordinator may forward the read. Empty: unknown. */
  servedBy: z.array(z.string()),
  elapsedMs: z.nullable(z.number()),
  trace: z.nullable(traceSchema),
  error: z.optional(apiErrorSchema),
});
export type RowCopy = z.infer<typeof rowCopySchema>;

export const rowCopiesResponseSchema = z.object({
  token: tokenSchema,
  /** In replica order, primary first. */
  replicas: z.array(z.string()),
  unknownReason: z.optional(z.string()),
  /** The statement sent to each replica, with values as literals. */
  statement: z.string(),
  columns: z.array(
    z.extend(resultColumnSchema, {
      /** Why the column has no comparable write time; null if it has one. */
      ageless: z.nullable(z.string()),
    }),
  ),
  copies: z.array(rowCopySchema),
  /** Columns that are masked for whoever asks, and so were not read; absent: none. */
  masked: z.optional(z.array(z.string())),
  asOf: z.string(),
});
export type RowCopiesResponse = z.infer<typeof rowCopiesResponseSchema>;
