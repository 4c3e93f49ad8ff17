import * as z from 'zod/mini';

/** How a run ended. `paused`: rows arrived and there are more. */
const RUN_OUTCOMES = ['complete', 'paused', 'stopped', 'failed', 'done', 'schema_change'] as const;
const runOutcomeSchema = z.enum(RUN_OUTCOMES);
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

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
  outcome: runOutcomeSchema,
  /** Rows in the first response; reading on adds none here. */
  rows: z.int(),
  elapsedMs: z.number(),
  /** What went wrong, when it failed. */
  message: z.optional(z.string()),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** In a list, `statement` is only the beginning of a long one. */
const listedEntrySchema = z.extend(historyEntrySchema, {
  /** Of the whole statement. */
  characters: z.int(),
});
export type ListedEntry = z.infer<typeof listedEntrySchema>;

export const historyRequestSchema = z.strictObject({
  /** Words that must all occur in statement, keyspace or error, ignoring case. */
  search: z.optional(z.string().check(z.maxLength(200))),
  outcome: z.optional(runOutcomeSchema),
  keyspace: z.optional(z.string().check(z.maxLength(256))),
  writesOnly: z.optional(z.boolean()),
  /** The id of an entry: those before it. */
  before: z.optional(z.string().check(z.maxLength(64))),
});
export type HistoryRequest = z.input<typeof historyRequestSchema>;
/** Newest first. */
export const historyResponseSchema = z.object({ entries: z.array(listedEntrySchema), hasMore: z.boolean() });
export type HistoryResponse = z.infer<typeof historyResponseSchema>;
