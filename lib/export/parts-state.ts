import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Compression } from '@/lib/contract/exports';
import * as directory from '@/lib/jobs/work-directory';
import { checkpointSchema, manifestSchema as commonManifestSchema, partStateSchema } from '@/lib/jobs/work-state';
import type { FileFormat } from '@/lib/wire/row-writer';

/** Tokens after `from` up to and with `to`. */
const rangeSchema = z.object({ from: z.string(), to: z.string() });
export type TokenSpan = z.infer<typeof rangeSchema>;

/** The scan's ranges that a part holds rows of; one that goes on in another part is named in both. */
const exportPartSchema = partStateSchema.extend({ ranges: z.array(rangeSchema) });
export type PartState = z.infer<typeof exportPartSchema>;

/** Where an export stands: its parts are exactly as long as the scan's checkpoint says. */
export const partsStateSchema = checkpointSchema.extend({
  /** The scan's; null before the first rows. */
  scan: z.string().nullable(),
  /** All rows were read: only the manifest is left to write. */
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
  /** The table's CREATE statement as the server writes it; null where it cannot be had. */
  schema: z.string().nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;

/** What a directory holds; null where there is no export, or one that has not begun. */
export function readManifest(path: string): Promise<Manifest | null> {
  return directory.readManifest(path, manifestSchema);
}

/** The state of an export that is not complete; null where there is none. */
export function readPartsState(path: string): Promise<PartsState | null> {
  return directory.readCheckpoint(path, partsStateSchema);
}

/** A short stand-in for all that must be the same when an export goes on. */
export function termsOf(cluster: string, statement: string, format: FileFormat, compression: Compression): string {
  const text = JSON.stringify([cluster, statement, format, compression]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Ranges that touch as one, in the order of the ring. */
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
