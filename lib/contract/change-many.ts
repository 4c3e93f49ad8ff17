import * as z from 'zod/mini';
import { consistencySchema, nameSchema, rowsPerSecondSchema, serialConsistencySchema } from './common';
import { filtersSchema } from './filters';
import { jsonObjectSchema, jsonValueSchema } from './json-schemas';
import { mutationOptionsSchema, rowChangeSchema } from './mutations';
import { costSchema } from './statements';

/**
 * Many rows changed alike: POST …/change-many counts them and shows the first statements, which writes nothing, and POST
 * …/change-many/start makes a job of it.
 */

/** What an earlier job left: `undo` takes back what it applied, `failed` tries the rows again that it did not change. */
const againSchema = z.strictObject({ job: z.uuid(), take: z.enum(['undo', 'failed']) });

const manyShape = {
  keyspace: nameSchema,
  table: nameSchema,
  /** Which rows; without filters all of the table. */
  filters: z.optional(filtersSchema),
  allowFiltering: z.optional(z.boolean()),
  /** The new value of each column, in its JSON form; null deletes it. */
  set: z.optional(jsonObjectSchema),
  /** Deletes the rows instead. */
  delete: z.optional(z.literal(true)),
  /** Each row is changed by a statement for itself, so `batch` is `row`. */
  options: z.optional(mutationOptionsSchema),
  /** The most rows a second. */
  rowsPerSecond: z.optional(rowsPerSecondSchema),
  /** `values`: the journal keeps what was there, for an undo; `none`: only which rows were changed. */
  journal: z._default(z.enum(['values', 'none']), 'values'),
};

export const changeManyRequestSchema = z
  .strictObject({ ...manyShape, again: z.optional(againSchema) })
  .check(
    z.refine(
      ({ set, delete: isDelete, again, filters }) =>
        [set, isDelete, again].filter((one) => one !== undefined).length === 1 &&
        (again === undefined || filters === undefined),
      'say either what to set, or delete: true, or again, which has its rows from a job and takes no filters',
    ),
  );
export type ChangeManyRequest = z.input<typeof changeManyRequestSchema>;

/** How many rows there are, as far as they were counted. */
const boundedCountSchema = z.object({
  rows: z.int(),
  /** False: the count stopped at its limit, so there are at least this many. */
  isComplete: z.boolean(),
  /** When it was taken: rows come and go after it. */
  at: z.string(),
});
export type BoundedCount = z.infer<typeof boundedCountSchema>;

const shownRowSchema = z.object({
  key: jsonObjectSchema,
  /** The exact text that would be sent now; null: none, see `message`. */
  cql: z.nullable(z.string()),
  /** The old values of the columns that change, as they were read. */
  before: jsonObjectSchema,
  /** Why the row is left alone. */
  message: z.optional(z.string()),
});
export type ShownManyRow = z.infer<typeof shownRowSchema>;

export const changeManyPlanSchema = z.object({
  /** Starts the job, once. Null: there is nothing to change. */
  token: z.nullable(z.string()),
  expiresAt: z.string(),
  /** What must be typed to start it; null: nothing. */
  confirmName: z.nullable(z.string()),
  /** The statement for each row, with `?` for what differs. */
  statement: z.string(),
  /** How the rows are found: a SELECT, or the file of a job. */
  read: z.string(),
  /** Of finding the rows; null: they come from a file. */
  cost: z.nullable(costSchema),
  counted: boundedCountSchema,
  /** The first rows, with the statements that would run for them now; those of the job are made when it reads each row. */
  first: z.array(shownRowSchema),
  /** What the statements cost, risk and leave open. */
  notes: z.array(z.string()),
  consistency: consistencySchema,
  serialConsistency: z.nullable(serialConsistencySchema),
});
export type ChangeManyPlan = z.infer<typeof changeManyPlanSchema>;

export const changeManyStartSchema = z.strictObject({
  token: z.string().check(z.minLength(1), z.maxLength(200)),
  /** The name that the plan asks for. */
  confirmName: z.optional(z.string()),
});

/** A range or a partition that a deletion would cover. */
export const deletionCountRequestSchema = z.strictObject({
  keyspace: nameSchema,
  table: nameSchema,
  change: rowChangeSchema.check(
    z.refine(
      ({ kind }) => kind === 'delete_range' || kind === 'delete_partition',
      'only deletions of ranges and partitions',
    ),
  ),
});

export const deletionCountSchema = z.object({
  ...boundedCountSchema.shape,
  /** The read that was counted. */
  statement: z.string(),
  consistency: consistencySchema,
  /** Static values of the partition, which go with it; null: the deletion leaves them, or there are none. */
  statics: z.nullable(z.record(z.string(), jsonValueSchema)),
});
export type DeletionCount = z.infer<typeof deletionCountSchema>;
