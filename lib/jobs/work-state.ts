import 'server-only';
import { z } from 'zod';

/** The files that describe work in a directory: `job.json` of a job, `checkpoint.json` while it goes on, `manifest.json`. */
export const JOB_FILE = 'job.json';
export const CHECKPOINT_FILE = 'checkpoint.json';
export const MANIFEST_FILE = 'manifest.json';

/** Nothing else is ever read, written or removed as a part. */
export const PART_NAME = /^part-\d{5,9}\.[a-z]{2,8}(\.[a-z]{2,4})?$/;

export function partName(number: number, extension: string): string {
  return `part-${String(number).padStart(5, '0')}${extension}`;
}

export const partStateSchema = z.object({
  name: z.string().regex(PART_NAME),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Of these bytes, hex. */
  sha256: z.string(),
  /** Nothing is added to it any more. */
  isComplete: z.boolean(),
});
export type PartState = z.infer<typeof partStateSchema>;

/** Where work stands: each part is exactly as long as this says. A kind of work adds its own place to it. */
export const checkpointSchema = z.object({
  version: z.literal(1),
  /** A short stand-in for all that must be the same when the work goes on. */
  terms: z.string(),
  startedAt: z.string(),
  parts: z.array(partStateSchema),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What was done, and what proves it. A kind of work adds its own facts to it. */
export const manifestSchema = z.object({
  version: z.literal(1),
  /** False: rows are missing, whatever the parts look like. */
  isComplete: z.boolean(),
  ringside: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
  warnings: z.array(z.string()),
  parts: z.array(partStateSchema.omit({ isComplete: true })),
});
export type Manifest = z.infer<typeof manifestSchema>;
