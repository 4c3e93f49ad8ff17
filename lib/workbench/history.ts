import * as z from 'zod/mini';

/** How a run ended. `paused`: rows arrived and there are more. */
const RUN_OUTCOMES = ['complete', 'paused', 'stopped', 'failed', 'done', 'schema_change'] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

const historyEntrySchema = z.object({
  id: z.string(),
  statement: z.string(),
  keyspace: z.nullable(z.string()),
  /** When it was started, ISO 8601 UTC. */
  at: z.string(),
  outcome: z.enum(RUN_OUTCOMES),
  /** Rows that reached the page. */
  rows: z.int(),
  elapsedMs: z.number(),
  /** What went wrong, when it failed. */
  message: z.optional(z.string()),
});
export type HistoryEntry = z.infer<typeof historyEntrySchema>;

/** Newest first. */
export const historySchema = z.array(historyEntrySchema);
export type History = z.infer<typeof historySchema>;

export const HISTORY_LIMIT = 200;
/** Statements beyond this many characters are run but not kept: a browser stores about 5 MB for a site. */
export const HISTORY_STATEMENT_LIMIT = 20_000;

export type HistoryAction =
  /** A run; the same id again replaces its entry (a paused result was read on). */
  { type: 'record'; entry: HistoryEntry } | { type: 'remove'; id: string } | { type: 'clear' };

export function historyReducer(history: History, action: HistoryAction): History {
  switch (action.type) {
    case 'record':
      return recorded(history, action.entry);
    case 'remove':
      return history.filter(({ id }) => id !== action.id);
    case 'clear':
      return [];
    default:
      return action satisfies never;
  }
}

/** The runs whose statement, keyspace or error contains every word of `search`, ignoring case. */
export function searchHistory(history: History, search: string): History {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return history;
  return history.filter(({ statement, keyspace, message }) => {
    const text = `${statement} ${keyspace ?? ''} ${message ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function recorded(history: History, entry: HistoryEntry): History {
  if (entry.statement.length > HISTORY_STATEMENT_LIMIT) return history;
  const known = history.some(({ id }) => id === entry.id);
  if (known) return history.map((existing) => (existing.id === entry.id ? entry : existing));
  return [entry, ...history].slice(0, HISTORY_LIMIT);
}
