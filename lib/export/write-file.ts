import 'server-only';
import type { Scan, ScanPage } from '@/lib/cassandra/scan';
import type { Compression, ExportFormat } from '@/lib/contract/exports';
import { FILE_CHUNK_BYTES } from '@/lib/wire/file-format';
import { type FileFormat, type RowWriter, rowWriter } from '@/lib/wire/row-writer';
import { type Compressor, openCompressor } from './compress';

/** Rows written at a time: a chunk leaves when it holds enough. */
const ROWS_AT_A_TIME = 256;
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

/** Can a file of this kind be cut anywhere between two rows and go on there? */
export function canContinue(format: ExportFormat, compression: Compression): boolean {
  return compression === 'none' && (format === 'csv' || format === 'ndjson' || format === 'cql');
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
  try {
    if (!isContinued) writer.begin();
    for await (const page of scan.pages) {
      for (const written of writeSlices(writer, page)) {
        rows += written;
        if (writer.sink.length >= FILE_CHUNK_BYTES) yield await chunk();
      }
      const now = performance.now();
      if (checkpointEveryMs !== null && now - checkpointAt >= checkpointEveryMs) {
        checkpointAt = now;
        yield await chunk(scan.checkpoint());
      } else if (writer.sink.length > 0 && now - leftAt >= CHUNK_MS) yield await chunk();
    }
    writer.end();
    yield await chunk();
    yield { bytes: await compressor.end(), rows, checkpoint: null };
  } finally {
    compressor.close();
  }
}

/** Writes a page's rows, some at a time; gives how many. */
export function* writeSlices(writer: RowWriter, { body, rows }: Pick<ScanPage, 'body' | 'rows'>): Generator<number> {
  let offset = 0;
  for (let row = 0; row < rows; row += ROWS_AT_A_TIME) {
    const count = Math.min(ROWS_AT_A_TIME, rows - row);
    offset = writer.write(body, offset, count);
    yield count;
  }
}
