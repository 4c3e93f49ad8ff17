import 'server-only';
import { join } from 'node:path';
import { z } from 'zod';
import type { ManyCounts } from '@/lib/contract/jobs';
import { rowChangeSchema, rowReadSchema } from '@/lib/contract/mutations';

/** In a job's directory: what was there, what was sent and how it ended; the rows that were not changed; rows of another job. */
export const JOURNAL_FILE = 'journal.ndjson';
export const FAILED_FILE = 'failed.ndjson';
export const ROWS_FILE = 'rows.ndjson';

export const OUTCOMES = ['applied', 'not_applied', 'refused', 'unknown'] as const;

/** Written and synced before its statement is sent. */
const intentSchema = z.object({
  n: z.number().int(),
  change: rowChangeSchema,
  /** The cells that change, or the whole row of a deletion, as they were read. Absent: the journal keeps no values. */
  before: z.nullable(rowReadSchema).optional(),
  /** As it was sent. */
  cql: z.string(),
  timestampMicros: z.string().nullable(),
});
export type Intent = z.output<typeof intentSchema>;

const endSchema = z.object({
  n: z.number().int(),
  /** `not_sent`: the row is met again. */
  outcome: z.enum([...OUTCOMES, 'not_sent']),
  message: z.string(),
  mayResend: z.boolean(),
});
export type End = z.output<typeof endSchema>;

/** What a journal begins with. */
export const headSchema = z.object({
  journal: z.literal(1),
  cluster: z.string(),
  keyspace: z.string(),
  table: z.string(),
  statement: z.string(),
  startedAt: z.string(),
});

export const journalLineSchema = z.union([endSchema, intentSchema, headSchema]);

/** A row that was not changed, and why: such a file can be run again. */
export const failedLineSchema = z.object({
  change: rowChangeSchema,
  outcome: z.enum(OUTCOMES),
  message: z.string(),
  /** Sending it again cannot write twice. */
  mayResend: z.boolean(),
});
export type FailedLine = z.output<typeof failedLineSchema>;

/** A row of an earlier job to be changed; with a message it is only passed on to this job's file of failed rows. */
export const rowLineSchema = z.object({ change: rowChangeSchema, message: z.string().optional() });
export type RowLine = z.output<typeof rowLineSchema>;

export const NOTHING: ManyCounts = { applied: 0, unchanged: 0, notApplied: 0, refused: 0, unknown: 0 };

const FIELDS = {
  applied: 'applied',
  not_applied: 'notApplied',
  refused: 'refused',
  unknown: 'unknown',
} as const satisfies Record<(typeof OUTCOMES)[number], keyof ManyCounts>;

export function counted(counts: ManyCounts, outcome: (typeof OUTCOMES)[number] | 'unchanged', rows = 1): ManyCounts {
  const field = outcome === 'unchanged' ? outcome : FIELDS[outcome];
  return { ...counts, [field]: counts[field] + rows };
}

export function metRows(counts: ManyCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

export function pathIn(directory: string, name: typeof JOURNAL_FILE | typeof FAILED_FILE | typeof ROWS_FILE): string {
  return join(directory, name);
}
