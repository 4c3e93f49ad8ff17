import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { z } from 'zod/mini';
import { sourceOptionsSchema } from '@/lib/contract/load-sources';
import { openSource } from './open-source';
import type { BadRecord, LoadRecord, Source, SourceItem } from './records';

/** Test support: sources of bytes in memory. */

export type Options = z.input<typeof sourceOptionsSchema>;

/** Everything that a source gave: its items, and what ended it. */
export interface Outcome {
  readonly items: readonly SourceItem[];
  readonly records: readonly LoadRecord[];
  readonly bad: readonly BadRecord[];
  /** Null: it was read to its end. */
  readonly error: unknown;
  readonly source: Source;
}

function* chunksOf(bytes: Uint8Array, chunkBytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield Buffer.from(bytes.subarray(at, at + chunkBytes));
}

/** A stream of the bytes in chunks of a size. */
export function streamOf(bytes: Uint8Array, chunkBytes = 64 * 1024): Readable {
  return Readable.from(chunksOf(bytes, chunkBytes), { objectMode: false });
}

/** Reads all of a source. */
export async function outcomeOf(source: Source): Promise<Outcome> {
  const items: SourceItem[] = [];
  let error: unknown = null;
  try {
    for await (const batch of source) items.push(...batch);
  } catch (thrown) {
    error = thrown;
  }
  const records = items.filter((item) => item.kind === 'record');
  const bad = items.filter((item) => item.kind === 'bad');
  return { items, records, bad, error, source };
}

/** Reads bytes as a file of the format: Parquet from a file on disk, everything else as a stream. */
export async function readAll(bytes: Uint8Array | string, given: Options, chunkBytes?: number): Promise<Outcome> {
  const content = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  const options = sourceOptionsSchema.parse(given);
  const { signal } = new AbortController();
  if (options.format !== 'parquet') {
    return await outcomeOf(await openSource({ stream: streamOf(content, chunkBytes) }, options, signal));
  }
  const folder = await mkdtemp(join(tmpdir(), 'ringside-load-'));
  try {
    const path = join(folder, 'file.parquet');
    await writeFile(path, content);
    return await outcomeOf(await openSource({ path }, options, signal));
  } finally {
    await rm(folder, { recursive: true });
  }
}
