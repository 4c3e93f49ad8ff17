import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { JobPart } from '@/lib/contract/jobs';
import { type LoadStanding, loadStandingSchema } from '@/lib/contract/load-standing';
import { readJson } from '@/lib/jobs/atomic-file';
import { type PartsDone, readCheckpoint } from '@/lib/jobs/work-directory';
import { checkpointSchema, MANIFEST_FILE, manifestSchema } from '@/lib/jobs/work-state';
import { type LoadJobRequest, loadJobRequestSchema } from './job-request';

const count = z.number().int();

/** Each record is in one of these, once. */
const countsSchema = z.object({ written: count, bad: count, refused: count, unknown: count });
export type LoadCounts = z.output<typeof countsSchema>;

const NO_ROWS: LoadCounts = { written: 0, bad: 0, refused: 0, unknown: 0 };

const fileStateSchema = z.object({
  name: z.string(),
  bytes: count,
  lines: count,
  /** SHA-256 of the header in it; null: it has none. */
  header: z.string().nullable(),
});
export type FailedFile = z.output<typeof fileStateSchema>;

const inputSchema = z.object({ name: z.string(), bytes: count, records: count, sha256: z.string() });

const foundSchema = z.object({ rows: count, equal: count, different: count, missing: count, overwritten: count });

export const NOTHING_FOUND: z.output<typeof foundSchema> = {
  rows: 0,
  equal: 0,
  different: 0,
  missing: 0,
  overwritten: 0,
};

/** How far all rows have been found again. */
const fullStateSchema = z.object({
  /** Bytes of the files with the rows by token. */
  files: z.array(count),
  /** Of the ranges of these files, those that were compared. */
  done: z.array(count),
  /** In them. */
  found: foundSchema,
});
export type FullState = z.output<typeof fullStateSchema>;

/** How far a load has got: what is before this place has been counted, what is after it has not. */
export const loadStateSchema = checkpointSchema.extend({
  doing: loadStandingSchema.shape.doing,
  /** Write time of the first record; each later one has a later time, so that of equal keys the last one remains. */
  baseMicros: z.string(),
  /** The file that is read, and how many of its records are done. */
  file: count,
  records: count,
  /**
   * Records up to this one, of all files, may have been sent. Only kept where a row must not be sent twice: its list would have
   * its elements twice, and its write time is not ours to change.
   */
  reserved: count,
  counts: countsSchema,
  /** Files that were read to their end. */
  inputs: z.array(inputSchema),
  failed: z.array(fileStateSchema),
  reasons: z.object({ bytes: count, lines: count }),
  /** Null: all rows are not looked for, or not yet. */
  readBack: z.nullable(fullStateSchema).default(null),
});
export type LoadState = z.output<typeof loadStateSchema>;

export function begin(terms: string, baseMicros: bigint): LoadState {
  return {
    ...{ version: 1, terms, startedAt: new Date().toISOString(), parts: [], doing: 'writing' },
    ...{ baseMicros: String(baseMicros), file: 0, records: 0, reserved: 0, counts: NO_ROWS, inputs: [], failed: [] },
    ...{ reasons: { bytes: 0, lines: 0 }, readBack: null },
  };
}

/** What may not differ when a load resumes; in the order of the schema, as a request read from a file is. */
export function termsOf(request: LoadJobRequest): string {
  return createHash('sha256')
    .update(JSON.stringify(loadJobRequestSchema.parse(request)))
    .digest('base64url');
}

/** Records that have ended. */
export function ended({ written, bad, refused, unknown }: LoadCounts): number {
  return written + failedOf({ written, bad, refused, unknown });
}

export function failedOf({ bad, refused, unknown }: LoadCounts): number {
  return bad + refused + unknown;
}

export const REASONS_FILE = 'reasons.ndjson';

export function filesOf({ failed, reasons }: Pick<LoadState, 'failed' | 'reasons'>): JobPart[] {
  const fileOf = (name: string, { bytes, lines }: { bytes: number; lines: number }): JobPart => ({
    ...{ name, bytes, rows: lines, sha256: null },
  });
  return [
    ...failed.map((file) => fileOf(file.name, file)),
    ...(reasons.lines > 0 ? [fileOf(REASONS_FILE, reasons)] : []),
  ];
}

export const loadManifestSchema = manifestSchema.extend({
  load: loadStandingSchema,
  /** Every record is in the table, and was found there as far as that was asked for. */
  isAllWritten: z.boolean(),
  inputs: z.array(inputSchema),
  files: z.array(z.object({ name: z.string(), rows: count, bytes: count, sha256: z.string() })),
});

/** How much of a load that is not running is done. */
export async function readLoadStanding(directory: string): Promise<PartsDone> {
  const state = await readCheckpoint(directory, loadStateSchema);
  if (state !== null) return partsDone(standingOf(state, state.counts), filesOf(state));
  const manifest = await readJson(join(directory, MANIFEST_FILE), loadManifestSchema);
  if (manifest !== null) return partsDone(manifest.load, manifest.files);
  return { rows: 0, bytes: 0, parts: [] };
}

export function partsDone(load: LoadStanding, parts: readonly JobPart[]): PartsDone {
  return { rows: ended(load), bytes: load.bytes, parts, load };
}

/** Of a load that does not run. */
export function standingOf(state: LoadState, counts: LoadCounts): LoadStanding {
  return {
    ...{ doing: state.doing, read: ended(counts), ...counts },
    bytes: state.inputs.reduce((sum, { bytes }) => sum + bytes, 0),
    ...{ totalBytes: null, rowsPerSecond: null, verified: null },
  };
}
