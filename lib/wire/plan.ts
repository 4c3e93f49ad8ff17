import type { CqlType } from '@/lib/cql/types';
import { int32At } from './bytes';
import { type Cell, writeCell } from './cell';
import { type CsvOptions, type CsvStyle, csvCell, csvHeaderField, csvStyle } from './csv-cells';
import { PlanError, placedError, WireError } from './errors';
import { jsonCell } from './json-cells';
import { rowText } from './row-text';
import { isTextType } from './scalar-writers';
import { FixedText, type TextSink } from './sink';
import { cellSteps, STEP_BYTES } from './steps';

export interface PlanColumn {
  readonly name: string;
  readonly type: CqlType;
}

/** How a CSV file is written: its fields, and whether it has a header line (the default). */
export interface CsvFileOptions extends CsvOptions {
  readonly header?: boolean;
  /** Columns of the result that are never null, such as key columns. */
  readonly neverNull?: readonly string[];
}

/**
 * `ndjson-array`: one JSON array per line, for the grid. `ndjson-object`: one object per line, for files.
 * `json-first`, `json-next`: elements of a JSON array, each preceded by its separator.
 * `csv`: RFC 4180; a null that is the only field of its line is `""`, because most readers skip empty lines. A single
 * column of text, where `""` is empty text, needs a text for null.
 */
export type RowFormat = 'ndjson-array' | 'ndjson-object' | 'json-first' | 'json-next' | 'csv';

interface ColumnPlan extends PlanColumn {
  readonly cell: Cell;
  /** What precedes the value. */
  readonly lead: FixedText;
}

const encoder = new TextEncoder();

/** Rows of one set of columns in one format: compiled once, used for every page. */
export class RowPlan {
  private readonly columns: readonly ColumnPlan[];
  private readonly rowEnd: FixedText;

  constructor(columns: readonly ColumnPlan[], rowEnd: string) {
    this.columns = columns;
    this.rowEnd = new FixedText(rowEnd);
  }

  /**
   * Appends the text of `rows` rows whose cells start at `offset` of an undecoded page: each cell a signed 32-bit length and
   * its bytes, exactly rows × columns of them; bytes after them are ignored. Returns the offset after the last cell. Throws
   * WireError, naming row and column, on bytes that do not follow the protocol; the rows before that row are then written,
   * and nothing of it. Throws ValueError likewise on a value that the format cannot hold. Rows count from `firstRow`.
   */
  writePage(body: Uint8Array, offset: number, rows: number, out: TextSink, firstRow = 0): number {
    const { columns, rowEnd } = this;
    let [at, row, column, rowStart, rowAt] = [offset, 0, 0, 0, offset];
    try {
      for (; row < rows; row++) {
        rowStart = out.length;
        rowAt = at;
        column = 0;
        for (const { cell, lead } of columns) {
          const length = cellLength(body, at);
          at += 4;
          out.fixed(lead);
          writeCell(cell, body, at, length, out);
          if (length > 0) at += length;
          column++;
        }
        out.fixed(rowEnd);
      }
    } catch (error) {
      out.length = rowStart;
      const place = { row: firstRow + row, column: columns[column]?.name ?? '' };
      throw placedError(error, place, () => rowText(columns, body, rowAt));
    }
    return at;
  }

  /**
   * Appends one large row like {@link writePage}, but in steps: whenever it yields, the caller may empty `out`. If it throws,
   * part of the row has been written.
   */
  *writeLarge(body: Uint8Array, offset: number, out: TextSink, row: number): Generator<void, number> {
    let [at, stepStart, column] = [offset, offset, 0];
    try {
      for (const { cell, lead } of this.columns) {
        const length = cellLength(body, at);
        at += 4;
        out.fixed(lead);
        yield* cellSteps(cell, body, at, length, out);
        at += Math.max(0, length);
        column++;
        if (at - stepStart < STEP_BYTES) continue;
        stepStart = at;
        yield;
      }
      out.fixed(this.rowEnd);
    } catch (error) {
      const place = { row, column: this.columns[column]?.name ?? '' };
      throw placedError(error, place, () => rowText(this.columns, body, offset));
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
        `Two columns are called "${name}", but an object can have only one. Rename one: SELECT … AS other_name.`,
      );
    }
    seen.add(name);
  }
}

function jsonColumns(columns: readonly PlanColumn[], open: string, label: (name: string) => string): ColumnPlan[] {
  return columns.map(({ name, type }, i) => ({
    name,
    type,
    cell: jsonCell(type),
    lead: new FixedText((i === 0 ? open : ',') + label(name)),
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

const LONE_NULL = 'a null where none was expected, in the only column of the file. Choose a text for null';

/** The cell of the only column of a line: no value may be an empty line. */
function loneCell({ name, type }: PlanColumn, { neverNull = [] }: CsvFileOptions, style: CsvStyle): Cell {
  const cell = csvCell(type, style);
  if (style.nullText !== '') return cell;
  const isText = type.kind === 'native' && isTextType(type.name);
  // Every other type has a text for its empty value, so `""` can only be null.
  if (!isText) return { ...cell, nullText: encoder.encode('""') };
  if (neverNull.includes(name)) return { ...cell, refuses: { null: LONE_NULL } };
  throw new PlanError(
    `A CSV file whose only column is text ("${name}") cannot tell null from empty text: choose a text for null, ` +
      'such as NULL, or export another column as well.',
    'csv.nullText',
  );
}

function csvPlan(columns: readonly PlanColumn[], options: CsvFileOptions): RowPlan {
  const style = csvStyle(options);
  const plans = columns.map((column, i) => ({
    ...column,
    cell: columns.length === 1 ? loneCell(column, options, style) : csvCell(column.type, style),
    lead: new FixedText(i === 0 ? '' : style.delimiter),
  }));
  return new RowPlan(plans, CSV_LINE_END);
}

/**
 * Compiles how rows of these columns are written; `options` apply only to CSV. Throws PlanError if the format cannot hold
 * them: no columns, two of one name in objects, a single text column without a text for null, or options that would make a
 * file that cannot be read back.
 */
export function compilePlan(columns: readonly PlanColumn[], format: RowFormat, options: CsvFileOptions = {}): RowPlan {
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
