import { type ExportFormat, FORMATS } from '@/lib/contract/export-formats';
import type { Compression } from '@/lib/contract/exports';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { PlanColumn } from './plan';
import type { TextSink } from './sink';

/** A file is written in chunks of about this size: each costs a write or a chunk of the response. */
export const FILE_CHUNK_BYTES = 256 * 1024;
/** Room for such a chunk and the rows written after it before the next check. */
export const FILE_SINK_BYTES = FILE_CHUNK_BYTES + FILE_CHUNK_BYTES / 4;

/** The table that INSERT statements are for. */
export interface CqlTable {
  readonly keyspace: string;
  readonly table: string;
  /** All columns of the table, including keys, statics and those that the result lacks. */
  readonly columns: readonly Pick<ColumnShape, 'name' | 'type' | 'kind'>[];
}

export interface ParquetOptions {
  /** `text`, or the scale of every decimal; absent: text. */
  readonly decimal?: 'text' | number;
  readonly varint?: 'text' | 'decimal';
  /** Absent: snappy. */
  readonly compression?: 'none' | 'snappy' | 'gzip';
  /** Compresses one page, RFC 1952; required for gzip, because this pure room has no zlib. */
  readonly gzip?: (bytes: Uint8Array) => Uint8Array;
}

/**
 * Writes the rows of one file: `begin` once, `write` for every page, `end` once. All bytes go through `sink`, which the caller
 * may empty between calls; a format may hold rows back until a later call.
 */
export interface RowWriter {
  readonly sink: TextSink;
  /** The rows' columns, as given. */
  readonly columns: readonly PlanColumn[];
  /** Writes what precedes the first row. Skipped when a file is resumed. */
  begin(): void;
  /**
   * Writes `rows` rows whose cells start at `offset` of an undecoded page; returns the offset after the last cell.
   * Throws WireError on bytes that do not follow the protocol, and ValueError on a value that the format cannot hold:
   * both name the row (of the file, from 0) and the column. Nothing more can be written after that.
   */
  write(body: Uint8Array, offset: number, rows: number): number;
  /**
   * Writes one large row at `offset` like `write`, but in steps: whenever it yields, the caller may empty the sink and let
   * others run. If it throws, part of the row has been written.
   */
  writeLarge(body: Uint8Array, offset: number): Generator<void, number>;
  /** Work that `write` has deferred, in steps: call it after each `write`. */
  settle?(): Generator<void, void>;
  /** Writes what follows the last row, in steps: without it the file is visibly incomplete, if the format allows. */
  end(): Generator<void, void>;
}

const COMPRESSIONS: Readonly<Record<Compression, { readonly extension: string; readonly type?: string }>> = {
  none: { extension: '' },
  gzip: { extension: '.gz', type: 'application/gzip' },
  zstd: { extension: '.zst', type: 'application/zstd' },
};

/** A file name's extension: `.csv`, `.ndjson.gz`. Parquet compresses internally, so its name never shows it. */
export function fileExtension(format: ExportFormat, compression: Compression = 'none'): string {
  const { extension, isCompressible } = FORMATS[format];
  return extension + (isCompressible ? COMPRESSIONS[compression].extension : '');
}

/** The media type of such a file. */
export function contentType(format: ExportFormat, compression: Compression = 'none'): string {
  const { mediaType, isCompressible } = FORMATS[format];
  return (isCompressible ? COMPRESSIONS[compression].type : undefined) ?? mediaType;
}
