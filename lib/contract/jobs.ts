import * as z from 'zod/mini';
import { rowsPerSecondSchema } from './common';
import { compressionSchema, exportFormatSchema } from './exports';
import { loadStandingSchema } from './load-standing';
import { comparedSchema, copiedSchema } from './move-counts';
import { sparkProgressSchema } from './spark-progress';
import { type TransferState, transferShape } from './transfers';

/** Work that runs on the server and writes into a directory there. It survives a restart of Ringside. */

/**
 * `waiting`: others run first. `running`. `paused`: by a person, or by a restart in between. `failed`: see `error`; what
 * was written stays, and it can be resumed. `complete`, `cancelled`: for good.
 */
export const JOB_STATES = [
  'waiting',
  'running',
  'paused',
  'failed',
  'complete',
  'cancelled',
] as const satisfies readonly TransferState[];
export const jobStateSchema = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobStateSchema>;

const jobPartSchema = z.object({
  /** The file's name in the job's directory. */
  name: z.string(),
  rows: z.int(),
  bytes: z.int(),
  /** Hex; null until the part is complete. */
  sha256: z.nullable(z.string()),
});
export type JobPart = z.infer<typeof jobPartSchema>;

/** What a job's kind says of it before it runs. */
export const jobDescriptionSchema = z.object({
  title: transferShape.title,
  statement: transferShape.statement,
  consistency: z.string(),
  /** Of an export's files, which always has both. */
  format: z.optional(exportFormatSchema),
  compression: z.optional(compressionSchema),
  /** Of a job that changes many rows: its table, and how its statements are written. */
  changed: z.optional(z.object({ keyspace: z.string(), table: z.string(), mode: z.enum(['guarded', 'plain']) })),
  /** Of a job that copies rows: where to. */
  copiedTo: z.optional(z.object({ cluster: z.string(), keyspace: z.string(), table: z.string() })),
  /** Of a job that loads files: the table. */
  loaded: z.optional(z.object({ keyspace: z.string(), table: z.string() })),
});
export type JobDescription = z.infer<typeof jobDescriptionSchema>;

/** How the rows of a job that changes many ended so far. */
const manyCountsSchema = z.object({
  applied: z.int(),
  /** They had these values already, so nothing was sent. */
  unchanged: z.int(),
  /** Somebody else changed them meanwhile. */
  notApplied: z.int(),
  /** Certainly not written, and why is in the file of failed rows. */
  refused: z.int(),
  /** May have been written. */
  unknown: z.int(),
});
export type ManyCounts = z.infer<typeof manyCountsSchema>;

/** The schedule that started a job, and which of its runs it is. Another schedule may have its name by now, never its id. */
export const jobScheduleSchema = z.object({ id: z.string(), name: z.string(), run: z.string() });

export const jobSchema = z.object({
  ...transferShape,
  ...jobDescriptionSchema.shape,
  /** What it does: `export`, `change`, `load`, `copy`, `compare`, `spark`. */
  kind: z.string(),
  /** On the server. */
  directory: z.string(),
  state: jobStateSchema,
  parts: z.array(jobPartSchema),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  changes: z.optional(manyCountsSchema),
  /** The most rows a second; null: as fast as the cluster takes. Absent: this job has no rate. */
  maxRowsPerSecond: z.optional(z.nullable(z.int())),
  load: z.optional(loadStandingSchema),
  /** Absent: a person started it. */
  schedule: z.optional(jobScheduleSchema),
  /** Why its person may neither go on with it nor take its files: a right that they lack by now. Absent: none. */
  withheld: z.optional(z.string()),
  /** Of a job that runs on Spark. */
  spark: z.optional(sparkProgressSchema),
  /** Of a job that compares two tables. */
  compared: z.optional(comparedSchema),
  /** Of a job that copies rows. */
  copied: z.optional(copiedSchema),
});
export type Job = z.infer<typeof jobSchema>;

export const jobsResponseSchema = z.object({ jobs: z.array(jobSchema), directory: z.string() });
/** `POST /api/jobs/{id}`. */
const jobStepSchema = z.enum(['pause', 'resume', 'cancel']);
export type JobAction = z.infer<typeof jobStepSchema>;

export const jobActionSchema = z.discriminatedUnion('action', [
  z.strictObject({ action: jobStepSchema }),
  /** Holds from now on, also while it runs. */
  z.strictObject({ action: z.literal('rate'), maxRowsPerSecond: z.nullable(rowsPerSecondSchema) }),
]);
