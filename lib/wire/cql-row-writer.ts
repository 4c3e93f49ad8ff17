import { type InsertFrame, insertFrame, UPDATE, updateBegin, usingPieces } from '@/lib/cql/mutation/frames';
import { int32At, int64At } from './bytes';
import { writeCell } from './cell';
import { type WrittenColumn, type WrittenTable, writtenTable } from './cql-table';
import { placedError } from './errors';
import { type CqlTable, FILE_SINK_BYTES, type RowWriter } from './file-format';
import { cellLength, type PlanColumn } from './plan';
import { rowText } from './row-text';
import { TextSink } from './sink';
import { cellSteps, STEP_BYTES } from './steps';

/**
 * Rows as statements that recreate them, one per line (text may contain line breaks).
 *
 * Nulls are omitted, because an inserted null is a tombstone. Static columns get a separate statement, once per run of rows
 * of one partition. With write times or TTLs in the result, the columns of a row that share both go into one INSERT with
 * USING; columns without a write time (collections) are inserted without. Counters become UPDATEs that add their value:
 * they are right only in an empty table, and no counter statement can have a write time.
 */
export class CqlRowWriter implements RowWriter {
  readonly sink = new TextSink(FILE_SINK_BYTES);
  readonly columns: readonly PlanColumn[];
  private readonly table: WrittenTable;
  private readonly frame: InsertFrame;
  private readonly insert: Uint8Array;
  private readonly update: Uint8Array;
  /** Where the current row's cells start in `body`, and their lengths. */
  private readonly starts: Int32Array;
  private readonly lengths: Int32Array;
  private body: Uint8Array = new Uint8Array();
  /** The previous row's partition key. */
  private readonly partition = new TextSink(64);
  private rowCount = 0;
  /** The column being written, for errors. */
  private columnName = '';

  constructor(columns: readonly PlanColumn[], table: CqlTable) {
    this.columns = columns;
    this.table = writtenTable(columns, table);
    this.starts = new Int32Array(columns.length);
    this.lengths = new Int32Array(columns.length);
    const encoder = new TextEncoder();
    this.frame = insertFrame(table);
    this.insert = encoder.encode(this.frame.begin);
    this.update = encoder.encode(`${updateBegin(table)}${UPDATE.set}`);
  }

  begin(): void {}

  write(body: Uint8Array, offset: number, rows: number): number {
    const { sink } = this;
    this.body = body;
    let at = offset;
    let [rowStart, rowAt] = [sink.length, offset];
    try {
      for (let row = 0; row < rows; row++, this.rowCount++) {
        [rowStart, rowAt] = [sink.length, at];
        at = this.find(body, at);
        this.writeRow();
      }
    } catch (error) {
      sink.length = rowStart;
      const place = { row: this.rowCount, column: this.columnName };
      throw placedError(error, place, () => rowText(this.columns, body, rowAt));
    }
    return at;
  }

  *writeLarge(body: Uint8Array, offset: number): Generator<void, number> {
    this.body = body;
    try {
      const end = this.find(body, offset);
      yield* this.rowSteps();
      this.rowCount++;
      return end;
    } catch (error) {
      const place = { row: this.rowCount, column: this.columnName };
      throw placedError(error, place, () => rowText(this.columns, body, offset));
    }
  }

  *end(): Generator<void, void> {}

  /** Records where the row's cells are; returns where the next row starts. */
  private find(body: Uint8Array, offset: number): number {
    let at = offset;
    for (let i = 0; i < this.lengths.length; i++) {
      this.columnName = this.columns[i]?.name ?? '';
      const length = cellLength(body, at);
      this.starts[i] = at + 4;
      this.lengths[i] = length;
      at += 4 + Math.max(0, length);
    }
    return at;
  }

  private writeRow(): void {
    const { table } = this;
    const beginsPartition = table.statics.length > 0 && this.beginsPartition();
    if (beginsPartition) this.writeValues(table.partitionKey, table.statics);
    // Null clustering columns mean a partition with only static columns.
    if (!table.isStaticOnly && table.clustering.every((column) => this.has(column))) {
      this.writeValues(table.rowKey, table.regulars);
    }
  }

  /** {@link writeRow} in steps. */
  private *rowSteps(): Generator<void, void> {
    const { table } = this;
    if (table.statics.length > 0 && this.beginsPartition()) yield* this.valueSteps(table.partitionKey, table.statics);
    if (!table.isStaticOnly && table.clustering.every((column) => this.has(column))) {
      yield* this.valueSteps(table.rowKey, table.regulars);
    }
  }

  /** {@link writeValues} in steps. Keys and counters are never large. */
  private *valueSteps(keys: readonly WrittenColumn[], columns: readonly WrittenColumn[]): Generator<void, void> {
    const values = columns.filter((column) => this.has(column));
    if (this.table.isCounter || values.length === 0) this.writeValues(keys, columns);
    else if (!this.table.hasExtras) yield* this.insertSteps([...keys, ...values], '');
    else for (const [using, group] of this.byUsing(values)) yield* this.insertSteps([...keys, ...group], using);
  }

  private *insertSteps(columns: readonly WrittenColumn[], using: string): Generator<void, void> {
    this.beginInsert(columns);
    let lead = this.frame.values;
    let bytes = 0;
    for (const { name, cell, at } of columns) {
      this.sink.ascii(lead);
      lead = this.frame.between;
      this.columnName = name;
      const length = this.lengths[at] ?? -1;
      yield* cellSteps(cell, this.body, this.starts[at] ?? 0, length, this.sink);
      bytes += length;
      if (bytes < STEP_BYTES) continue;
      bytes = 0;
      yield;
    }
    this.sink.ascii(`${this.frame.end}${using};\n`);
  }

  private has({ at }: WrittenColumn): boolean {
    return (this.lengths[at] ?? -1) >= 0;
  }

  /** True if the row's partition key differs from the previous row's. */
  private beginsPartition(): boolean {
    const { partition, table, body } = this;
    const before = partition.take();
    for (const { at } of table.partitionKey) {
      const start = this.starts[at] ?? 0;
      partition.raw(body.subarray(start - 4, start + (this.lengths[at] ?? 0)));
    }
    const now = partition.bytes;
    return before.length !== partition.length || before.some((byte, i) => byte !== now[i]);
  }

  /** The statements for the values of the row with these keys, one per combination of write time and TTL. */
  private writeValues(keys: readonly WrittenColumn[], columns: readonly WrittenColumn[]): void {
    const values = columns.filter((column) => this.has(column));
    if (this.table.isCounter) {
      if (values.length > 0) this.writeUpdate(keys, values);
    } else if (values.length === 0) {
      // A row without values exists through its key; all-null static columns do not.
      if (keys === this.table.rowKey) this.writeInsert(keys, values, '');
    } else if (!this.table.hasExtras) this.writeInsert(keys, values, '');
    else for (const [using, group] of this.byUsing(values)) this.writeInsert(keys, group, using);
  }

  private byUsing(values: readonly WrittenColumn[]): Map<string, WrittenColumn[]> {
    const groups = new Map<string, WrittenColumn[]>();
    for (const column of values) {
      const using = this.usingOf(column);
      const group = groups.get(using);
      if (group === undefined) groups.set(using, [column]);
      else group.push(column);
    }
    return groups;
  }

  private usingOf({ writetimeAt, ttlAt }: WrittenColumn): string {
    const start = (at: number | undefined) =>
      at === undefined || (this.lengths[at] ?? -1) <= 0 ? undefined : this.starts[at];
    const writetime = start(writetimeAt);
    const ttl = start(ttlAt);
    return usingPieces<bigint | number>(
      writetime === undefined ? null : int64At(this.body, writetime),
      // What is in its last second would live for ever with a TTL of 0.
      ttl === undefined ? null : Math.max(1, int32At(this.body, ttl)),
    ).join('');
  }

  private writeInsert(keys: readonly WrittenColumn[], values: readonly WrittenColumn[], using: string): void {
    const { sink, frame } = this;
    const columns = [...keys, ...values];
    this.beginInsert(columns);
    let lead = frame.values;
    for (const column of columns) {
      sink.ascii(lead);
      this.writeValue(column);
      lead = frame.between;
    }
    sink.ascii(`${frame.end}${using};\n`);
  }

  private beginInsert(columns: readonly WrittenColumn[]): void {
    const { sink, frame } = this;
    sink.raw(this.insert);
    let lead = '';
    for (const { label } of columns) {
      sink.ascii(lead);
      sink.raw(label);
      lead = frame.between;
    }
  }

  private writeUpdate(keys: readonly WrittenColumn[], counters: readonly WrittenColumn[]): void {
    const { sink } = this;
    sink.raw(this.update);
    let lead = '';
    for (const counter of counters) {
      sink.ascii(lead);
      sink.raw(counter.added);
      this.writeValue(counter);
      lead = UPDATE.between;
    }
    lead = UPDATE.where;
    for (const key of keys) {
      sink.ascii(lead);
      sink.raw(key.equals);
      this.writeValue(key);
      lead = UPDATE.and;
    }
    sink.ascii(';\n');
  }

  private writeValue({ name, cell, at }: WrittenColumn): void {
    this.columnName = name;
    writeCell(cell, this.body, this.starts[at] ?? 0, this.lengths[at] ?? -1, this.sink);
  }
}
