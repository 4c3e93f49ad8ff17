/**
 * `node bench/support/insert-loop.mjs HOST[:PORT] KEYSPACE TABLE FILE.ndjson`: the ceiling for any load of one process. Holds
 * all rows as values first; then prepared inserts, 128 at a time and one for each row, are all that it does. Prints rows and
 * seconds as JSON.
 */
import { readFileSync } from 'node:fs';
import { Client, policies, types } from 'cassandra-driver';

const AT_ONCE = 128;
const [host = '127.0.0.1', keyspace = '', table = '', file = ''] = process.argv.slice(2);
const client = new Client({
  contactPoints: [host],
  policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
  queryOptions: { consistency: types.consistencies.localQuorum },
});
await client.connect();
const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
const columns = Object.keys(JSON.parse(lines[0] ?? '{}'));
const insert = `INSERT INTO ${keyspace}.${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
/** Numbers beyond 2^53 keep their digits. */
const rows = lines.map((line) => {
  const row = JSON.parse(line.replace(/:(-?\d{16,})(?=[,}])/g, ':"$1"'));
  return columns.map((name) => encodable(name, row[name]));
});

/** @param {string} name @param {unknown} value */
function encodable(name, value) {
  if (value === null || value === undefined) return types.unset;
  if (name === 'id' || name === 'total') return types.Long.fromString(String(value));
  return name === 'created' ? new Date(String(value)) : value;
}

const startedAt = performance.now();
let next = 0;
const worker = async () => {
  while (next < rows.length) await client.execute(insert, rows[next++], { prepare: true });
};
await Promise.all(Array.from({ length: AT_ONCE }, worker));
const seconds = (performance.now() - startedAt) / 1_000;
await client.shutdown();
process.stdout.write(JSON.stringify({ rows: rows.length, seconds }));
