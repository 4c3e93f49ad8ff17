import type { ExportFormat } from '@/lib/contract/export-formats';
import { CqlRowWriter } from './cql-row-writer';
import type { CqlTable, ParquetOptions, RowWriter } from './file-format';
import { ParquetRowWriter } from './parquet/parquet-row-writer';
import type { CsvFileOptions, PlanColumn } from './plan';
import { CsvRowWriter, JsonRowWriter, NdjsonRowWriter } from './text-row-writer';

export type { CqlTable, RowWriter } from './file-format';
export { contentType, fileExtension } from './file-format';

/** Formats whose writer needs only the columns. */
type PlainFormat = Exclude<ExportFormat, 'csv' | 'cql' | 'parquet'>;

/** A file's format, with its options. */
export type FileFormat =
  | { readonly format: 'csv'; readonly csv?: CsvFileOptions | undefined }
  | { readonly format: PlainFormat }
  | { readonly format: 'cql'; readonly table: CqlTable }
  | { readonly format: 'parquet'; readonly parquet?: ParquetOptions | undefined };

/** A writer of rows of these columns. Throws PlanError when the format cannot hold them, saying what to change. */
export function rowWriter(options: FileFormat, columns: readonly PlanColumn[]): RowWriter {
  switch (options.format) {
    case 'csv':
      return new CsvRowWriter(columns, options.csv);
    case 'ndjson':
      return new NdjsonRowWriter(columns);
    case 'json':
      return new JsonRowWriter(columns);
    case 'parquet':
      return new ParquetRowWriter(columns, options.parquet);
    case 'cql':
      return new CqlRowWriter(columns, options.table);
    default:
      return options satisfies never;
  }
}
