import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { compareRequestSchema } from '@/lib/contract/compare';
import { type Compared, comparedSchema } from '@/lib/contract/move-counts';
import { readJson } from '@/lib/jobs/atomic-file';
import { type PartsDone, readCheckpoint } from '@/lib/jobs/work-directory';
import { MANIFEST_FILE, manifestSchema } from '@/lib/jobs/work-state';
import { type CompareState, type CompareWork, compareStateSchema } from './request';

/** In the job's directory: a line for each row that is not the same, with its key. */
export const DIFFERENCES_FILE = 'differences.ndjson';

export const NOTHING: Compared = {
  ...{ sourceRows: 0, targetRows: 0, equal: 0, missing: 0, extra: 0, different: 0, kept: 0 },
};

export function beginState(terms: string): CompareState {
  return {
    version: 1,
    terms,
    startedAt: new Date().toISOString(),
    parts: [],
    ranges: [],
    truncations: { source: {}, target: {} },
    counts: NOTHING,
    file: { bytes: 0, lines: 0 },
  };
}

/** What may not differ when a comparison resumes; in the order of the schema, as a request read from a file is. */
export function termsOf(clusters: readonly string[], request: CompareWork): string {
  const text = JSON.stringify([clusters, z.parse(compareRequestSchema, request)]);
  return createHash('sha256').update(text).digest('base64url');
}

const count = z.number().int();
const filesSchema = z.array(z.object({ name: z.string(), rows: count, bytes: count, sha256: z.string() }));
const compareManifestSchema = manifestSchema.extend({ counts: comparedSchema, files: filesSchema });

/** How much of a comparison that is not running is done. */
export async function readCompareStanding(directory: string): Promise<PartsDone> {
  const state = await readCheckpoint(directory, compareStateSchema);
  if (state !== null) {
    const { bytes, lines } = state.file;
    return standingOf(state.counts, [{ name: DIFFERENCES_FILE, rows: lines, bytes, sha256: null }]);
  }
  const manifest = await readJson(join(directory, MANIFEST_FILE), compareManifestSchema);
  return manifest === null ? standingOf(NOTHING, []) : standingOf(manifest.counts, manifest.files);
}

export function standingOf(compared: Compared, parts: PartsDone['parts']): PartsDone {
  const rows = compared.sourceRows + compared.targetRows;
  return { rows, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts, compared };
}
