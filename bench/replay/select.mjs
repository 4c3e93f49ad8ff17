import { long, short, TYPE } from './bytes.mjs';
import { parseSelect } from './statement.mjs';

/** @typedef {import('./table.mjs').ReplayTable} ReplayTable */
/** @typedef {import('./statement.mjs').Value} Value */

const [LEAST_TOKEN, MOST_TOKEN] = [-(2n ** 63n), 2n ** 63n - 1n];
const TOKEN_TYPE = short(TYPE.bigint);

/** A SELECT of a recorded table, ready to be answered any number of times. */
export class ReplaySelect {
  #select;
  #columns;
  /** @type {import('./frames.mjs').Column[]} */
  #markers = [];

  /**
   * @param {string} statement
   * @param {(keyspace: string | null, table: string) => ReplayTable} find
   * @throws {SyntaxError} when the statement, or its table, cannot be answered
   */
  constructor(statement, find) {
    this.#select = parseSelect(statement);
    this.table = find(this.#select.keyspace, this.#select.table);
    const names = this.#select.columns ?? this.table.columns.map(({ name }) => name);
    this.#columns = names.map((name) => this.table.indexOf(name));
    for (const { column, values } of this.#select.equalities) {
      const known = this.table.columns[this.table.indexOf(column)];
      for (const value of values) this.#mark(value, { name: column, type: known?.type ?? TOKEN_TYPE });
    }
    for (const { value } of this.#select.bounds) {
      this.#mark(value, { name: 'partition key token', type: TOKEN_TYPE });
    }
  }

  /** @param {Value} value @param {import('./frames.mjs').Column} column */
  #mark(value, column) {
    if ('marker' in value) this.#markers[value.marker] = value.name === null ? column : { ...column, name: value.name };
  }

  get markers() {
    return this.#markers;
  }

  get columns() {
    return this.#columns.flatMap((index) => this.table.columns[index] ?? []);
  }

  /**
   * One page. Its paging state is the number of rows before it: opaque to clients, like a node's.
   * @param {import('./frames.mjs').Asked} asked
   * @returns {{ rows: number, cells: Buffer[], pagingState: Buffer | null }}
   */
  page({ values, pageRows, pagingState }) {
    const skipped = pagingState === null ? 0 : Number(pagingState.readBigInt64BE());
    const span = this.#span(values);
    if (this.#select.equalities.length > 0) return this.#matches(span, values);
    const end = Math.min(span.to, span.from + (this.#select.limit ?? Number.POSITIVE_INFINITY));
    const from = Math.min(end, span.from + skipped);
    const to = pageRows === 0 ? end : Math.min(end, from + pageRows);
    const rows = to - from;
    const cells = [this.table.cells({ from, to }, this.#columns)];
    return { rows, cells, pagingState: to < end ? long(BigInt(skipped + rows)) : null };
  }

  /** System tables are small: all that match come in one page. */
  #matches(/** @type {import('./table.mjs').Span} */ span, /** @type {readonly (Buffer | null)[]} */ bound) {
    const conditions = this.#select.equalities.map(({ column, values }) => ({
      column: this.table.indexOf(column),
      values: values.map((value) => bytesOf(value, bound)),
    }));
    const rows = this.table.matching(span, conditions).slice(0, this.#select.limit ?? undefined);
    const cells = rows.map((row) => this.table.cells({ from: row, to: row + 1 }, this.#columns));
    return { rows: rows.length, cells, pagingState: null };
  }

  /** @param {readonly (Buffer | null)[]} bound */
  #span(bound) {
    const { bounds } = this.#select;
    if (bounds.length === 0) return this.table.all;
    let [from, to] = [LEAST_TOKEN, MOST_TOKEN];
    for (const { operator, value } of bounds) {
      const token = tokenOf(value, bound);
      if (operator === '>') from = token;
      else if (operator === '>=') from = token === LEAST_TOKEN ? token : token - 1n;
      // As in Cassandra, the least token as an upper bound is the end of the ring: Java's driver reads the last range so.
      else if (token === LEAST_TOKEN) to = MOST_TOKEN;
      else to = operator === '<=' ? token : token - 1n;
    }
    return this.table.within(from, to);
  }
}

/** @param {Value} value @param {readonly (Buffer | null)[]} bound @returns {bigint} */
function tokenOf(value, bound) {
  if ('number' in value) return BigInt(value.number);
  const bytes = bytesOf(value, bound);
  if (bytes === null || bytes.length !== 8) throw new SyntaxError('a token has 8 bytes');
  return bytes.readBigInt64BE();
}

/** @param {Value} value @param {readonly (Buffer | null)[]} bound @returns {Buffer | null} */
function bytesOf(value, bound) {
  if ('marker' in value) return bound[value.marker] ?? null;
  return Buffer.from('text' in value ? value.text : value.number);
}
