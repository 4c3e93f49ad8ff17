import { KEYSPACES } from './catalogue.mjs';
import { createMark } from './mark.mjs';
import { quote } from './table.mjs';

/**
 * @typedef {import('./table.mjs').DemoTable} DemoTable
 * @typedef {import('./table.mjs').Features} Features
 */

/**
 * The statements that create a demo keyspace with its mark, types and tables. All can be repeated.
 * @param {object} wanted
 * @param {string} wanted.demo  The keyspace's name in the catalogue.
 * @param {string} wanted.keyspace  Its name in the cluster.
 * @param {string} wanted.localDc
 * @param {number} wanted.replication
 * @param {readonly DemoTable[]} wanted.tables
 * @param {Features} wanted.features
 * @returns {string[]}
 */
export function schemaStatements({ demo, keyspace, localDc, replication, tables, features }) {
  const datacenter = `'${localDc.replaceAll("'", "''")}'`;
  const types = Object.entries(KEYSPACES[demo] ?? {});
  return [
    `CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = {'class': 'NetworkTopologyStrategy', ${datacenter}: ${replication}}`,
    createMark(keyspace),
    ...types.map(([name, fields]) => `CREATE TYPE IF NOT EXISTS ${keyspace}.${name} (${fields})`),
    ...tables.flatMap((table) => [createTable(table, keyspace, features), ...createIndexes(table, keyspace)]),
  ];
}

/**
 * @param {DemoTable} table
 * @param {string} keyspace
 * @param {Features} features
 */
export function createTable(table, keyspace, features) {
  const columns = Object.entries(table.columns(features)).map(([name, type]) => `  ${quote(name)} ${type}`);
  const order = table.clusteringOrder === undefined ? '' : ` AND CLUSTERING ORDER BY (${table.clusteringOrder})`;
  return `CREATE TABLE IF NOT EXISTS ${qualified(table, keyspace)} (
${columns.join(',\n')},
  PRIMARY KEY ${table.primaryKey}
) WITH comment = '${table.comment.replaceAll("'", "''")}'${order}`;
}

/**
 * @param {DemoTable} table
 * @param {string} keyspace
 */
function createIndexes(table, keyspace) {
  return (table.indexes ?? []).map(
    (column) =>
      `CREATE INDEX IF NOT EXISTS ${table.name}_by_${column} ON ${qualified(table, keyspace)} (${quote(column)})`,
  );
}

/**
 * @param {DemoTable} table
 * @param {string} keyspace
 */
export function qualified(table, keyspace) {
  return `${keyspace}.${quote(table.name)}`;
}

/**
 * The INSERT of a row, with a marker for each of its columns.
 * @param {DemoTable} table
 * @param {string} keyspace
 * @param {readonly string[]} columns
 */
export function insertInto(table, keyspace, columns) {
  return `INSERT INTO ${qualified(table, keyspace)} (${columns.map(quote).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}
