import { FILE_SINK_BYTES, type RowWriter } from './file-format';
import { type CsvFileOptions, compilePlan, csvHeader, type PlanColumn, type RowPlan } from './plan';
import { TextSink } from './sink';

/** Rows of a text format, with what precedes the first and follows the last. */
abstract class TextRowWriter implements RowWriter {
  readonly sink: TextSink;
  readonly columns: readonly PlanColumn[];
  protected rowCount = 0;
  protected readonly plan: RowPlan;

  constructor(columns: readonly PlanColumn[], plan: RowPlan, sink = new TextSink(FILE_SINK_BYTES)) {
    this.sink = sink;
    this.columns = columns;
    this.plan = plan;
  }

  begin(): void {}

  write(body: Uint8Array, offset: number, rows: number): number {
    const end = this.plan.writePage(body, offset, rows, this.sink, this.rowCount);
    this.rowCount += rows;
    return end;
  }

  *writeLarge(body: Uint8Array, offset: number): Generator<void, number> {
    const end = yield* this.plan.writeLarge(body, offset, this.sink, this.rowCount);
    this.rowCount++;
    return end;
  }

  *end(): Generator<void, void> {}
}

/** One JSON array per line, for the grid. */
export class ArrayRowWriter extends TextRowWriter {
  /** @param sink shared with the frames between the rows */
  constructor(columns: readonly PlanColumn[], sink: TextSink) {
    super(columns, compilePlan(columns, 'ndjson-array'), sink);
  }
}

export class CsvRowWriter extends TextRowWriter {
  private readonly header: string;

  constructor(columns: readonly PlanColumn[], options: CsvFileOptions = {}) {
    super(columns, compilePlan(columns, 'csv', options));
    this.header = options.header === false ? '' : csvHeader(columns, options);
  }

  override begin(): void {
    this.sink.text(this.header);
  }
}

export class NdjsonRowWriter extends TextRowWriter {
  constructor(columns: readonly PlanColumn[]) {
    super(columns, compilePlan(columns, 'ndjson-object'));
  }
}

/** One JSON array, one object per line: valid JSON from `begin` to `end`, however few rows there are. */
export class JsonRowWriter extends TextRowWriter {
  private readonly first: RowPlan;

  constructor(columns: readonly PlanColumn[]) {
    super(columns, compilePlan(columns, 'json-next'));
    this.first = compilePlan(columns, 'json-first');
  }

  override begin(): void {
    this.sink.text('[');
  }

  override write(body: Uint8Array, offset: number, rows: number): number {
    if (this.rowCount > 0 || rows === 0) return super.write(body, offset, rows);
    const next = this.first.writePage(body, offset, 1, this.sink);
    this.rowCount = 1;
    return super.write(body, next, rows - 1);
  }

  override *writeLarge(body: Uint8Array, offset: number): Generator<void, number> {
    if (this.rowCount > 0) return yield* super.writeLarge(body, offset);
    const end = yield* this.first.writeLarge(body, offset, this.sink, 0);
    this.rowCount = 1;
    return end;
  }

  override *end(): Generator<void, void> {
    this.sink.text('\n]\n');
    yield;
  }
}
