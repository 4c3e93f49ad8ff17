/**
 * What a demo table is, as data: its columns, its key, and where its rows come from. Schema, loader and verification
 * are derived from it.
 *
 * @typedef {Record<string, unknown>} Row  A value for each column name; a column that is left out is not written.
 *
 * @typedef {object} Features  What the server can do.
 * @property {boolean} vectors  Vector columns (Cassandra 5.0 and later).
 *
 * @typedef {object} DataOptions
 * @property {number} flights  How many flights the tables of keyspace `flights` hold.
 *
 * @typedef {object} DemoTable
 * @property {string} keyspace  Without the prefix that a load may add.
 * @property {string} name
 * @property {string} comment
 * @property {(features: Features) => Record<string, string>} columns  Column name to CQL type, in the order of the table.
 * @property {string} primaryKey  CQL, with its parentheses.
 * @property {string} [clusteringOrder]  CQL; ascending when left out.
 * @property {string[]} [indexes]  Columns with a secondary index.
 * @property {string} countColumn  The column that is read back to count rows: a small one.
 * @property {(options: DataOptions) => number} total  Rows when loaded.
 * @property {'values' | 'json' | 'counters'} writer  `values` binds what the driver encodes; `json` sends a row as
 *   INSERT JSON, for values that the driver cannot bind exactly; `counters` brings counters to the values given.
 * @property {(options: DataOptions) => AsyncIterable<Row[]> | Iterable<Row[]>} batches  Rows of one partition each time,
 *   at most BATCH_ROWS, as they are sent together.
 * @property {(keyspace: string) => string[]} [statements]  Further fixed statements that write rows; each may run again.
 */

/**
 * Rows in one unlogged batch. They share a partition, so a batch is one mutation on one replica set; more
 * rows would pass `batch_size_warn_threshold` (5 KiB) of the server's defaults.
 */
export const BATCH_ROWS = 30;

/**
 * The name as a quoted identifier.
 * @param {string} name
 */
export function quote(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Groups rows by partition and cuts them into batches. Holds all of its input in memory: pass a slice.
 * @param {Iterable<Row>} rows
 * @param {(row: Row) => string} partitionOf  Equal texts mean the same partition.
 * @returns {Generator<Row[]>}
 */
export function* batchesByPartition(rows, partitionOf) {
  /** @type {Map<string, Row[]>} */
  const partitions = new Map();
  for (const row of rows) {
    const partition = partitionOf(row);
    const sharing = partitions.get(partition);
    if (sharing) sharing.push(row);
    else partitions.set(partition, [row]);
  }
  for (const sharing of partitions.values()) yield* cut(sharing);
}

/**
 * @param {Row[]} rows  Rows of one partition.
 * @returns {Generator<Row[]>}
 */
export function* cut(rows) {
  for (let from = 0; from < rows.length; from += BATCH_ROWS) yield rows.slice(from, from + BATCH_ROWS);
}
