import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type SparkProgress, sparkProgressSchema } from '@/lib/contract/spark-progress';
import { readJson } from '@/lib/jobs/atomic-file';
import { type PartsDone, readCheckpoint } from '@/lib/jobs/work-directory';
import { checkpointSchema, MANIFEST_FILE, manifestSchema } from '@/lib/jobs/work-state';
import { NOTHING_SAID } from './events';
import type { SparkWork } from './request';

const handleSchema = z.discriminatedUnion('by', [
  z.object({ by: z.literal('process'), pid: z.number().int(), startedAt: z.string() }),
  z.object({ by: z.literal('rest'), submission: z.string() }),
]);

/**
 * `planned`: nothing has started. `starting`: it may have. `started`: the handle finds it. `over`: it ended, and did not
 * do all.
 */
export const sparkStateSchema = checkpointSchema.extend({
  phase: z.enum(['planned', 'starting', 'started', 'over']),
  handle: handleSchema.nullable(),
  rows: z.number().int(),
  /** Written so far, as Spark counts it. */
  bytes: z.number().int().default(0),
  progress: sparkProgressSchema,
});
export type SparkState = z.output<typeof sparkStateSchema>;

export function begin(terms: string): SparkState {
  return {
    ...{ version: 1, terms, startedAt: new Date().toISOString(), parts: [] },
    ...{ phase: 'planned', handle: null, rows: 0, bytes: 0 },
    progress: NOTHING_SAID.progress,
  };
}

export function termsOf(work: SparkWork): string {
  return createHash('sha256').update(JSON.stringify(work)).digest('base64url');
}

const sparkManifestSchema = manifestSchema.extend({ spark: sparkProgressSchema });

/** How much of a job that is not running is done. */
export async function readSparkStanding(directory: string): Promise<PartsDone> {
  const state = await readCheckpoint(directory, sparkStateSchema);
  if (state !== null) return standingOf(state, [], state.progress);
  const manifest = await readJson(join(directory, MANIFEST_FILE), sparkManifestSchema);
  if (manifest === null) return standingOf({ rows: 0, bytes: 0 }, [], NOTHING_SAID.progress);
  return standingOf(manifest, manifest.parts, manifest.spark);
}

export function standingOf(
  { rows, bytes }: Pick<PartsDone, 'rows' | 'bytes'>,
  parts: PartsDone['parts'],
  spark: SparkProgress,
): PartsDone {
  return { rows, bytes, parts, spark };
}
