import 'server-only';
import { setTimeout } from 'node:timers/promises';
import type { Compression } from '@/lib/contract/exports';
import { limits } from '@/lib/limits';
import type { Scan } from '@/lib/scan/scan';
import { turn } from '@/lib/turns';
import { FILE_CHUNK_BYTES } from '@/lib/wire/file-format';
import { endSteps, type PageStep, pageSteps, parts, type RowLimit } from '@/lib/wire/page-steps';
import { type FileFormat, type RowWriter, rowWriter } from '@/lib/wire/row-writer';
import { type Compressor, openCompressor } from './compress';

/** A chunk that is not full leaves after this time, so that a slow scan is seen to move. */
const CHUNK_MS = 250;

export interface FileOptions {
  readonly format: FileFormat;
  readonly compression: Compression;
  /** Goes on behind the bytes that a checkpoint belongs to: nothing stands in front of the first row. */
  readonly isContinued?: boolean | undefined;
  /** Gives a checkpoint behind the first page and about this often; only with what {@link canContinue}. */
  readonly checkpointEveryMs?: number | null | undefined;
}

/** A part of the file, in order. */
export interface FileChunk {
  readonly bytes: Uint8Array;
  /** Rows that are in the bytes up to here; of compressed ones and of Parquet: that were read for them. */
  readonly rows: number;
  /** The scan's, standing exactly behind these bytes; given now and then. */
  readonly checkpoint: string | null;
}

/**
 * All that a scan finds, as one file: made while it is taken, never held as a whole. Ends normally only when the file is
 * complete. Leaving the loop ends the scan.
 * @throws PlanError at once when the format cannot hold the columns; while it goes on what the scan fails with,
 *   WireError, ValueError. The file is incomplete then.
 */
export function writeFile(scan: Scan, options: FileOptions): AsyncGenerator<FileChunk, void, undefined> {
  try {
    return fileChunks(scan, rowWriter(options.format, scan.columns), openCompressor(options.compression), options);
  } catch (error) {
    scan.abort(error);
    throw error;
  }
}

/** Chunks that are being made. */
export interface FileChunks extends AsyncIterable<FileChunk, void, undefined> {
  /** Frees the source, also when no chunk was taken. */
  return(value?: undefined): Promise<unknown>;
}

/**
 * The same chunks, made for a moment before anybody takes them: what the first rows already show to be impossible is an
 * answer then, and not a file that breaks off.
 * @throws what the chunks fail with in that moment
 */
export async function begun(chunks: AsyncGenerator<FileChunk, void, undefined>): Promise<FileChunks> {
  const made: Promise<IteratorResult<FileChunk, void>>[] = [];
  const moment = new AbortController();
  const isOver = setTimeout(CHUNK_MS, 'over' as const, { signal: moment.signal }).catch(() => 'over' as const);
  try {
    for (let bytes = 0; bytes < FILE_CHUNK_BYTES; ) {
      const next = chunks.next();
      // Whoever takes it learns of a failure that comes later.
      next.catch(() => undefined);
      made.push(next);
      const first = await Promise.race([next, isOver]);
      if (first === 'over' || first.done) break;
      bytes += first.value.bytes.length;
    }
  } finally {
    moment.abort();
  }
  // Not a generator: one that was never asked would not free the source when it is left.
  const iterator = { next: () => made.shift() ?? chunks.next(), return: () => chunks.return() };
  return { return: iterator.return, [Symbol.asyncIterator]: () => iterator };
}

async function* fileChunks(
  scan: Scan,
  writer: RowWriter,
  compressor: Compressor,
  { isContinued = false, checkpointEveryMs = null }: FileOptions,
): AsyncGenerator<FileChunk, void, undefined> {
  let rows = 0;
  let [leftAt, checkpointAt] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const chunk = async (checkpoint: string | null = null): Promise<FileChunk> => {
    leftAt = performance.now();
    return { bytes: await compressor.push(writer.sink.take()), rows, checkpoint };
  };
  /** After each step others have a turn. */
  async function* stepped(steps: Iterable<PageStep>): AsyncGenerator<FileChunk> {
    for (const { rows: written, chunks } of steps) {
      for (const bytes of chunks.flatMap((held) => [...parts(held)])) {
        yield { bytes: await compressor.push(bytes), rows, checkpoint: null };
      }
      rows += written;
      if (writer.sink.length >= FILE_CHUNK_BYTES) yield await chunk();
      await turn();
    }
  }
  try {
    if (!isContinued) writer.begin();
    for await (const page of scan.pages) {
      yield* stepped(pageSteps(writer, page, rows, rowLimit()));
      const now = performance.now();
      if (checkpointEveryMs !== null && now - checkpointAt >= checkpointEveryMs) {
        checkpointAt = now;
        yield await chunk(scan.checkpoint());
      } else if (writer.sink.length > 0 && now - leftAt >= CHUNK_MS) yield await chunk();
    }
    yield* stepped(endSteps(writer));
    yield await chunk();
    yield { bytes: await compressor.end(), rows, checkpoint: null };
  } finally {
    compressor.close();
  }
}

/** The largest row of a file. */
export function rowLimit(): RowLimit {
  return {
    bytes: limits().writtenRowBytes,
    hint: 'Leave columns out, or set RINGSIDE_MAX_WRITTEN_ROW_BYTES on the server',
  };
}
