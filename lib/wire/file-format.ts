import type { Compression, ExportFormat } from '@/lib/contract/exports';
import type { ColumnShape } from '@/lib/cql/schema-lookup';
import type { CsvFileOptions, PlanColumn } from './plan';
import type { TextSink } from './sink';

/** A file leaves in parts of about so many bytes: each costs a write, and to a client a chunk of the answer. */
export const FILE_CHUNK_BYTES = 256 * 1024;
/** Room for such a part and the rows that are written behind it before anybody looks. */
export const FILE_SINK_BYTES = FILE_CHUNK_BYTES + FILE_CHUNK_BYTES / 4;

/** The table that INSERT statements are for. */
export interface CqlTable {
  readonly keyspace: string;
  readonly table: string;
  /** All columns of the table, key columns included: those that a result lacks, and statics, matter. */
  readonly columns: readonly Pick<ColumnShape, 'name' | 'type' | 'kind'>[];
}

export interface ParquetOptions {
  /** `text`, or the scale of every decimal; absent: text. */
  readonly decimal?: 'text' | number;
  readonly varint?: 'text' | 'decimal';
  /** Absent: snappy. */
  readonly compression?: 'none' | 'snappy' | 'gzip';
  /** Compresses one page, RFC 1952; needed for gzip, as this room has no zlib of its own. */
  readonly gzip?: (bytes: Uint8Array) => Uint8Array;
}

/** A file's format, with the options that it has. */
export type FileFormat =
  | { readonly format: 'csv'; readonly csv?: CsvFileOptions | undefined }
  | { readonly format: 'ndjson' }
  | { readonly format: 'json' }
  | { readonly format: 'cql'; readonly table: CqlTable }
  | { readonly format: 'parquet'; readonly parquet?: ParquetOptions | undefined };

/**
 * Writes rows of one file: `begin` once, `write` for every page, `end` once. All bytes go through `sink`, from which the
 * caller takes what is there whenever it likes between calls; a format may hold rows back until a later call.
 */
export interface RowWriter {
  readonly sink: TextSink;
  /** The rows' columns, as they were given. */
  readonly columns: readonly PlanColumn[];
  /** Writes what stands in front of the first row. Left out where a file is continued. */
  begin(): void;
  /**
   * Writes `rows` rows whose cells start at `offset` of an undecoded page; returns the offset behind the last cell.
   * Throws WireError on bytes that do not follow the protocol, and ValueError on a value that the format cannot hold:
   * both name the row (of the file, from 0) and the column. Nothing more can be written then.
   */
  write(body: Uint8Array, offset: number, rows: number): number;
  /**
   * Writes one large row at `offset` as `write` does, in steps: whenever it yields, what is in the sink may be taken
   * away, and the caller can let others have a turn. Where it throws, part of the row has been written.
   */
  writeLarge(body: Uint8Array, offset: number): Generator<void, number>;
  /** What `write` has put off, in steps of its own: to be done after each call of it. */
  settle?(): Generator<void, void>;
  /** Writes what stands behind the last row, in steps: a file without it is incomplete where the format can tell. */
  end(): Generator<void, void>;
}

const FORMATS: Readonly<Record<ExportFormat, { readonly extension: string; readonly type: string }>> = {
  csv: { extension: '.csv', type: 'text/csv; charset=utf-8' },
  ndjson: { extension: '.ndjson', type: 'application/x-ndjson; charset=utf-8' },
  json: { extension: '.json', type: 'application/json' },
  cql: { extension: '.cql', type: 'application/cql; charset=utf-8' },
  parquet: { extension: '.parquet', type: 'application/vnd.apache.parquet' },
};

const COMPRESSIONS: Readonly<Record<Compression, { readonly extension: string; readonly type?: string }>> = {
  none: { extension: '' },
  gzip: { extension: '.gz', type: 'application/gzip' },
  zstd: { extension: '.zst', type: 'application/zstd' },
};

/** What a file's name ends in: `.csv`, `.ndjson.gz`. Parquet compresses inside, so that its name never says so. */
export function fileExtension(format: ExportFormat, compression: Compression = 'none'): string {
  return FORMATS[format].extension + (format === 'parquet' ? '' : COMPRESSIONS[compression].extension);
}

/** The media type of such a file. */
export function contentType(format: ExportFormat, compression: Compression = 'none'): string {
  return (format === 'parquet' ? undefined : COMPRESSIONS[compression].type) ?? FORMATS[format].type;
}
