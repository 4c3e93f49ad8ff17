import 'server-only';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { type Copied, copiedSchema } from '@/lib/contract/move-counts';
import { readJson } from '@/lib/jobs/atomic-file';
import { type PartsDone, readCheckpoint } from '@/lib/jobs/work-directory';
import { MANIFEST_FILE, manifestSchema } from '@/lib/jobs/work-state';
import { FAILED_FILE } from './failed';
import { type CopyState, type CopyWork, copyStateSchema, copyWorkSchema } from './request';

const NOTHING: Copied = {
  ...{ read: 0, applied: 0, refused: 0, unknown: 0, skipped: 0, merged: 0 },
  ...{ readBack: null, compared: null },
};

export function beginState(terms: string): CopyState {
  const now = new Date();
  return {
    version: 1,
    terms,
    startedAt: now.toISOString(),
    parts: [],
    micros: String(BigInt(now.getTime()) * 1_000n),
    runs: 0,
    phase: 'create',
    scan: null,
    line: 0,
    counts: NOTHING,
    ranges: [],
    failed: { bytes: 0, lines: 0 },
  };
}

/** What may not differ when a copy resumes; in the order of the schema, as a request read from a file is. */
export function termsOf(cluster: string, work: CopyWork): string {
  const text = JSON.stringify([cluster, copyWorkSchema.parse(work)]);
  return createHash('sha256').update(text).digest('base64url');
}

const count = z.number().int();
const filesSchema = z.array(z.object({ name: z.string(), rows: count, bytes: count, sha256: z.string() }));
const copyManifestSchema = manifestSchema.extend({ counts: copiedSchema, files: filesSchema });

/** How much of a copy that is not running is done. */
export async function readCopyStanding(directory: string): Promise<PartsDone> {
  const state = await readCheckpoint(directory, copyStateSchema);
  if (state !== null) {
    const { bytes, lines } = state.failed;
    return standingOf(state.counts, [{ name: FAILED_FILE, rows: lines, bytes, sha256: null }]);
  }
  const manifest = await readJson(join(directory, MANIFEST_FILE), copyManifestSchema);
  return manifest === null ? standingOf(NOTHING, []) : standingOf(manifest.counts, manifest.files);
}

export function standingOf(copied: Copied, parts: PartsDone['parts']): PartsDone {
  return { rows: copied.read, bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts, copied };
}
