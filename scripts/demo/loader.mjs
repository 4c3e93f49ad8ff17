import cassandra from 'cassandra-driver';
import { forEachInPool } from './pool.mjs';
import { withRetries } from './retry.mjs';
import { insertInto, qualified } from './schema.mjs';
import { quote } from './table.mjs';

/**
 * @typedef {import('./table.mjs').DemoTable} DemoTable
 * @typedef {import('./table.mjs').Row} Row
 *
 * @typedef {object} Load
 * @property {cassandra.Client} client
 * @property {string} keyspace  Its name in the cluster.
 * @property {DemoTable} table
 * @property {import('./table.mjs').Features} features
 * @property {import('./table.mjs').DataOptions} data
 * @property {AbortSignal} signal
 * @property {(rows: number) => void} onRows  Called with the number of rows that the server has just acknowledged.
 */

/** Requests in flight, each a batch of up to BATCH_ROWS rows of one partition. */
const IN_FLIGHT = 128;

/**
 * Writes all rows of a table. May run again: every row has the same primary key each time.
 * @param {Load} load
 */
export async function loadTable(load) {
  const { client, table, keyspace, signal } = load;
  const send = SENDERS[table.writer](load);
  await forEachInPool(
    table.batches(load.data),
    IN_FLIGHT,
    async (rows) => {
      await withRetries(() => send(rows), signal);
      load.onRows(rows.length);
    },
    signal,
  );
  for (const statement of table.statements?.(keyspace) ?? []) {
    await withRetries(() => client.execute(statement, [], { prepare: false }), signal);
  }
}

/** @type {Record<DemoTable['writer'], (load: Load) => (rows: Row[]) => Promise<unknown>>} */
const SENDERS = { values: valuesSender, json: jsonSender, counters: counterSender };

/** @param {Load} load */
function valuesSender({ client, table, keyspace, features }) {
  const columns = Object.keys(table.columns(features));
  const query = insertInto(table, keyspace, columns);
  /** @param {Row} row */
  const paramsOf = (row) => columns.map((column) => row[column] ?? cassandra.types.unset);
  return /** @param {Row[]} rows */ (rows) => {
    const [first] = rows;
    if (first && rows.length === 1) return client.execute(query, paramsOf(first));
    const queries = rows.map((row) => ({ query, params: paramsOf(row) }));
    return client.batch(queries, { prepare: true, logged: false });
  };
}

/** @param {Load} load */
function jsonSender({ client, table, keyspace, features }) {
  const columns = new Set(Object.keys(table.columns(features)));
  const query = `INSERT INTO ${qualified(table, keyspace)} JSON ? DEFAULT UNSET`;
  return /** @param {Row[]} rows */ (rows) =>
    Promise.all(rows.map((row) => client.execute(query, [jsonOf(row, columns)])));
}

/**
 * The row as INSERT JSON accepts it: case-sensitive names are quoted, and quotes inside them are not doubled.
 * @param {Row} row
 * @param {ReadonlySet<string>} columns  Columns that the table has on this server.
 */
function jsonOf(row, columns) {
  const known = Object.entries(row).filter(([name]) => columns.has(name));
  return JSON.stringify(Object.fromEntries(known.map(([name, value]) => [`"${name}"`, value])));
}

/**
 * An increment is not idempotent, so each counter is read first and moved by the difference.
 * @param {Load} load
 */
function counterSender({ client, table, keyspace, features }) {
  const columns = Object.entries(table.columns(features));
  const keys = columns.filter(([, type]) => type !== 'counter').map(([name]) => name);
  const where = keys.map((key) => `${quote(key)} = ?`).join(' AND ');
  const names = columns.filter(([, type]) => type === 'counter').map(([name]) => name);
  const { Long } = cassandra.types;
  return /** @param {Row[]} rows */ async (rows) => {
    for (const row of rows) {
      const key = keys.map((name) => row[name]);
      const found = await client.execute(
        `SELECT ${names.map(quote).join(', ')} FROM ${qualified(table, keyspace)} WHERE ${where}`,
        key,
      );
      for (const name of names.filter((counter) => row[counter] !== undefined)) {
        const now = Long.fromString(String(found.first()?.get(name) ?? 0));
        const missing = Long.fromString(String(row[name])).subtract(now);
        if (found.first()?.get(name) != null && missing.isZero()) continue;
        const update = `UPDATE ${qualified(table, keyspace)} SET ${quote(name)} = ${quote(name)} + ? WHERE ${where}`;
        // Marked idempotent, the driver would resend an increment after a timeout.
        await client.execute(update, [missing, ...key], { isIdempotent: false });
      }
    }
  };
}
