import 'server-only';
import { z } from 'zod';

/** The files that describe work in a directory: a job's `job.json`, `checkpoint.json` until complete, `manifest.json`. */
export const JOB_FILE = 'job.json';
export const CHECKPOINT_FILE = 'checkpoint.json';
export const MANIFEST_FILE = 'manifest.json';

/** No other file is ever read, written or removed as a part. */
export const PART_NAME = /^part-\d{5,9}\.[a-z]{2,8}(\.[a-z]{2,4})?$/;

export function partName(number: number, extension: string): string {
  return `part-${String(number).padStart(5, '0')}${extension}`;
}

export const partStateSchema = z.object({
  name: z.string().regex(PART_NAME),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** SHA-256 of these bytes, hex. */
  sha256: z.string(),
  /** Nothing more is added to it. */
  isComplete: z.boolean(),
});
export type PartState = z.infer<typeof partStateSchema>;

/** How far work has got: each part is exactly this long. A kind of work adds its own position. */
export const checkpointSchema = z.object({
  version: z.literal(1),
  /** A hash of everything that must be unchanged when the work resumes. */
  terms: z.string(),
  startedAt: z.string(),
  parts: z.array(partStateSchema),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

/** What was done, with proof. A kind of work adds its own facts. */
export const manifestSchema = z.object({
  version: z.literal(1),
  /** False: rows are missing, whatever the parts suggest. */
  isComplete: z.boolean(),
  ringside: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
  warnings: z.array(z.string()),
  /** Why it ended early; absent while it runs, and where a person stopped it. */
  endedBy: z.object({ code: z.string(), message: z.string() }).optional(),
  parts: z.array(partStateSchema.omit({ isComplete: true })),
});
export type Manifest = z.infer<typeof manifestSchema>;
