import { FILE_SINK_BYTES, type RowWriter } from './file-format';
import { type CsvFileOptions, compilePlan, csvHeader, type PlanColumn, type RowPlan } from './plan';
import { TextSink } from './sink';

/** Rows of a text format, with what stands in front of the first and behind the last. */
abstract class TextRowWriter implements RowWriter {
  readonly sink = new TextSink(FILE_SINK_BYTES);
  protected rowCount = 0;
  protected readonly plan: RowPlan;

  constructor(plan: RowPlan) {
    this.plan = plan;
  }

  begin(): void {}

  write(body: Uint8Array, offset: number, rows: number): number {
    const end = this.plan.writePage(body, offset, rows, this.sink, this.rowCount);
    this.rowCount += rows;
    return end;
  }

  end(): void {}
}

export class CsvRowWriter extends TextRowWriter {
  private readonly header: string;

  constructor(columns: readonly PlanColumn[], options: CsvFileOptions = {}) {
    super(compilePlan(columns, 'csv', options));
    this.header = options.header === false ? '' : csvHeader(columns, options);
  }

  override begin(): void {
    this.sink.text(this.header);
  }
}

export class NdjsonRowWriter extends TextRowWriter {
  constructor(columns: readonly PlanColumn[]) {
    super(compilePlan(columns, 'ndjson-object'));
  }
}

/** One JSON array, an object a line: valid JSON from `begin` to `end`, however few rows there are. */
export class JsonRowWriter extends TextRowWriter {
  private readonly first: RowPlan;

  constructor(columns: readonly PlanColumn[]) {
    super(compilePlan(columns, 'json-next'));
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

  override end(): void {
    this.sink.text('\n]\n');
  }
}
