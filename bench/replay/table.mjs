/**
 * A recorded table: its cells as they came, and where each row starts.
 * @typedef {object} Recorded
 * @property {string} keyspace
 * @property {string} name
 * @property {readonly import('./frames.mjs').Column[]} columns
 * @property {Buffer} cells of all rows; in token order if there are tokens
 * @property {BigInt64Array | null} tokens of the rows; null: its reads are not cut along the ring
 */

/** @typedef {{ from: number, to: number }} Span  rows from `from` up to, not including, `to` */

/** A table that answers reads. */
export class ReplayTable {
  #recorded;
  #offsets;
  /** @type {Map<string, { cells: Buffer, offsets: Float64Array }>} */
  #projected = new Map();

  /** @param {Recorded} recorded */
  constructor(recorded) {
    this.#recorded = recorded;
    this.#offsets = rowOffsets(recorded.cells, recorded.columns.length);
  }

  get name() {
    const { keyspace, name } = this.#recorded;
    return { keyspace, name };
  }

  get columns() {
    return this.#recorded.columns;
  }

  /** @returns {Span} */
  get all() {
    return { from: 0, to: this.#offsets.length - 1 };
  }

  /** @param {string} name @returns {number} */
  indexOf(name) {
    const index = this.columns.findIndex((column) => column.name === name);
    if (index === -1) throw new SyntaxError(`${this.name.name} has no column ${name}`);
    return index;
  }

  /**
   * The rows with tokens after `from` up to and including `to`.
   * @param {bigint} from
   * @param {bigint} to
   * @returns {Span}
   */
  within(from, to) {
    const { tokens } = this.#recorded;
    if (tokens === null) throw new SyntaxError(`the tokens of ${this.name.name} were not recorded`);
    const start = firstAfter(tokens, from);
    return { from: start, to: Math.max(start, firstAfter(tokens, to)) };
  }

  /**
   * The rows of a span in which each column has one of its values.
   * @param {Span} span
   * @param {readonly { column: number, values: readonly (Buffer | null)[] }[]} conditions
   * @returns {number[]}
   */
  matching({ from, to }, conditions) {
    const rows = [];
    for (let row = from; row < to; row++) {
      const cells = this.#row(row);
      const isMatch = conditions.every(({ column, values }) => {
        const found = cells[column] ?? null;
        return values.some((value) => value !== null && found !== null && value.equals(found));
      });
      if (isMatch) rows.push(row);
    }
    return rows;
  }

  /**
   * The cells of a span, of these columns in this order: a view, made once for each list of columns.
   * @param {Span} span
   * @param {readonly number[]} columns
   */
  cells({ from, to }, columns) {
    const { cells, offsets } = this.#of(columns);
    return cells.subarray(offsets[from], offsets[to]);
  }

  /** @param {readonly number[]} columns */
  #of(columns) {
    const isWhole = columns.length === this.columns.length && columns.every((column, at) => column === at);
    if (isWhole) return { cells: this.#recorded.cells, offsets: this.#offsets };
    const key = columns.join();
    const known = this.#projected.get(key) ?? this.#project(columns);
    this.#projected.set(key, known);
    return known;
  }

  /** @param {readonly number[]} columns */
  #project(columns) {
    const rows = this.all.to;
    const parts = [];
    const offsets = new Float64Array(rows + 1);
    let length = 0;
    for (let row = 0; row < rows; row++) {
      const starts = this.#starts(row);
      for (const column of columns) {
        const part = this.#recorded.cells.subarray(starts[column], starts[column + 1]);
        parts.push(part);
        length += part.length;
      }
      offsets[row + 1] = length;
    }
    return { cells: Buffer.concat(parts, length), offsets };
  }

  /** Where each cell of a row starts, and where the last one ends. @param {number} row */
  #starts(row) {
    const { cells, columns } = this.#recorded;
    const starts = [this.#offsets[row] ?? 0];
    for (let column = 0; column < columns.length; column++) starts.push(cellEnd(cells, starts[column] ?? 0));
    return starts;
  }

  /** @param {number} row @returns {(Buffer | null)[]} */
  #row(row) {
    const { cells, columns } = this.#recorded;
    const starts = this.#starts(row);
    return columns.map((_, column) => {
      const start = starts[column] ?? 0;
      return cells.readInt32BE(start) < 0 ? null : cells.subarray(start + 4, starts[column + 1]);
    });
  }
}

/** @param {Buffer} cells @param {number} at @returns {number} where the cell at `at` ends */
export function cellEnd(cells, at) {
  return at + 4 + Math.max(0, cells.readInt32BE(at));
}

/** @param {Buffer} cells @param {number} columns @returns {Float64Array} the start of each row, and the end of the last */
function rowOffsets(cells, columns) {
  const offsets = [0];
  for (let at = 0; at < cells.length; ) {
    for (let column = 0; column < columns; column++) at = cellEnd(cells, at);
    offsets.push(at);
  }
  return Float64Array.from(offsets);
}

/** @param {BigInt64Array} tokens ascending @param {bigint} token @returns {number} index of the first greater one */
function firstAfter(tokens, token) {
  let [low, high] = [0, tokens.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle] ?? 0n) <= token) low = middle + 1;
    else high = middle;
  }
  return low;
}
