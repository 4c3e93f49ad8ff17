import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Compression } from '@/lib/contract/exports';
import * as directory from '@/lib/jobs/work-directory';
import { checkpointSchema, manifestSchema as commonManifestSchema, partStateSchema } from '@/lib/jobs/work-state';
import type { FileFormat } from '@/lib/wire/row-writer';

/** Tokens after `from` up to and including `to`. */
const rangeSchema = z.object({ from: z.string(), to: z.string() });
export type TokenSpan = z.infer<typeof rangeSchema>;

/** The scan's ranges with rows in a part; a range that continues in another part is listed in both. */
const exportPartSchema = partStateSchema.extend({ ranges: z.array(rangeSchema) });
export type PartState = z.infer<typeof exportPartSchema>;

/** How far an export has got: its parts contain exactly the rows up to the scan's checkpoint. */
export const partsStateSchema = checkpointSchema.extend({
  /** The scan's checkpoint; null before the first rows. */
  scan: z.string().nullable(),
  /** All rows have been read: only the manifest is missing. */
  isScanned: z.boolean(),
  parts: z.array(exportPartSchema),
});
export type PartsState = z.infer<typeof partsStateSchema>;

export const manifestSchema = commonManifestSchema.extend({
  cluster: z.string(),
  title: z.string(),
  statement: z.string(),
  consistency: z.string(),
  format: z.string(),
  compression: z.string(),
  parts: z.array(exportPartSchema.omit({ isComplete: true })),
  /** The table's CREATE statement as the server writes it; null if it is not available. */
  schema: z.string().nullable(),
  /** Columns whose values are masked in every part; absent without any. */
  masked: z.optional(z.array(z.string())),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What a directory contains; null if there is no export, or it has not started. */
export function readManifest(path: string): Promise<Manifest | null> {
  return directory.readManifest(path, manifestSchema);
}

/** The state of an incomplete export; null if there is none. */
export function readPartsState(path: string): Promise<PartsState | null> {
  return directory.readCheckpoint(path, partsStateSchema);
}

/** A hash of everything that must be unchanged when an export resumes. */
export function termsOf(cluster: string, statement: string, format: FileFormat, compression: Compression): string {
  const text = JSON.stringify([cluster, statement, format, compression]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Adjacent ranges merged, in ring order. */
export function mergeRanges(ranges: readonly TokenSpan[]): TokenSpan[] {
  const merged: TokenSpan[] = [];
  const inOrder = ranges.toSorted((a, b) => (BigInt(a.from) < BigInt(b.from) ? -1 : 1));
  for (const range of inOrder) {
    const before = merged.at(-1);
    if (before === undefined || BigInt(range.from) > BigInt(before.to)) merged.push({ ...range });
    else if (BigInt(range.to) > BigInt(before.to)) before.to = range.to;
  }
  return merged;
}
