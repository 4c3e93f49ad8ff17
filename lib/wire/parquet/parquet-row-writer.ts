import { formatCqlType } from '@/lib/cql/type-text';
import { PlanError, placedError } from '@/lib/wire/errors';
import type { ParquetOptions, RowWriter } from '@/lib/wire/file-format';
import { cellLength, checkNames, type PlanColumn } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { codecOf } from './codec';
import { type ParquetSchema, parquetSchema } from './schema';
import { footer, rowGroup } from './thrift';

/** A row group ends at this many bytes, or more where there are so many columns that each would have next to nothing. */
const GROUP_BYTES = 8 * 1024 * 1024;
const LEAF_BYTES = 64 * 1024;
const GROUP_ROWS = 100_000;

/** Sizes are looked at after so many bytes of a page: a look costs, and in between that much more is held. */
const LOOK_EVERY_BYTES = 64 * 1024;

const MAGIC = 'PAR1';

/**
 * Rows as a Parquet file: taken apart into columns as they come, written out a row group at a time. Holds one row group,
 * compressed but for its last pages, and of those before about a hundred bytes of footer for each column.
 */
export class ParquetRowWriter implements RowWriter {
  readonly sink = new TextSink();
  private readonly schema: ParquetSchema;
  private readonly types: string;
  private readonly groupBytes: number;
  private readonly groups = new TextSink(1024);
  private groupCount = 0;
  private groupRows = 0;
  private rowCount = 0;
  private fileBytes = 0;

  constructor(columns: readonly PlanColumn[], options: ParquetOptions = {}) {
    if (columns.length === 0) throw new PlanError('Rows without columns cannot be written.');
    checkNames(columns);
    this.schema = parquetSchema(columns, options, codecOf(options));
    this.types = JSON.stringify(columns.map(({ name, type }) => ({ name, type: formatCqlType(type) })));
    this.groupBytes = Math.max(GROUP_BYTES, this.schema.leaves.length * LEAF_BYTES);
  }

  begin(): void {
    this.sink.ascii(MAGIC);
    this.fileBytes = MAGIC.length;
  }

  write(body: Uint8Array, offset: number, rows: number): number {
    let at = offset;
    let looked = offset;
    for (let row = 0; row < rows; row++) {
      at = this.writeRow(body, at);
      this.rowCount++;
      this.groupRows++;
      if (at - looked >= LOOK_EVERY_BYTES || this.groupRows >= GROUP_ROWS) {
        looked = at;
        this.look();
      }
    }
    this.look();
    return at;
  }

  end(): void {
    this.endGroup();
    const metadata = footer({
      elements: this.schema.elements,
      rows: this.rowCount,
      groups: this.groups.bytes.subarray(0, this.groups.length),
      groupCount: this.groupCount,
      keyValues: { 'ringside.columns': this.types },
    });
    this.sink.raw(metadata);
    this.sink.raw(Uint8Array.of(metadata.length, metadata.length >> 8, metadata.length >> 16, metadata.length >> 24));
    this.sink.ascii(MAGIC);
  }

  private writeRow(body: Uint8Array, offset: number): number {
    const { columns } = this.schema;
    let at = offset;
    let name = '';
    try {
      for (const column of columns) {
        name = column.name;
        const length = cellLength(body, at);
        at += 4;
        column.shredder.shred(body, at, length, 0, 0);
        if (length > 0) at += length;
      }
    } catch (error) {
      throw placedError(error, this.rowCount, name);
    }
    return at;
  }

  private look(): void {
    let held = 0;
    for (const leaf of this.schema.leaves) {
      leaf.endRow();
      held += leaf.heldBytes;
    }
    if (held >= this.groupBytes || this.groupRows >= GROUP_ROWS) this.endGroup();
  }

  private endGroup(): void {
    if (this.groupRows === 0) return;
    const start = this.fileBytes;
    const chunks = this.schema.leaves.map((leaf) => {
      const chunk = leaf.endGroup(this.sink, this.fileBytes);
      this.fileBytes += chunk.storedBytes;
      return chunk;
    });
    this.groups.raw(rowGroup(chunks, this.groupRows, start));
    this.groupCount++;
    this.groupRows = 0;
  }
}
