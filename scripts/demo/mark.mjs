import { DemoError } from './options.mjs';

/**
 * Ringside's mark: a table in each demo keyspace. Its comment says that the keyspace is Ringside's, its rows say what has
 * been loaded. A keyspace without it belongs to someone else, whatever its name.
 *
 * @typedef {import('cassandra-driver').Client} Client
 */

const MARK_TABLE = 'ringside_demo';

/** Increment this when the demo's schema or rows change. */
export const DEMO_VERSION = 1;

const COMMENT = 'Ringside demo, version ';

/**
 * @param {string} keyspace
 */
export function createMark(keyspace) {
  return `CREATE TABLE IF NOT EXISTS ${keyspace}.${MARK_TABLE} (
  table_name text PRIMARY KEY, target bigint, loaded bigint, loaded_at timestamp
) WITH comment = '${COMMENT}${DEMO_VERSION}'`;
}

/**
 * Who owns the keyspace; the version of the demo data if Ringside does.
 * @param {Client} client
 * @param {string} keyspace
 * @returns {Promise<'absent' | 'foreign' | { version: number }>}
 */
export async function ownerOf(client, keyspace) {
  const found = await client.execute('SELECT keyspace_name FROM system_schema.keyspaces WHERE keyspace_name = ?', [
    keyspace,
  ]);
  if (!found.first()) return 'absent';
  const marks = await client.execute(
    'SELECT comment FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?',
    [keyspace, MARK_TABLE],
  );
  return readComment(String(marks.first()?.get('comment') ?? ''));
}

/**
 * @param {string} comment
 * @returns {'foreign' | { version: number }}
 */
export function readComment(comment) {
  const version = comment.startsWith(COMMENT) ? Number(comment.slice(COMMENT.length)) : Number.NaN;
  return Number.isInteger(version) ? { version } : 'foreign';
}

/**
 * @param {string[]} keyspaces
 * @returns {DemoError}
 */
export function refusal(keyspaces) {
  const names = keyspaces.join(', ');
  const [is, it] = keyspaces.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return new DemoError(
    `${names} ${is} not Ringside's demo data (no table ${MARK_TABLE} with Ringside's comment), so nothing was changed. ` +
      `Drop or rename ${it} yourself, or choose other names with --prefix.`,
  );
}

/**
 * A table's progress: rows wanted by the latest load, and rows read back at its end (undefined before that).
 * @typedef {{ target: number, loaded: number | undefined }} Progress
 */

/**
 * @param {Client} client
 * @param {string} keyspace
 * @returns {Promise<Map<string, Progress>>}  By table name.
 */
export async function readMark(client, keyspace) {
  const result = await client.execute(`SELECT table_name, target, loaded FROM ${keyspace}.${MARK_TABLE}`);
  return new Map(
    result.rows.map((row) => [
      String(row.get('table_name')),
      { target: Number(row.get('target')), loaded: row.get('loaded') === null ? undefined : Number(row.get('loaded')) },
    ]),
  );
}

/**
 * @param {Client} client
 * @param {string} keyspace
 * @param {string} table
 * @param {Progress} progress
 */
export async function writeMark(client, keyspace, table, { target, loaded }) {
  await client.execute(
    `INSERT INTO ${keyspace}.${MARK_TABLE} (table_name, target, loaded, loaded_at) VALUES (?, ?, ?, ?)`,
    [table, target, loaded ?? null, loaded === undefined ? null : new Date()],
  );
}
