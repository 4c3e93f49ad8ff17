import 'server-only';
import { join } from 'node:path';
import { z } from 'zod';
import { apiErrorSchema } from '@/lib/contract/errors';
import { compressionSchema, exportFormatSchema } from '@/lib/contract/exports';
import { jobStateSchema } from '@/lib/contract/jobs';
import { exportRequestSchema } from '@/lib/contract/reads';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { JOB_FILE } from '@/lib/jobs/work-state';

/** What of a job outlives the process: `job.json` in its directory. Its rows are in its checkpoint and manifest. */
const jobFileSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  cluster: z.string(),
  title: z.string(),
  statement: z.string(),
  format: exportFormatSchema,
  compression: compressionSchema,
  consistency: z.string(),
  request: exportRequestSchema,
  state: jobStateSchema,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  elapsedMs: z.number(),
  error: z.nullable(apiErrorSchema),
});
export type JobFile = z.output<typeof jobFileSchema>;

export function writeJobFile(directory: string, file: JobFile): Promise<void> {
  return writeJson(join(directory, JOB_FILE), file);
}

/** Null when there is no job. @throws CassandraFailure `storage_failed` when it cannot be understood */
export function readJobFile(directory: string): Promise<JobFile | null> {
  return readJson(join(directory, JOB_FILE), jobFileSchema);
}
