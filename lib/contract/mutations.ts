import * as z from 'zod/mini';
import { APPLIED } from './applied';
import { columnNameSchema, consistencySchema, nameSchema, serialConsistencySchema, timeoutMsSchema } from './common';
import { dictionarySchema } from './dictionary';
import { apiErrorSchema } from './errors';
import { isJson, type JsonValue } from './json';
import { jsonObjectSchema, jsonValueSchema } from './json-schemas';
import { MUTATION_CHANGES } from './limits';

/**
 * Changes of rows: POST …/mutations plans them, which sends nothing that writes, and POST …/mutations/run runs a plan.
 * Values are in their JSON form, by column name.
 */

/** 0: without end, also where the table has a default. */
const ttlSecondsSchema = z.int().check(z.minimum(0), z.maximum(630_720_000));

const timeSchema = z
  .string()
  .check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'a time such as 2026-11-29T06:00:00Z'));
const momentSchema = z.nullable(timeSchema);
/** When a value expires, or each part of one in their order; null: never. An undo restores TTLs by it. */
const expiresAtSchema = z.union([momentSchema, z.array(momentSchema)]);
export type ExpiresAt = z.infer<typeof expiresAtSchema>;

const expiry = {
  /** Instead of what the options say. */
  ttlSeconds: z.optional(ttlSecondsSchema),
  expiresAt: z.optional(expiresAtSchema),
};

const pairSchema = z.custom<[JsonValue, JsonValue]>(
  (value) => Array.isArray(value) && value.length === 2 && isJson(value),
  'expected a pair of element and value',
);

/** What becomes of one cell. A cell without an edit stays as it is. */
const cellEditSchema = z.union([
  /** Replaces the whole value; null deletes it. */
  z.strictObject({ set: jsonValueSchema, ...expiry }),
  /** Pairs of element and value: of a map its key, of a list its index, of a set the element with `true`; null removes it. */
  z.strictObject({
    elements: z.array(pairSchema).check(z.minLength(1)),
    ...expiry,
  }),
  /** Of a user-defined type that is not frozen. */
  z.strictObject({ fields: dictionarySchema(jsonValueSchema), ...expiry }),
  /** Of a list. */
  z.strictObject({ append: z.array(jsonValueSchema).check(z.minLength(1)), ...expiry }),
  z.strictObject({ prepend: z.array(jsonValueSchema).check(z.minLength(1)), ...expiry }),
  /** Of a counter: a whole number. */
  z.strictObject({ by: z.string().check(z.regex(/^-?\d{1,19}$/, 'a counter counts whole numbers')) }),
]);
export type CellEdit = z.infer<typeof cellEditSchema>;

const agedSchema = {
  /** Microseconds since 1970, the newest of a value in parts; null: none, or it cannot be read. */
  writeTimeMicros: z.nullable(z.string()),
  /** What remained when it was read; null: it does not expire, or that cannot be read. */
  ttlSeconds: z.nullable(z.int()),
};
const cellReadSchema = z.object({
  value: jsonValueSchema,
  ...agedSchema,
  /** Of a value in parts: the age of each, in their order. Null: it cannot be read (before Cassandra 5.0). */
  parts: z.optional(z.nullable(z.array(z.object(agedSchema)))),
});
export type CellRead = z.infer<typeof cellReadSchema>;

export const rowReadSchema = z.object({ at: timeSchema, cells: dictionarySchema(cellReadSchema) });
/** A row as it was read, without its key. */
export type RowRead = z.infer<typeof rowReadSchema>;

/** What the person saw, without ages where they were not read. Null: there was no row. */
const seenSchema = z.optional(z.nullable(jsonObjectSchema));

const change = { key: jsonObjectSchema, seen: seenSchema };

/**
 * A change of one row, by its whole primary key. Static columns belong to the partition: an update of them has the partition
 * key alone. What is seen is compared with the row as it is; without it the row as it is counts as seen.
 */
export const rowChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('update'), ...change, edits: dictionarySchema(cellEditSchema) }),
  z.strictObject({
    kind: z.literal('insert'),
    key: jsonObjectSchema,
    /** Columns without a value stay unset. */
    values: jsonObjectSchema,
    ttlSeconds: z.optional(ttlSecondsSchema),
    /** By column. */
    expiresAt: z.optional(dictionarySchema(expiresAtSchema)),
  }),
  z.strictObject({ kind: z.literal('delete'), ...change }),
  /** The row under another key, with edits on the way. */
  z.strictObject({
    kind: z.literal('move'),
    ...change,
    to: jsonObjectSchema,
    edits: z.optional(dictionarySchema(cellEditSchema)),
  }),
  /** A partition with its static columns, by the partition key alone. */
  z.strictObject({ kind: z.literal('delete_partition'), key: jsonObjectSchema }),
  /** Rows that share the clustering columns in the key, within bounds of the next one. */
  z.strictObject({
    kind: z.literal('delete_range'),
    key: jsonObjectSchema,
    from: z.optional(z.strictObject({ value: jsonValueSchema, inclusive: z.boolean() })),
    to: z.optional(z.strictObject({ value: jsonValueSchema, inclusive: z.boolean() })),
  }),
]);
export type RowChange = z.infer<typeof rowChangeSchema>;

const MUTATION_MODES = ['guarded', 'plain'] as const;

export const mutationOptionsSchema = z.strictObject({
  /** `guarded`: only while the row is as it was seen (Paxos); `plain`: the row is read and compared just before. */
  mode: z._default(z.enum(MUTATION_MODES), 'guarded'),
  consistency: z._default(consistencySchema, 'LOCAL_QUORUM'),
  serialConsistency: z._default(serialConsistencySchema, 'SERIAL'),
  /** `keep`: each cell keeps what remains of its TTL; `table`: the table's default; or seconds. */
  ttl: z._default(z.union([z.enum(['keep', 'table']), ttlSecondsSchema]), 'keep'),
  /** `row`: a statement for each row; `partition`: one batch for each partition; `logged`: one logged batch. */
  batch: z._default(z.enum(['row', 'partition', 'logged']), 'row'),
  timeoutMs: z.optional(timeoutMsSchema),
});
export type MutationOptions = z.output<typeof mutationOptionsSchema>;

export const mutationRequestSchema = z.strictObject({
  keyspace: nameSchema,
  table: nameSchema,
  changes: z.array(rowChangeSchema).check(z.minLength(1), z.maxLength(MUTATION_CHANGES)),
  options: z.optional(mutationOptionsSchema),
});
export type MutationRequest = z.input<typeof mutationRequestSchema>;

const noteSchema = z.object({
  code: z.enum([
    'paxos',
    'plain',
    'mixed_writes',
    'guard_joined',
    'not_guarded',
    'masked',
    'masked_deleted',
    'static',
    'ttl_kept',
    'ttl_none',
    'ttl_lost',
    'ttl_parts',
    'tombstone',
    'whole_collection',
    'list_index',
    'not_idempotent',
    'row_vanishes',
    'counter',
    'counter_deleted',
    'marker',
    'two_steps',
    'logged_batch',
    'range',
    'expired',
  ]),
  text: z.string(),
  column: z.optional(columnNameSchema),
});
export type MutationNote = z.infer<typeof noteSchema>;

export const plannedStatementSchema = z.object({
  /** The exact text that is sent. */
  cql: z.string(),
  /** Indices of the changes that it makes. */
  changes: z.array(z.int()),
  isConditional: z.boolean(),
  /** It is sent only if the statement with this index was applied. */
  after: z.nullable(z.int()),
  /** Its own, by which `writetime()` proves it; null where Cassandra sets it. */
  timestampMicros: z.nullable(z.string()),
  notes: z.array(noteSchema),
});

const differenceSchema = z.object({
  column: z.string(),
  seen: jsonValueSchema,
  now: jsonValueSchema,
  /** What the change would make of it; absent for a deletion. */
  wanted: z.optional(jsonValueSchema),
});
export type Difference = z.infer<typeof differenceSchema>;

const refusalSchema = z.object({
  change: z.int(),
  message: z.string(),
  /** The row is not as it was seen. Empty: it is gone, or it is there now. */
  differences: z.optional(z.array(differenceSchema)),
  /** Of a move: the row that stands at the new key. */
  target: z.optional(rowReadSchema),
});
export type MutationRefusal = z.infer<typeof refusalSchema>;

export const mutationPlanSchema = z.object({
  /** Runs it, once. Null: there is nothing to run. */
  token: z.nullable(z.string()),
  expiresAt: z.string(),
  /** What must be typed to run it; null: nothing. */
  confirmName: z.nullable(z.string()),
  consistency: consistencySchema,
  /** Null: no statement is conditional. */
  serialConsistency: z.nullable(serialConsistencySchema),
  /** The changes as they are planned, several of one row as one: what `change` counts in. */
  changes: z.array(rowChangeSchema),
  statements: z.array(plannedStatementSchema),
  /** Of all statements. */
  notes: z.array(noteSchema),
  /** Changes that no statement makes, and why. */
  refusals: z.array(refusalSchema),
  /** Each change's row as it was read for the plan; null: none. */
  rows: z.array(z.nullable(rowReadSchema)),
  /** Until `expiresAt`, for those whose clock differs from the server's. */
  expiresInMs: z.optional(z.number()),
  /** The table's `default_time_to_live`; 0: without a TTL of their own, values do not expire. */
  defaultTtlSeconds: z.optional(z.int()),
});
export type MutationPlan = z.infer<typeof mutationPlanSchema>;

export const mutationRunSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The name that the plan asks for. */
  confirmName: z.optional(z.string()),
});

/**
 * What a read after an unknown outcome found. `there`: our write time proves it; `looks_there`: an equal value, which may be
 * somebody else's; `not_there`: not yet, it may still come.
 */
const lookSchema = z.object({
  found: z.enum(['there', 'looks_there', 'not_there', 'unreadable']),
  message: z.string(),
});
export type MutationLook = z.infer<typeof lookSchema>;

/** `refused`: certainly nothing was written, and why; `not_sent`: Ringside did not send it. */
const MUTATION_OUTCOMES = [...APPLIED, 'refused', 'not_sent'] as const;

const statementOutcomeSchema = z.object({
  statement: z.int(),
  outcome: z.enum(MUTATION_OUTCOMES),
  /** What happened, why, and what to do. */
  message: z.string(),
  elapsedMs: z.number(),
  error: z.optional(apiErrorSchema),
  /** What was read afterwards, where the outcome is unknown. */
  look: z.optional(lookSchema),
  /** Whether sending the same statement again is safe. */
  mayResend: z.boolean(),
  /** Where it was not applied: the row of each change as it is now, and of a move the row that stands at the new key. */
  rows: z.optional(
    z.array(z.object({ change: z.int(), row: z.nullable(rowReadSchema), target: z.optional(rowReadSchema) })),
  ),
});
export type StatementOutcome = z.infer<typeof statementOutcomeSchema>;

const mutationEndSchema = z.object({
  elapsedMs: z.number(),
  /** Changes that undo what was applied: plan and run them like any. */
  undo: z.array(rowChangeSchema),
  /** What cannot be undone, and why. */
  notUndone: z.array(z.object({ change: z.int(), message: z.string() })),
});
export type MutationEnd = z.infer<typeof mutationEndSchema>;

/**
 * A line of POST …/mutations/run: an outcome for each statement as it ends, then `end`. A response without `end` is cut off,
 * and statements without an outcome may have been applied; the history has them.
 */
export const mutationLineSchema = z.union([
  z.object({ outcome: statementOutcomeSchema }),
  z.object({ end: mutationEndSchema }),
  z.object({ error: apiErrorSchema }),
]);
export type MutationLine = z.infer<typeof mutationLineSchema>;

/** Which run, by the token that began it. */
export const mutationStopSchema = z.strictObject({ token: z.string().check(z.minLength(1), z.maxLength(200)) });
export const mutationStoppingSchema = z.object({ stopping: z.boolean() });

export const mutationLookSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  /** Indices of statements of that run. */
  statements: z.array(z.int().check(z.minimum(0))).check(z.minLength(1), z.maxLength(2 * MUTATION_CHANGES)),
});
export const mutationLooksSchema = z.object({
  /** As they are known now; a statement without one is still under way. */
  outcomes: z.array(statementOutcomeSchema),
  /** Absent while it runs. */
  end: z.optional(mutationEndSchema),
});
export type MutationLooks = z.infer<typeof mutationLooksSchema>;
