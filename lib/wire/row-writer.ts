import { CqlRowWriter } from './cql-row-writer';
import type { FileFormat, RowWriter } from './file-format';
import { ParquetRowWriter } from './parquet/parquet-row-writer';
import type { PlanColumn } from './plan';
import { CsvRowWriter, JsonRowWriter, NdjsonRowWriter } from './text-row-writer';

export type { CqlTable, FileFormat, RowWriter } from './file-format';
export { contentType, fileExtension } from './file-format';

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
