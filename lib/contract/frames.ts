import * as z from 'zod/mini';
import { consistencySchema, cursorSchema, tokenSchema } from './common';
import { apiErrorSchema } from './errors';

/**
 * The NDJSON stream of rows: one frame per line. A row is an array, anything else an object with one key.
 * header, then rows with a page frame after each page's rows, then end or error. A stream without `end` is incomplete.
 * `waiting` may precede any page: the read waits for its turn. `agreement` may precede the page of a schema change: it has
 * run, and waits for the nodes to take it over.
 */

/** `computed`: not a column of the table, such as `count(*)`, `token(id)` or a cast. */
const RESULT_COLUMN_KINDS = ['partition_key', 'clustering', 'static', 'regular', 'computed'] as const;

export const resultColumnSchema = z.object({
  name: z.string(),
  type: z.string(),
  kind: z.enum(RESULT_COLUMN_KINDS),
  /** The role that masks its values; absent: they are as stored. */
  masked: z.optional(z.string()),
});
export type ResultColumn = z.infer<typeof resultColumnSchema>;

const headerFrameSchema = z.object({
  columns: z.array(resultColumnSchema),
  consistency: consistencySchema,
  /** The statement with its values as literals, ready to run again. */
  statement: z.string(),
});
export type HeaderFrame = z.infer<typeof headerFrameSchema>;

/** One request to Cassandra that was traced. */
const tracedRequestSchema = z.object({
  id: z.string(),
  /** That it returned. */
  rows: z.int(),
  elapsedMs: z.number(),
});
export type TracedRequest = z.infer<typeof tracedRequestSchema>;

const pageFrameSchema = z.object({
  index: z.int(),
  rows: z.int(),
  totalRows: z.int(),
  /** Bytes of row data received from Cassandra for this page. */
  bytes: z.int(),
  /** From the request to Cassandra until the page has arrived. */
  elapsedMs: z.number(),
  /** Token of the last partition read; null where the scan has none. */
  token: z.nullable(tokenSchema),
  /** Share of the token ring covered since the scan began, 0 to 1; null where the scan has none. */
  ringFraction: z.nullable(z.number()),
  /** Continues behind this page; null behind the last. */
  cursor: z.nullable(cursorSchema),
  coordinator: z.string(),
  consistency: consistencySchema,
  warnings: z.array(z.string()),
  /** Of a traced read: each request that the page took, in order. Their traces are read by `…/traces/{id}`. */
  traces: z.optional(z.array(tracedRequestSchema)),
});
export type PageFrame = z.infer<typeof pageFrameSchema>;

/** How far the nodes have taken over a schema that a statement changed. */
const schemaAgreementSchema = z.object({
  /** Of the cluster. */
  nodes: z.int(),
  /** Nodes with the same schema. */
  agreed: z.int(),
  /** Addresses of those that answer and have another one. */
  differing: z.array(z.string()),
  /** Addresses of those that do not answer: which schema they have is not known. */
  silent: z.array(z.string()),
});
export type SchemaAgreement = z.infer<typeof schemaAgreementSchema>;

const endFrameSchema = z.object({
  rows: z.int(),
  pages: z.int(),
  /** A cursor when more rows exist behind what was asked for; null when the result is complete. */
  next: z.nullable(cursorSchema),
  elapsedMs: z.number(),
  result: z.enum(['rows', 'void', 'schema_change']),
  /** After a schema change: how it stood when waiting for the nodes ended. */
  agreement: z.optional(schemaAgreementSchema),
});
export type EndFrame = z.infer<typeof endFrameSchema>;

/** `rows`: how many were sent before the failure; `cursor` continues behind the last whole page. */
const errorFrameSchema = z.extend(apiErrorSchema, { rows: z.int(), cursor: z.nullable(cursorSchema) });
export type ErrorFrame = z.infer<typeof errorFrameSchema>;

/** The read waits for this many other reads of the cluster. */
const waitingFrameSchema = z.object({ reads: z.int() });
export type WaitingFrame = z.infer<typeof waitingFrameSchema>;

export const controlFrameSchema = z.union([
  z.strictObject({ header: headerFrameSchema }),
  z.strictObject({ waiting: waitingFrameSchema }),
  z.strictObject({ agreement: schemaAgreementSchema }),
  z.strictObject({ page: pageFrameSchema }),
  z.strictObject({ end: endFrameSchema }),
  z.strictObject({ error: errorFrameSchema }),
]);
export type ControlFrame = z.infer<typeof controlFrameSchema>;
