import { z } from 'zod';
import { consistencySchema, cursorSchema, pageRowsSchema, serialConsistencySchema, tokenSchema } from './common';
import { jsonValueSchema } from './json';

export const FILTER_OPERATORS = ['=', 'IN', '<', '<=', '>', '>=', 'CONTAINS', 'CONTAINS KEY'] as const;
export const filterSchema = z
  .object({
    column: z.string().min(1),
    operator: z.enum(FILTER_OPERATORS),
    /** In the column's JSON form; for IN an array of such values. */
    value: jsonValueSchema,
  })
  .strict();
export type Filter = z.infer<typeof filterSchema>;
export const filtersSchema = z.array(filterSchema).max(64);

/** Pages to read in one answer: 1 unless told, 0 to the end. */
const maxPagesSchema = z.number().int().min(0).max(1_000_000);
const timeoutMsSchema = z.number().int().min(100).max(3_600_000);

/** The rows of a table, GET (as query parameters, `filters` as JSON) or POST. */
export const rowsRequestSchema = z
  .object({
    filters: filtersSchema.optional(),
    /** Columns to read; all when absent. */
    columns: z.array(z.string()).max(2_000).optional(),
    /** Rows behind this token, exclusive. */
    fromToken: tokenSchema.optional(),
    /** Rows up to this token, inclusive. */
    toToken: tokenSchema.optional(),
    /** Inside one partition: the clustering order turned round. */
    reversed: z.boolean().optional(),
    consistency: consistencySchema.optional(),
    pageRows: pageRowsSchema.optional(),
    maxPages: maxPagesSchema.optional(),
    cursor: cursorSchema.optional(),
    timeoutMs: timeoutMsSchema.optional(),
  })
  .strict();
export type RowsRequest = z.input<typeof rowsRequestSchema>;

export const queryRequestSchema = z
  .object({
    statement: z.string().min(1).max(1_000_000),
    keyspace: z.string().optional(),
    /** Values for the statement's bind markers, in their JSON form, by position or by name. */
    params: z.union([z.array(jsonValueSchema), z.record(z.string(), jsonValueSchema)]).optional(),
    consistency: consistencySchema.optional(),
    serialConsistency: serialConsistencySchema.optional(),
    pageRows: pageRowsSchema.optional(),
    maxPages: maxPagesSchema.optional(),
    cursor: cursorSchema.optional(),
    timeoutMs: timeoutMsSchema.optional(),
    trace: z.boolean().optional(),
    /**
     * What is not a SELECT runs only when this repeats the statement exactly; DROP and TRUNCATE also want the
     * target's name as the person typed it.
     */
    confirm: z.object({ statement: z.string(), name: z.string().optional() }).strict().optional(),
  })
  .strict();
export type QueryRequest = z.input<typeof queryRequestSchema>;

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export const exportFormatSchema = z.enum(EXPORT_FORMATS);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

export const csvOptionsSchema = z
  .object({
    delimiter: z.enum([',', ';', '\t', '|']).default(','),
    header: z.boolean().default(true),
    /** Put ' before text that a spreadsheet would run as a formula. */
    formulaSafe: z.boolean().default(false),
  })
  .strict();

/** A table (`keyspace` and `table`), or a `statement` that only reads. */
export const exportRequestSchema = z
  .object({
    keyspace: z.string().optional(),
    table: z.string().optional(),
    statement: z.string().max(1_000_000).optional(),
    filters: filtersSchema.optional(),
    columns: z.array(z.string()).max(2_000).optional(),
    format: exportFormatSchema,
    csv: csvOptionsSchema.optional(),
    consistency: consistencySchema.optional(),
    pageRows: pageRowsSchema.optional(),
    timeoutMs: timeoutMsSchema.optional(),
    /** Chosen by the browser, so that it can watch the export before the download has begun. */
    id: z.uuid().optional(),
  })
  .strict()
  .refine(
    ({ table, keyspace, statement }) => (statement === undefined) === (table !== undefined && keyspace !== undefined),
    {
      message: 'an export needs either keyspace and table, or a statement',
    },
  );
export type ExportRequest = z.input<typeof exportRequestSchema>;
