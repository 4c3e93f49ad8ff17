import { formatCqlType } from '@/lib/cql/type-text';
import { PlanError, placedError } from '@/lib/wire/errors';
import type { ParquetOptions, RowWriter } from '@/lib/wire/file-format';
import { cellLength, checkNames, type PlanColumn } from '@/lib/wire/plan';
import { rowText } from '@/lib/wire/row-text';
import { TextSink } from '@/lib/wire/sink';
import { STEP_BYTES } from '@/lib/wire/steps';
import { codecOf } from './codec';
import { type ParquetSchema, parquetSchema } from './schema';
import { shredding } from './shredders';
import { type ChunkFacts, footer, rowGroup } from './thrift';

/** A row group ends at this many bytes, or more if there are so many columns that each would have hardly any. */
const GROUP_BYTES = 8 * 1024 * 1024;
const LEAF_BYTES = 64 * 1024;
const GROUP_ROWS = 100_000;

const MAGIC = 'PAR1';

/**
 * Rows as a Parquet file: shredded into columns as they arrive, written one row group at a time. Holds one row group,
 * compressed except for its last pages, and about a hundred bytes of footer per column for each earlier one.
 */
export class ParquetRowWriter implements RowWriter {
  readonly sink = new TextSink();
  readonly columns: readonly PlanColumn[];
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
    this.columns = columns;
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
    for (let row = 0; row < rows; row++) {
      at = this.writeRow(body, at);
      this.rowCount++;
      this.groupRows++;
    }
    return at;
  }

  *writeLarge(body: Uint8Array, offset: number): Generator<void, number> {
    let [at, stepStart] = [offset, offset];
    let column = '';
    try {
      for (const { name, shredder, leaves } of this.schema.columns) {
        column = name;
        const length = cellLength(body, at);
        at += 4;
        if (length > STEP_BYTES) for (const leaf of leaves) leaf.beginLargeRow();
        yield* shredding(shredder, body, at, length, 0, 0);
        at += Math.max(0, length);
        if (at - stepStart < STEP_BYTES) continue;
        stepStart = at;
        yield;
      }
    } catch (error) {
      const place = { row: this.rowCount, column };
      throw placedError(error, place, () => rowText(this.columns, body, offset));
    }
    this.rowCount++;
    this.groupRows++;
    return at;
  }

  /** Ends the pages and the row group once they are large enough. */
  *settle(): Generator<void, void> {
    let held = 0;
    for (const leaf of this.schema.leaves) {
      if (leaf.endRow()) yield;
      held += leaf.heldBytes;
    }
    if (held >= this.groupBytes || this.groupRows >= GROUP_ROWS) yield* this.endGroup();
  }

  *end(): Generator<void, void> {
    yield* this.endGroup();
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
      const place = { row: this.rowCount, column: name };
      throw placedError(error, place, () => rowText(this.columns, body, offset));
    }
    return at;
  }

  private *endGroup(): Generator<void, void> {
    if (this.groupRows === 0) return;
    const start = this.fileBytes;
    const chunks: ChunkFacts[] = [];
    for (const leaf of this.schema.leaves) {
      const chunk = leaf.endGroup(this.sink, this.fileBytes);
      this.fileBytes += chunk.storedBytes;
      chunks.push(chunk);
      yield;
    }
    this.groups.raw(rowGroup(chunks, this.groupRows, start));
    this.groupCount++;
    this.groupRows = 0;
  }
}
