import * as z from 'zod/mini';
import {
  columnNameSchema,
  consistencySchema,
  cursorSchema,
  nameSchema,
  pageRowsSchema,
  serialConsistencySchema,
  timeoutMsSchema,
  tokenSchema,
} from './common';
import { compressionSchema, exportFormatSchema, extraColumnsSchema, formatOptionsShape } from './exports';
import { filtersSchema } from './filters';
import { isJson, type JsonValue } from './json';
import { COLUMNS, JSON_DEPTH, MOST_STATEMENT_CHARACTERS, PARAMETERS } from './limits';
import { checkpointSchema, scanLimitsSchema } from './scans';

const columnsSchema = z.array(columnNameSchema).check(z.maxLength(COLUMNS));

/** Values by position or by name. Names are external: read them as own properties only. */
export const paramsSchema = z
  .custom<readonly JsonValue[] | Readonly<Record<string, JsonValue>>>(
    (value) => typeof value === 'object' && value !== null && isJson(value),
    `expected an array or an object of JSON values, nested at most ${JSON_DEPTH} deep`,
  )
  .check(
    z.refine((values) => Object.keys(values).length <= PARAMETERS, `a statement takes at most ${PARAMETERS} values`),
  );

/** Pages per response: 1 by default, 0 for all. */
const maxPagesSchema = z.int().check(z.minimum(0), z.maximum(1_000_000));
/** Lets Cassandra read and discard rows that neither key nor index finds. Must be set on each request. */
const allowFilteringSchema = z.optional(z.boolean());

/** The rows of a table, GET (as query parameters, `filters` as JSON) or POST. */
export const rowsRequestSchema = z.strictObject({
  filters: z.optional(filtersSchema),
  /** Columns to read; all when absent. */
  columns: z.optional(columnsSchema),
  /** Rows after this token, exclusive. */
  fromToken: z.optional(tokenSchema),
  /** Rows up to this token, inclusive. */
  toToken: z.optional(tokenSchema),
  /** Within one partition: reverses the clustering order. */
  reversed: z.optional(z.boolean()),
  allowFiltering: allowFilteringSchema,
  consistency: z.optional(consistencySchema),
  pageRows: z.optional(pageRowsSchema),
  /** Rows of the first page, to get it sooner. Ignored with a cursor. */
  firstPageRows: z.optional(pageRowsSchema),
  maxPages: z.optional(maxPagesSchema),
  cursor: z.optional(cursorSchema),
  timeoutMs: z.optional(timeoutMsSchema),
});
export type RowsRequest = z.input<typeof rowsRequestSchema>;

export const queryRequestSchema = z.strictObject({
  statement: z.string().check(z.minLength(1), z.maxLength(MOST_STATEMENT_CHARACTERS)),
  keyspace: z.optional(nameSchema),
  /** Values for the statement's bind markers, in their JSON form, by position or by name. */
  params: z.optional(paramsSchema),
  consistency: z.optional(consistencySchema),
  serialConsistency: z.optional(serialConsistencySchema),
  pageRows: z.optional(pageRowsSchema),
  maxPages: z.optional(maxPagesSchema),
  cursor: z.optional(cursorSchema),
  timeoutMs: z.optional(timeoutMsSchema),
  trace: z.optional(z.boolean()),
  /**
   * Anything but a SELECT runs only if this repeats the statement exactly; DROP and TRUNCATE also need the target's name as
   * the user typed it.
   */
  confirm: z.optional(z.strictObject({ statement: z.string(), name: z.optional(z.string()) })),
  /** Bind markers left unset, by position: their columns keep what they have. `params` has null there, or nothing. */
  unset: z.optional(z.array(z.int().check(z.minimum(0))).check(z.maxLength(PARAMETERS))),
});
export type QueryRequest = z.input<typeof queryRequestSchema>;

/** A table (`keyspace` and `table`), or a `statement` that only reads. */
export const exportRequestSchema = z
  .strictObject({
    keyspace: z.optional(nameSchema),
    table: z.optional(nameSchema),
    statement: z.optional(z.string().check(z.maxLength(MOST_STATEMENT_CHARACTERS))),
    filters: z.optional(filtersSchema),
    /** For a table; a statement contains it itself. */
    allowFiltering: allowFilteringSchema,
    columns: z.optional(columnsSchema),
    format: exportFormatSchema,
    compression: z.optional(compressionSchema),
    ...formatOptionsShape,
    extras: z.optional(extraColumnsSchema),
    limits: z.optional(scanLimitsSchema),
    /** Resumes an earlier framed download of the same request. */
    resume: z.optional(checkpointSchema),
    consistency: z.optional(consistencySchema),
    pageRows: z.optional(pageRowsSchema),
    timeoutMs: z.optional(timeoutMsSchema),
    /** Chosen by the browser, so that it can watch the export before the download starts. */
    id: z.optional(z.uuid()),
  })
  .check(
    z.refine(
      ({ table, keyspace, statement }) => (statement === undefined) === (table !== undefined && keyspace !== undefined),
      'an export needs either keyspace and table, or a statement',
    ),
  );
export type ExportRequest = z.input<typeof exportRequestSchema>;

/** Counts the rows of a table or a filter by reading keys, never with `COUNT(*)`. */
export const countRequestSchema = z.strictObject({
  keyspace: nameSchema,
  table: nameSchema,
  filters: z.optional(filtersSchema),
  allowFiltering: allowFilteringSchema,
  consistency: z.optional(consistencySchema),
  timeoutMs: z.optional(timeoutMsSchema),
  limits: z.optional(scanLimitsSchema),
});
export type CountRequest = z.input<typeof countRequestSchema>;
