import * as z from 'zod/mini';
import { apiErrorSchema } from './errors';
import { compressionSchema, exportFormatSchema } from './exports';
import { scanProgressSchema } from './scans';

/** Work that runs on the server and writes into a directory there. It survives a restart of Ringside. */

/**
 * `waiting`: others run first. `running`. `paused`: by a person, or by a restart in between. `failed`: see `error`; what
 * was written stays, and it can be resumed. `complete`, `cancelled`: for good.
 */
export const JOB_STATES = ['waiting', 'running', 'paused', 'failed', 'complete', 'cancelled'] as const;
export const jobStateSchema = z.enum(JOB_STATES);
export type JobState = z.infer<typeof jobStateSchema>;

export const jobPartSchema = z.object({
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
  title: z.string(),
  statement: z.string(),
  consistency: z.string(),
  /** Of an export's files, which always has both. */
  format: z.optional(exportFormatSchema),
  compression: z.optional(compressionSchema),
});
export type JobDescription = z.infer<typeof jobDescriptionSchema>;

export const jobSchema = z.object({
  ...jobDescriptionSchema.shape,
  id: z.string(),
  /** What it does: `export`. */
  kind: z.string(),
  cluster: z.string(),
  /** On the server. */
  directory: z.string(),
  state: jobStateSchema,
  rows: z.int(),
  bytes: z.int(),
  parts: z.array(jobPartSchema),
  createdAt: z.string(),
  startedAt: z.nullable(z.string()),
  endedAt: z.nullable(z.string()),
  /** Of running, all runs together. */
  elapsedMs: z.number(),
  error: z.nullable(apiErrorSchema),
  /** Null until it has run since Ringside was started. */
  scan: z.nullable(scanProgressSchema),
});
export type Job = z.infer<typeof jobSchema>;

/** Will it change without anybody's doing? */
export function isActive({ state }: Pick<Job, 'state'>): boolean {
  return state === 'waiting' || state === 'running';
}

export const jobsResponseSchema = z.object({ jobs: z.array(jobSchema), directory: z.string() });
/** `POST /api/jobs/{id}`. */
export const jobActionSchema = z.strictObject({ action: z.enum(['pause', 'resume', 'cancel']) });
export type JobAction = z.infer<typeof jobActionSchema>['action'];
