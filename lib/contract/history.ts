import * as z from 'zod/mini';
import { APPLIED } from './applied';
import { nameSchema } from './common';
import { MOST_STATEMENT_CHARACTERS } from './limits';
import { RUN_ENDS, RUN_OUTCOMES } from './run-ends';

/** One run of a statement, as the server saw it. */
export const historyEntrySchema = z.object({
  id: z.string(),
  /** When it was sent, ISO 8601 UTC. */
  at: z.string(),
  /** The id of the principal. */
  who: z.string(),
  /** Without passwords. */
  statement: z.string(),
  /** A password was taken out of it, so it cannot run as it is. */
  isRedacted: z.boolean(),
  /** Chosen for names without one. */
  keyspace: z.nullable(z.string()),
  consistency: z.string(),
  isWrite: z.boolean(),
  /** The scope of its cost, by the schema at that time. */
  cost: z.string(),
  outcome: z.enum(RUN_OUTCOMES),
  /** Rows in the first response; reading on adds none here. */
  rows: z.int(),
  elapsedMs: z.number(),
  /** What went wrong, when it failed. */
  message: z.optional(z.string()),
  /** What became of a change; absent for a read, and in entries of earlier versions. */
  applied: z.optional(z.enum(APPLIED)),
  /** The schedule that started it. */
  schedule: z.optional(z.string()),
  /** It ran for each row of a list: how its rows ended, as far as the run was followed. */
  list: z.optional(z.object({ rows: z.int(), done: z.int(), notApplied: z.int(), refused: z.int(), unknown: z.int() })),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** In a list, `statement` is only the beginning of a long one. */
const listedEntrySchema = z.extend(historyEntrySchema, {
  /** Of the whole statement. */
  characters: z.int(),
});
export type ListedEntry = z.infer<typeof listedEntrySchema>;

export const historyRequestSchema = z.strictObject({
  /** Words that must all occur in statement, keyspace, error, schedule or the id of who ran it, ignoring case. */
  search: z.optional(z.string().check(z.maxLength(200))),
  outcome: z.optional(z.enum(RUN_ENDS)),
  keyspace: z.optional(z.string().check(z.maxLength(256))),
  writesOnly: z.optional(z.boolean()),
  /** The scope of the cost. */
  cost: z.optional(z.string().check(z.maxLength(64))),
  /** Sent at this time or later, ISO 8601 UTC. */
  since: z.optional(
    z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, 'a time such as 2026-11-29T06:00:00Z')),
  ),
  /** The id of an entry: those before it. */
  before: z.optional(z.string().check(z.maxLength(64))),
});
export type HistoryRequest = z.input<typeof historyRequestSchema>;
/** Newest first. */
export const historyResponseSchema = z.object({ entries: z.array(listedEntrySchema), hasMore: z.boolean() });
export type HistoryResponse = z.infer<typeof historyResponseSchema>;

/** Runs of exactly one statement, which may be too long for an address. */
export const lastRunsRequestSchema = z.strictObject({
  statement: z.string().check(z.minLength(1), z.maxLength(MOST_STATEMENT_CHARACTERS)),
  /** As it was chosen for names without one. */
  keyspace: z.nullable(nameSchema),
});
export type LastRunsRequest = z.infer<typeof lastRunsRequestSchema>;

const lastRunSchema = z.pick(historyEntrySchema, {
  id: true,
  at: true,
  outcome: true,
  rows: true,
  elapsedMs: true,
  applied: true,
});
export type LastRun = z.infer<typeof lastRunSchema>;
/** Newest first. */
export const lastRunsResponseSchema = z.object({ runs: z.array(lastRunSchema) });
export type LastRunsResponse = z.infer<typeof lastRunsResponseSchema>;
