import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Compression } from '@/lib/contract/exports';
import type { FileFormat } from '@/lib/wire/row-writer';

/** The files that describe an export into a directory: `checkpoint.json` while it goes on, `manifest.json`. */
export const CHECKPOINT_FILE = 'checkpoint.json';
export const MANIFEST_FILE = 'manifest.json';

/** Nothing else is ever read, written or removed as a part. */
export const PART_NAME = /^part-\d{5,9}\.[a-z]{2,8}(\.[a-z]{2,4})?$/;

export function partName(number: number, extension: string): string {
  return `part-${String(number).padStart(5, '0')}${extension}`;
}

/** Tokens behind `from` up to and with `to`. */
const rangeSchema = z.object({ from: z.string(), to: z.string() });
export type TokenSpan = z.infer<typeof rangeSchema>;

const partStateSchema = z.object({
  name: z.string().regex(PART_NAME),
  rows: z.number().int(),
  bytes: z.number().int(),
  /** Of these bytes, hex. */
  sha256: z.string(),
  /** Nothing is added to it any more. */
  isComplete: z.boolean(),
  /** The scan's ranges that it holds rows of; one that goes on in another part is named in both. */
  ranges: z.array(rangeSchema),
});
export type PartState = z.infer<typeof partStateSchema>;

/** Where an export stands: each part exactly as long as the scan's checkpoint says. */
export const partsStateSchema = z.object({
  version: z.literal(1),
  /** What it is an export of, as {@link termsOf} tells it. */
  terms: z.string(),
  startedAt: z.string(),
  /** The scan's; null before the first rows. */
  scan: z.string().nullable(),
  /** All rows were read: only the manifest is left to write. */
  isScanned: z.boolean(),
  parts: z.array(partStateSchema),
});
export type PartsState = z.infer<typeof partsStateSchema>;

export const manifestSchema = z.object({
  version: z.literal(1),
  /** False: rows are missing, whatever the parts look like. */
  isComplete: z.boolean(),
  ringside: z.string(),
  cluster: z.string(),
  title: z.string(),
  statement: z.string(),
  consistency: z.string(),
  format: z.string(),
  compression: z.string(),
  startedAt: z.string(),
  endedAt: z.string().nullable(),
  rows: z.number().int(),
  bytes: z.number().int(),
  warnings: z.array(z.string()),
  parts: z.array(partStateSchema.omit({ isComplete: true })),
  /** The table's CREATE statement as the server writes it; null where it cannot be had. */
  schema: z.string().nullable(),
});
export type Manifest = z.infer<typeof manifestSchema>;

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
