import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { JobPart, ManyCounts } from '@/lib/contract/jobs';
import { readJson } from '@/lib/jobs/atomic-file';
import type { PartsDone } from '@/lib/jobs/work-directory';
import { readCheckpoint } from '@/lib/jobs/work-directory';
import { checkpointSchema, MANIFEST_FILE, manifestSchema } from '@/lib/jobs/work-state';
import { FAILED_FILE, JOURNAL_FILE, metRows, NOTHING } from './journal';
import { type ManyRequest, manyRequestSchema } from './request';

const count = z.number().int();
const countsSchema = z.object({
  applied: count,
  unchanged: count,
  notApplied: count,
  refused: count,
  unknown: count,
}) satisfies z.ZodType<ManyCounts>;

const fileSchema = z.object({ bytes: count, lines: count });

/** How far a change of many rows has got. The journal may be longer: what was sent since is in it. */
export const manyStateSchema = checkpointSchema.extend({
  /** The scan's checkpoint, or the lines done of a file of rows; null before the first. */
  scan: z.string().nullable(),
  line: count,
  /** Number of the next row in the journal. */
  next: count,
  counts: countsSchema,
  /** Keys of rows that are done although the scan may find them again: a resumed scan cuts its pages elsewhere. */
  met: z.array(z.string()),
  journal: fileSchema,
  failed: fileSchema,
});
export type ManyState = z.output<typeof manyStateSchema>;

export function begin(terms: string): ManyState {
  const none = { bytes: 0, lines: 0 };
  const startedAt = new Date().toISOString();
  return {
    version: 1,
    terms,
    startedAt,
    parts: [],
    scan: null,
    line: 0,
    next: 0,
    counts: NOTHING,
    met: [],
    journal: none,
    failed: none,
  };
}

/** What may not differ when a job resumes; in the order of the schema, as a request read from a file is. */
export function termsOf(request: ManyRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(manyRequestSchema.parse(request)))
    .digest('base64url');
}

const filesSchema = z.array(z.object({ name: z.string(), rows: count, bytes: count, sha256: z.string() }));
/** `parts` is empty: those are cut to the checkpoint, and a journal must never be. */
const manyManifestSchema = manifestSchema.extend({ counts: countsSchema, files: filesSchema });

/** How much of a job that is not running is done. */
export async function readManyStanding(directory: string): Promise<PartsDone> {
  const state = await readCheckpoint(directory, manyStateSchema);
  if (state !== null) return standingOf(state.counts, filesOf(state.journal, state.failed));
  const manifest = await readJson(join(directory, MANIFEST_FILE), manyManifestSchema);
  return manifest === null ? standingOf(NOTHING, []) : standingOf(manifest.counts, manifest.files);
}

interface Length {
  readonly bytes: number;
  readonly lines: number;
}

export function filesOf(journal: Length, failed: Length): JobPart[] {
  const fileOf = (name: string, { bytes, lines }: Length): JobPart => ({ name, bytes, rows: lines, sha256: null });
  return [fileOf(JOURNAL_FILE, journal), fileOf(FAILED_FILE, failed)];
}

export function standingOf(counts: ManyCounts, parts: readonly JobPart[]): PartsDone {
  return { rows: metRows(counts), bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts, changes: counts };
}
