import 'server-only';
import { join } from 'node:path';
import { z } from 'zod';
import { apiErrorSchema } from '@/lib/contract/errors';
import { type JobDescription, jobDescriptionSchema, jobScheduleSchema, jobStateSchema } from '@/lib/contract/jobs';
import { ANONYMOUS } from '@/lib/contract/principal';
import { grantedSchema } from '@/lib/rights/granted';
import { readJson, writeJson } from './atomic-file';
import { JOB_FILE } from './work-state';

/** Old files have no kind: every job was an export. */
const FIRST_KIND = 'export';

/**
 * What outlives the process of a job: `job.json` in its directory. Its rows are in its checkpoint and manifest. Fields
 * that this version does not know, of a kind or a later version, stay in the file.
 */
const jobFileSchema = z.looseObject({
  version: z.literal(1),
  id: z.string(),
  kind: z.string().default(FIRST_KIND),
  /** The principal's id; old files have no owner. */
  owner: z.string().default(ANONYMOUS.id),
  /** Their name when they created it; absent where nobody signed in. */
  ownerName: z.string().optional(),
  cluster: z.string(),
  title: z.string(),
  statement: z.string(),
  consistency: z.string(),
  request: z.unknown(),
  state: jobStateSchema,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  elapsedMs: z.number(),
  error: z.nullable(apiErrorSchema),
  maxRowsPerSecond: z.number().int().nullable().optional(),
  /** Absent where nobody signed in, and in old files. */
  granted: z.optional(grantedSchema),
  schedule: z.optional(jobScheduleSchema),
  /** The id under which a second person approved it. */
  approval: z.string().optional(),
});
export type JobFile = z.output<typeof jobFileSchema>;

/** Its kind's description of it, as far as this version knows the fields. */
export function descriptionIn(file: JobFile): JobDescription {
  const { title, statement, consistency } = file;
  return jobDescriptionSchema.safeParse(file).data ?? { title, statement, consistency };
}

export function writeJobFile(directory: string, file: JobFile): Promise<void> {
  return writeJson(join(directory, JOB_FILE), file);
}

/** Null if there is no job. @throws Failure `storage_failed` when it is not valid */
export function readJobFile(directory: string): Promise<JobFile | null> {
  return readJson(join(directory, JOB_FILE), jobFileSchema);
}
