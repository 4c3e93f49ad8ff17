/**
 * `node bench/support/drain.mjs HOST[:PORT] KEYSPACE TABLE`: the ceiling for any unload. Reads pages over four token ranges
 * at a time and discards them undecoded; anything that does more is slower. Prints rows and seconds as JSON.
 */
import { createRequire } from 'node:module';
import { Client, policies, types } from 'cassandra-driver';

const { Parser } = createRequire(import.meta.url)('cassandra-driver/lib/streams.js');
const PIECES = 32;
const AT_ONCE = 4;
const PAGE_ROWS = 5_000;

const decodeRows = Parser.prototype.parseRows;
/** Only counts the rows of a table's page; the driver's own queries work as usual. */
Parser.prototype.parseRows = function countRows(
  /** @type {{ byRow?: boolean, header: object, meta: { keyspace?: string }, flagsInfo: object }} */ frame,
  /** @type {{ readInt(): number }} */ reader,
) {
  if (frame.byRow || (frame.meta.keyspace ?? '').startsWith('system')) return decodeRows.call(this, frame, reader);
  try {
    const rows = [{ count: reader.readInt() }];
    this.push({ header: frame.header, result: { rows, meta: frame.meta, flags: frame.flagsInfo } });
  } catch (error) {
    return this.handleParsingError(error, frame, reader);
  }
};

const [host = '127.0.0.1', keyspace = '', table = ''] = process.argv.slice(2);
const client = new Client({
  contactPoints: [host],
  policies: { loadBalancing: new policies.loadBalancing.RoundRobinPolicy() },
});
await client.connect();
const { rows: columns } = await client.execute(
  'SELECT column_name, position, kind FROM system_schema.columns WHERE keyspace_name = ? AND table_name = ?',
  [keyspace, table],
  { prepare: true },
);
const key = columns
  .filter((column) => column.get('kind') === 'partition_key')
  .sort((a, b) => a.get('position') - b.get('position'))
  .map((column) => `"${column.get('column_name')}"`)
  .join(', ');
const statement = `SELECT * FROM "${keyspace}"."${table}" WHERE token(${key}) > ? AND token(${key}) <= ?`;
const [low, step] = [-(2n ** 63n), 2n ** 64n / BigInt(PIECES)];
const ranges = Array.from({ length: PIECES }, (_, piece) => [
  low + step * BigInt(piece),
  piece === PIECES - 1 ? 2n ** 63n - 1n : low + step * BigInt(piece + 1),
]);

let rows = 0;
const startedAt = performance.now();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (let range = ranges.shift(); range !== undefined; range = ranges.shift()) {
      const bounds = range.map((token) => types.Long.fromString(String(token)));
      /** @type {string | undefined} */
      let pageState;
      do {
        const options = { prepare: true, fetchSize: PAGE_ROWS, readTimeout: 0 };
        const page = await client.execute(statement, bounds, pageState ? { ...options, pageState } : options);
        for (const { count } of /** @type {{ count: number }[]} */ (/** @type {unknown} */ (page.rows))) rows += count;
        pageState = page.pageState;
      } while (pageState);
    }
  }),
);
const seconds = (performance.now() - startedAt) / 1_000;
process.stdout.write(`${JSON.stringify({ rows, seconds })}\n`);
await client.shutdown();
