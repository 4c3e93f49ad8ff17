import { CellWriter, loadAsSstables } from '../../embedded/index.mjs';
import { insertInto } from './schema.mjs';

/** Fewer rows can be inserted before the program that writes SSTables has even started. */
const FEWEST_ROWS = 500_000;
const CHUNK_BYTES = 256 * 1024;
const DAY_MS = 86_400_000;

/**
 * How a value becomes a cell, for the types that large demo tables have.
 * @type {Record<string, (cells: CellWriter, value: unknown) => void>}
 */
const WRITERS = {
  text: (cells, value) => cells.text(String(value)),
  int: (cells, value) => cells.int(Number(value)),
  timestamp: (cells, value) => cells.timestamp(millisecondsOf(value)),
  date: (cells, value) => cells.date(millisecondsOf(value) / DAY_MS),
  'set<text>': (cells, value) => {
    const texts = Array.isArray(value) ? value.map(String).sort() : [];
    // An empty set has no cell.
    if (texts.length === 0) cells.unset();
    else cells.texts(texts);
  },
};

/** @param {unknown} value a Date, or a day as text */
function millisecondsOf(value) {
  if (value instanceof Date) return value.getTime();
  return Date.parse(`${value}T00:00:00Z`);
}

/**
 * Whether a table's rows can be loaded as SSTable files, and are numerous enough for it to pay off.
 * @param {import('./table.mjs').DemoTable} table
 * @param {import('./table.mjs').Features} features
 * @param {number} rows
 */
export function canHandOver(table, features, rows) {
  const types = Object.values(table.columns(features));
  return rows >= FEWEST_ROWS && types.every((type) => Object.hasOwn(WRITERS, type));
}

/**
 * Loads a table with {@link loadAsSstables}: the same rows as inserts would create, many times faster.
 * @param {import('./loader.mjs').Load & {
 *   ring: import('../../embedded/index.mjs').LocalRing, replication: number, createTable: string
 * }} load
 */
export async function handOver(load) {
  const { ring, table, keyspace, features, replication, createTable, signal } = load;
  const columns = Object.keys(table.columns(features));
  let told = 0;
  await loadAsSstables({
    ring,
    keyspace,
    table: table.name,
    replication,
    createTable,
    signal,
    insert: insertInto(table, keyspace, columns),
    columns: columns.length,
    rows: chunksOf(load),
    onRows(written) {
      load.onRows(written - told);
      told = written;
    },
  });
}

/** @param {import('./loader.mjs').Load} load */
async function* chunksOf({ table, features, data, signal }) {
  const columns = Object.entries(table.columns(features));
  const cells = new CellWriter();
  for await (const rows of table.batches(data)) {
    signal.throwIfAborted();
    for (const row of rows) writeRow(cells, columns, row);
    if (cells.length >= CHUNK_BYTES) yield cells.take();
  }
  if (cells.length > 0) yield cells.take();
}

/**
 * @param {CellWriter} cells
 * @param {readonly (readonly [string, string])[]} columns
 * @param {import('./table.mjs').Row} row
 */
export function writeRow(cells, columns, row) {
  for (const [name, type] of columns) {
    const value = row[name];
    const write = WRITERS[type];
    if (write === undefined) throw new Error(`cells of type ${type} are not supported here`);
    if (value === undefined || value === null) cells.unset();
    else write(cells, value);
  }
}
