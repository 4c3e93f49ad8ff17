import * as z from 'zod/mini';
import { consistencySchema, nameSchema, serialConsistencySchema } from './common';
import { apiErrorSchema, errorCodeSchema } from './errors';
import { isJson, type JsonValue } from './json';
import { EACH_CONCURRENCY, EACH_ROWS, MOST_STATEMENT_CHARACTERS, PARAMETERS } from './limits';

const statementSchema = z.string().check(z.minLength(1), z.maxLength(MOST_STATEMENT_CHARACTERS));

export const prepareRequestSchema = z.strictObject({ statement: statementSchema, keyspace: z.optional(nameSchema) });

const bindMarkerSchema = z.object({
  /** As the server names it: the column, or `[limit]`, `[ttl]`, `in(code)` and the like; for `:name` the name. */
  name: z.string(),
  /** The CQL type. User-defined types are named without their keyspace. */
  type: z.string(),
  /** It is a component of the partition key, which takes neither null nor unset. */
  isPartitionKey: z.boolean(),
});

/** The bind markers of a statement in their order. Preparing runs nothing. */
export const prepareResponseSchema = z.object({
  markers: z.array(bindMarkerSchema),
  /** Where its user-defined types are; null: the statement names no table. */
  keyspace: z.nullable(z.string()),
  /** False: a value cannot be left unset, because the statement changes nothing. */
  takesUnset: z.boolean(),
  /** Running it twice has the effect of running it once; null for a read. */
  isIdempotent: z.nullable(z.boolean()),
});
export type PrepareResponse = z.infer<typeof prepareResponseSchema>;

const jsonSchema = z.custom<JsonValue>((value) => isJson(value), 'expected a JSON value');

/** Where the value of a bind marker comes from, for each row. */
const eachMarkerSchema = z.union([
  /** A cell of the row: the index of its column. */
  z.strictObject({ column: z.int().check(z.minimum(0), z.maximum(PARAMETERS)) }),
  /** The same for every row, in its JSON form. */
  z.strictObject({ value: jsonSchema }),
  z.strictObject({ unset: z.literal(true) }),
]);
export type EachMarker = z.infer<typeof eachMarkerSchema>;

/** Runs one statement for each row of a list. */
export const eachRequestSchema = z.strictObject({
  /** Chosen by the caller, so that it can stop the run. */
  id: z.uuid(),
  statement: statementSchema,
  keyspace: z.optional(nameSchema),
  markers: z.array(eachMarkerSchema).check(z.maxLength(PARAMETERS)),
  /**
   * Cells as text, read like what is typed into a field: scalars as they are shown, collections, tuples, vectors and
   * user-defined types as JSON or CQL literals. Null is null.
   */
  rows: z
    .array(z.array(z.nullable(z.string())))
    .check(z.minLength(1, 'the list has no rows'), z.maxLength(EACH_ROWS, `a list has at most ${EACH_ROWS} rows`)),
  /** What an empty cell is: null, a column left untouched, or a value (empty text). */
  empty: z.optional(z.enum(['null', 'unset', 'value'])),
  /** Requests in flight; by default it adapts to how fast the cluster answers. */
  concurrency: z.optional(z.int().check(z.minimum(1), z.maximum(EACH_CONCURRENCY))),
  /** Sends nothing more after a row that failed. */
  stopOnFailure: z.optional(z.boolean()),
  consistency: z.optional(consistencySchema),
  serialConsistency: z.optional(serialConsistencySchema),
  timeoutMs: z.optional(z.int().check(z.minimum(100), z.maximum(3_600_000))),
  /** Anything but a SELECT runs only if this repeats the statement and the number of rows. */
  confirm: z.optional(z.strictObject({ statement: z.string(), rows: z.int() })),
});
export type EachRequest = z.input<typeof eachRequestSchema>;

/** How a row ended. `refused`: it certainly changed nothing; `unknown`: it may have been applied. */
const eachFaultSchema = z.object({
  row: z.int(),
  outcome: z.enum(['refused', 'unknown']),
  code: errorCodeSchema,
  message: z.string(),
});
export type EachFault = z.infer<typeof eachFaultSchema>;

const eachProgressSchema = z.object({
  rows: z.int(),
  /** Answered without an error. Of conditional statements, `notApplied` of these were not applied. */
  done: z.int(),
  notApplied: z.int(),
  refused: z.int(),
  unknown: z.int(),
  inFlight: z.int(),
  /** Rows that the statements returned, kept or not. */
  returned: z.int(),
  concurrency: z.int(),
  /** Over the last seconds. */
  rowsPerSecond: z.nullable(z.number()),
  /** From a request to its answer, within 3 %; null: no answer yet. */
  latencyMs: z.nullable(z.object({ p50: z.number(), p99: z.number(), max: z.number() })),
  elapsedMs: z.number(),
});
export type EachProgress = z.infer<typeof eachProgressSchema>;

/** What one row returned. `more`: the statement has rows after these. */
const eachResultSchema = z.object({
  row: z.int(),
  values: z.array(z.array(jsonSchema)),
  more: z.boolean(),
  /** Of a conditional write that was not applied: the names for its values, which depend on the row that is there. */
  columns: z.optional(z.array(z.string())),
});
export type EachResult = z.infer<typeof eachResultSchema>;

/** `failed`: stopped after a row failed, as asked. */
const eachOutcomeSchema = z.enum(['complete', 'stopped', 'failed']);
export type EachOutcome = z.infer<typeof eachOutcomeSchema>;

/** A line of `POST …/each`, which ends with exactly one `end` or `error`; a stream without either is incomplete. */
export const eachLineSchema = z.union([
  z.object({ columns: z.array(z.object({ name: z.string(), type: z.string() })) }),
  z.object({ faults: z.array(eachFaultSchema) }),
  z.object({ results: z.array(eachResultSchema) }),
  z.object({ progress: eachProgressSchema }),
  z.object({ end: z.object({ outcome: eachOutcomeSchema, progress: eachProgressSchema }) }),
  z.object({ error: apiErrorSchema }),
]);
export type EachLine = z.infer<typeof eachLineSchema>;

export const eachStopSchema = z.object({ stopping: z.boolean() });
