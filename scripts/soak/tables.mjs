import { createHash } from 'node:crypto';
import cassandra from 'cassandra-driver';
import { forEachInPool } from '../demo/pool.mjs';

/** Tables whose rows are computed from their ids, so that a client can recognise a wrong row. */

export const KEYSPACE = 'ringside_soak';

const MIB = 1024 * 1024;

/**
 * @typedef {object} SoakTable
 * @property {string} name
 * @property {number} rows
 * @property {string} columns their definitions
 * @property {(id: number) => import('./ndjson.mjs').Json[]} row in the JSON form of the rows route
 * @property {(row: readonly import('./ndjson.mjs').Json[]) => unknown[]} values for the driver
 */

/** @param {number} id */
function digest(id) {
  return createHash('sha256').update(String(id)).digest('hex');
}

/** @type {SoakTable} */
export const NARROW = {
  name: 'narrow',
  rows: 30_000,
  // In Cassandra's order: the key first, then by name.
  columns: 'id int PRIMARY KEY, big bigint, bytes blob, label text',
  row: (id) => [id, String(9_007_199_254_740_993n + BigInt(id)), `0x${digest(id)}`, `row ${id} “é” \u2028`],
  values: ([id, big, bytes, label]) => [id, BigInt(String(big)), Buffer.from(String(bytes).slice(2), 'hex'), label],
};

/** @param {string} name @param {number} rows @param {number} mebibytes of each @returns {SoakTable} */
function tallTable(name, rows, mebibytes) {
  return {
    name,
    rows,
    columns: 'id int PRIMARY KEY, body text',
    row: (id) => [id, digest(id).repeat((mebibytes * MIB) / 64)],
    values: (row) => [...row],
  };
}

/** Killed a node with a 1 GB heap when eight clients read it in parallel in pages of 10,000 rows. */
export const WIDE = tallTable('wide', 40, 1);
/** The largest rows that a node with a 512 MB heap must survive. */
export const WIDEST = tallTable('widest', 6, 8);

const TABLES = [NARROW, WIDE, WIDEST];

/**
 * @param {{ address: string, port: number }} node
 * @param {AbortSignal} signal
 */
export async function loadTables({ address, port }, signal) {
  const { RoundRobinPolicy } = cassandra.policies.loadBalancing;
  const client = new cassandra.Client({
    contactPoints: [`${address}:${port}`],
    policies: { loadBalancing: new RoundRobinPolicy() },
    encoding: { useBigIntAsLong: true },
    socketOptions: { readTimeout: 60_000 },
  });
  try {
    await client.execute(
      `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    );
    for (const table of TABLES) {
      await client.execute(`CREATE TABLE ${KEYSPACE}.${table.name} (${table.columns})`);
      await insertRows(client, table, signal);
    }
  } finally {
    await client.shutdown();
  }
}

/**
 * @param {cassandra.Client} client
 * @param {SoakTable} table
 * @param {AbortSignal} signal
 */
async function insertRows(client, table, signal) {
  const names = table.columns.split(', ').map((column) => column.split(' ')[0]);
  const statement = `INSERT INTO ${KEYSPACE}.${table.name} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
  const ids = Array.from({ length: table.rows }, (_, id) => id);
  const insert = async (/** @type {number} */ id) =>
    void (await client.execute(statement, table.values(table.row(id)), { prepare: true }));
  await forEachInPool(ids, table === NARROW ? 64 : 1, insert, signal);
}
