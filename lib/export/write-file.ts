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

/** A chunk that is not full is sent after this time, so that a slow scan shows progress. */
const CHUNK_MS = 250;

export interface FileOptions {
  readonly format: FileFormat;
  readonly compression: Compression;
  /** Continues after a checkpoint's bytes: nothing precedes the first row. */
  readonly isContinued?: boolean | undefined;
  /** Gives a checkpoint after the first page and about this often; only for formats that {@link canContinue}. */
  readonly checkpointEveryMs?: number | null | undefined;
}

/** A part of the file, in order. */
export interface FileChunk {
  readonly bytes: Uint8Array;
  /** Rows in the bytes up to here; for compressed files and Parquet, rows read for them. */
  readonly rows: number;
  /** The scan's checkpoint exactly after these bytes; given now and then. */
  readonly checkpoint: string | null;
}

/**
 * Everything that a scan reads, as one file: written as it is taken, never held as a whole. Ends normally only when the
 * file is complete. Leaving the loop ends the scan.
 * @throws PlanError immediately if the format cannot hold the columns; later the scan's failure, WireError or
 *   ValueError, after which the file is incomplete
 */
export function writeFile(scan: Scan, options: FileOptions): AsyncGenerator<FileChunk, void, undefined> {
  try {
    return fileChunks(scan, rowWriter(options.format, scan.columns), openCompressor(options.compression), options);
  } catch (error) {
    scan.abort(error);
    throw error;
  }
}

/** The chunks of a file. */
export interface FileChunks extends AsyncIterable<FileChunk, void, undefined> {
  /** Frees the source, even if no chunk was taken. */
  return(value?: undefined): Promise<unknown>;
}

/**
 * The same chunks, started a moment before anyone takes them: if the first rows already fail, the response is an error
 * instead of a file that breaks off.
 * @throws what the chunks fail with in that moment
 */
export async function begun(chunks: AsyncGenerator<FileChunk, void, undefined>): Promise<FileChunks> {
  const made: Promise<IteratorResult<FileChunk, void>>[] = [];
  const moment = new AbortController();
  const isOver = setTimeout(CHUNK_MS, 'over' as const, { signal: moment.signal }).catch(() => 'over' as const);
  try {
    for (let bytes = 0; bytes < FILE_CHUNK_BYTES; ) {
      const next = chunks.next();
      // A later failure reaches whoever takes the chunk.
      next.catch(() => undefined);
      made.push(next);
      const first = await Promise.race([next, isOver]);
      if (first === 'over' || first.done) break;
      bytes += first.value.bytes.length;
    }
  } finally {
    moment.abort();
  }
  // Not a generator: if nothing was taken from it, returning it would not free the source.
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
  /** Yields to other work after each step. */
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

/** The limit on the size of a row in a file. */
export function rowLimit(): RowLimit {
  return {
    bytes: limits().writtenRowBytes,
    hint: 'Leave columns out, or raise RINGSIDE_MAX_WRITTEN_ROW_BYTES on the server',
  };
}
