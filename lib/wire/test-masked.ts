import { PlanError } from './errors';
import type { PlanColumn } from './plan';
import { type FileFormat, type RowWriter, rowWriter } from './row-writer';
import { TextSink } from './sink';
import { ArrayRowWriter } from './text-row-writer';

/** Test support: the bytes of one page in each format in which rows leave the server. */

export const ROW_FORMATS = ['grid', 'csv', 'ndjson', 'json', 'parquet'] as const;

/** The file, or why the format cannot hold such columns. */
export function writtenBy(
  format: (typeof ROW_FORMATS)[number],
  columns: readonly PlanColumn[],
  body: Uint8Array,
  rows: number,
): Uint8Array | string {
  try {
    const writer: RowWriter =
      format === 'grid' ? new ArrayRowWriter(columns, new TextSink()) : rowWriter(fileFormat(format), columns);
    writer.begin();
    writer.write(body, 0, rows);
    for (const _ of writer.settle?.() ?? []);
    for (const _ of writer.end());
    return writer.sink.take();
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
}

function fileFormat(format: 'csv' | 'ndjson' | 'json' | 'parquet'): FileFormat {
  return format === 'parquet' ? { format, parquet: { compression: 'none' } } : { format };
}
