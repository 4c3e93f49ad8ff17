import type { CqlType } from '@/lib/cql/types';
import { int32At } from './bytes';
import { type Cell, writeCell } from './cell';
import { type CsvOptions, csvCell, csvHeaderField, csvStyle } from './csv-cells';
import { PlanError, placedError, WireError } from './errors';
import { jsonCell } from './json-cells';
import type { TextSink } from './sink';
import { cellSteps, STEP_BYTES } from './steps';

export interface PlanColumn {
  readonly name: string;
  readonly type: CqlType;
}

/** How a CSV file is written: its fields, and whether a line of names comes first (it does unless told). */
export interface CsvFileOptions extends CsvOptions {
  readonly header?: boolean;
}

/**
 * `ndjson-array`: a JSON array a line, what the grid reads. `ndjson-object`: an object a line, what a file holds.
 * `json-first`, `json-next`: elements of a JSON array, with what separates each from what stands in front.
 * `csv`: RFC 4180; a null that would make an empty line, as the only field of it, is refused.
 */
export type RowFormat = 'ndjson-array' | 'ndjson-object' | 'json-first' | 'json-next' | 'csv';

interface ColumnPlan {
  readonly name: string;
  readonly cell: Cell;
  /** What stands in front of the value. */
  readonly lead: Uint8Array;
}

const encoder = new TextEncoder();

/** Rows of one set of columns in one format: compiled once, used for every page. */
export class RowPlan {
  private readonly columns: readonly ColumnPlan[];
  private readonly rowEnd: Uint8Array;

  constructor(columns: readonly ColumnPlan[], rowEnd: string) {
    this.columns = columns;
    this.rowEnd = encoder.encode(rowEnd);
  }

  /**
   * Appends the text of `rows` rows whose cells start at `offset` of an undecoded page: each cell a signed 32-bit length
   * and its bytes, exactly rows × columns of them; what lies behind them is not looked at. Returns the offset behind the
   * last cell. Throws WireError, naming row and column, on bytes that do not follow the protocol; the rows before that
   * row are then written, and nothing of it. Throws ValueError likewise on a value that the format cannot hold. Rows are counted from `firstRow` on.
   */
  writePage(body: Uint8Array, offset: number, rows: number, out: TextSink, firstRow = 0): number {
    const { columns, rowEnd } = this;
    let [at, row, column, rowStart] = [offset, 0, 0, 0];
    try {
      for (; row < rows; row++) {
        rowStart = out.length;
        column = 0;
        for (const { cell, lead } of columns) {
          const length = cellLength(body, at);
          at += 4;
          out.raw(lead);
          writeCell(cell, body, at, length, out);
          if (length > 0) at += length;
          column++;
        }
        out.raw(rowEnd);
      }
    } catch (error) {
      out.length = rowStart;
      throw placedError(error, firstRow + row, columns[column]?.name ?? '');
    }
    return at;
  }

  /**
   * Appends one large row as {@link writePage} does, in steps: whenever it yields, what is in `out` may be taken away.
   * Where it throws, part of the row has been written.
   */
  *writeLarge(body: Uint8Array, offset: number, out: TextSink, row: number): Generator<void, number> {
    let [at, stepStart, column] = [offset, offset, 0];
    try {
      for (const { cell, lead } of this.columns) {
        const length = cellLength(body, at);
        at += 4;
        out.raw(lead);
        yield* cellSteps(cell, body, at, length, out);
        at += Math.max(0, length);
        column++;
        if (at - stepStart < STEP_BYTES) continue;
        stepStart = at;
        yield;
      }
      out.raw(this.rowEnd);
    } catch (error) {
      throw placedError(error, row, this.columns[column]?.name ?? '');
    }
    return at;
  }
}

/** The length of the cell at `at`, negative for null, checked to fit in the page. */
export function cellLength(body: Uint8Array, at: number): number {
  const left = body.length - at - 4;
  if (left < 0) throw new WireError('the page ends before this cell');
  const length = int32At(body, at);
  if (length > left) throw new WireError(`a cell of ${length} bytes where ${left} are left in the page`);
  return length;
}

/** Throws PlanError when two columns have one name. */
export function checkNames(columns: readonly PlanColumn[]): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (seen.has(name)) {
      throw new PlanError(
        `Two columns are called "${name}", and an object holds one of them. Name one anew: SELECT … AS other_name.`,
      );
    }
    seen.add(name);
  }
}

function jsonColumns(columns: readonly PlanColumn[], open: string, label: (name: string) => string): ColumnPlan[] {
  return columns.map(({ name, type }, i) => ({
    name,
    cell: jsonCell(type),
    lead: encoder.encode((i === 0 ? open : ',') + label(name)),
  }));
}

function objectPlan(columns: readonly PlanColumn[], open: string, close: string): RowPlan {
  checkNames(columns);
  return new RowPlan(
    jsonColumns(columns, open, (name) => `${JSON.stringify(name)}:`),
    close,
  );
}

/** RFC 4180, section 2. */
const CSV_LINE_END = '\r\n';

/** The header line of a CSV file: the columns' names. Throws PlanError as `compilePlan` does. */
export function csvHeader(columns: readonly PlanColumn[], options: CsvOptions = {}): string {
  const style = csvStyle(options);
  return columns.map(({ name }) => csvHeaderField(name, style)).join(style.delimiter) + CSV_LINE_END;
}

const LONE_NULL =
  'a null as the only field of its line, which is then empty, and most readers skip those. Choose a text for null';

function csvPlan(columns: readonly PlanColumn[], options: CsvOptions): RowPlan {
  const style = csvStyle(options);
  const refuses = columns.length === 1 && style.nullText === '' ? { null: LONE_NULL } : undefined;
  const plans = columns.map(({ name, type }, i) => ({
    name,
    cell: { ...csvCell(type, style), refuses },
    lead: encoder.encode(i === 0 ? '' : style.delimiter),
  }));
  return new RowPlan(plans, CSV_LINE_END);
}

/**
 * Compiles how rows of these columns are written; `options` matter to CSV alone. Throws PlanError when the format cannot
 * hold them: no columns, two of one name in objects, or options that would make a file that cannot be read back.
 */
export function compilePlan(columns: readonly PlanColumn[], format: RowFormat, options: CsvOptions = {}): RowPlan {
  if (columns.length === 0) throw new PlanError('Rows without columns cannot be written.');
  switch (format) {
    case 'ndjson-array':
      return new RowPlan(
        jsonColumns(columns, '[', () => ''),
        ']\n',
      );
    case 'ndjson-object':
      return objectPlan(columns, '{', '}\n');
    case 'json-first':
      return objectPlan(columns, '\n{', '}');
    case 'json-next':
      return objectPlan(columns, ',\n{', '}');
    case 'csv':
      return csvPlan(columns, options);
    default:
      return format satisfies never;
  }
}
