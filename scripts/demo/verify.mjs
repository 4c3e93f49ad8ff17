import { withRetries } from './retry.mjs';
import { qualified } from './schema.mjs';
import { quote } from './table.mjs';

const PAGE_ROWS = 5_000;

/**
 * The table's number of rows, counted by reading one small column page by page. A page may be empty and still not be the
 * last: only the paging state says so.
 * @param {object} what
 * @param {import('cassandra-driver').Client} what.client
 * @param {string} what.keyspace
 * @param {import('./table.mjs').DemoTable} what.table
 * @param {AbortSignal} what.signal
 * @returns {Promise<number>}
 */
export async function countRows({ client, keyspace, table, signal }) {
  const query = `SELECT ${quote(table.countColumn)} FROM ${qualified(table, keyspace)}`;
  let rows = 0;
  /** @type {string | undefined} */
  let pageState;
  do {
    signal.throwIfAborted();
    const options = { fetchSize: PAGE_ROWS, ...(pageState === undefined ? {} : { pageState }) };
    const page = await withRetries(() => client.execute(query, [], options), signal);
    rows += page.rows.length;
    pageState = page.pageState ?? undefined;
  } while (pageState !== undefined);
  return rows;
}
