import cassandra from 'cassandra-driver';
import { loadAsSstables, localRing, nodetool, rowsOf } from '../../embedded/index.mjs';
import { forEachInPool } from '../../scripts/demo/pool.mjs';
import { withRetries } from '../../scripts/demo/retry.mjs';
import { Problem } from '../../scripts/support/problem.mjs';
import { chunksOf } from './rows.mjs';

/**
 * @typedef {object} TableLoad
 * @property {string} contactPoint host or host:port
 * @property {number} port
 * @property {string} keyspace
 * @property {string} name
 * @property {import('./shapes.mjs').Shape} shape
 * @property {number} rows
 * @property {number} replication
 * @property {boolean} inserts insert even if SSTables could be loaded
 * @property {boolean} [isCompacted] compact the loaded SSTables into one; default true
 * @property {readonly string[]} [recordPaths] where this project's rings keep their records
 * @property {(text: string) => void} onProgress
 * @property {AbortSignal} signal
 */

/** Inserts in flight. */
const IN_FLIGHT = 256;
const COMMENT = 'Ringside benchmark, ';

/**
 * Creates and fills a benchmark table, unless that exact table exists already.
 * @param {TableLoad} load
 * @returns {Promise<{ rows: number, how: 'there already' | 'sstables' | 'inserts', elapsedMs: number, why: string }>}
 * @throws {Problem} when a table of that name is someone else's, or a step fails
 */
export async function loadTable(load) {
  const { RoundRobinPolicy } = cassandra.policies.loadBalancing;
  const client = new cassandra.Client({
    contactPoints: [load.contactPoint],
    protocolOptions: { port: load.port },
    policies: { loadBalancing: new RoundRobinPolicy() },
    socketOptions: { readTimeout: 120_000 },
    queryOptions: { prepare: true, isIdempotent: true },
  });
  await client.connect();
  try {
    return await loadWith(client, load);
  } finally {
    await client.shutdown();
  }
}

/** @param {cassandra.Client} client @param {TableLoad} load */
async function loadWith(client, load) {
  const startedAt = performance.now();
  const { keyspace, name, rows, onProgress } = load;
  const done = `${COMMENT}${load.rows} rows`;
  const comment = await commentOf(client, keyspace, name);
  if (comment === done) return { rows, how: /** @type {const} */ ('there already'), elapsedMs: 0, why: '' };
  if (comment !== undefined && !comment.startsWith(COMMENT)) {
    throw new Problem(
      `${keyspace}.${name} exists and is not a benchmark table.`,
      'Choose another --table or --keyspace.',
    );
  }
  onProgress(comment === undefined ? 'creating the table' : 'recreating the table');
  await client.execute(`DROP TABLE IF EXISTS ${keyspace}.${name}`, [], { prepare: false });
  await client.execute(
    `CREATE KEYSPACE IF NOT EXISTS ${keyspace} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': ${load.replication}}`,
    [],
    { prepare: false },
  );
  await client.execute(createTable(load, `${COMMENT}being loaded`), [], { prepare: false });
  const ring = load.inserts ? undefined : localRing(load.contactPoint, load.port, load.recordPaths);
  if (ring === undefined) await insertRows(client, load);
  else await handOver(ring, load);
  await client.execute(`ALTER TABLE ${keyspace}.${name} WITH comment = '${done}'`, [], { prepare: false });
  const why = load.inserts
    ? 'as requested'
    : 'this is not a Cassandra 5 that this project runs as a process on this machine';
  const elapsedMs = performance.now() - startedAt;
  return ring === undefined
    ? { rows, how: /** @type {const} */ ('inserts'), elapsedMs, why }
    : { rows, how: /** @type {const} */ ('sstables'), elapsedMs, why: '' };
}

/**
 * @param {cassandra.Client} client
 * @param {string} keyspace
 * @param {string} name
 * @returns {Promise<string | undefined>} undefined: there is no such table
 */
async function commentOf(client, keyspace, name) {
  const query = 'SELECT comment FROM system_schema.tables WHERE keyspace_name = ? AND table_name = ?';
  const row = (await client.execute(query, [keyspace, name])).first();
  return row ? String(row.get('comment')) : undefined;
}

/** @param {TableLoad} load @param {string} comment */
function createTable({ keyspace, name, shape }, comment) {
  const columns = Object.entries(shape.columns).map(([column, type]) => `${column} ${type}`);
  return `CREATE TABLE ${keyspace}.${name} (${columns.join(', ')}, PRIMARY KEY ${shape.primaryKey}) WITH comment = '${comment}'`;
}

/** @param {TableLoad} load */
function insertOf({ keyspace, name, shape }) {
  const columns = Object.keys(shape.columns);
  return `INSERT INTO ${keyspace}.${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`;
}

/**
 * @param {import('../../embedded/index.mjs').LocalRing} ring
 * @param {TableLoad} load
 */
async function handOver(ring, load) {
  const { keyspace, name, shape, rows, replication, onProgress, signal } = load;
  const startedAt = performance.now();
  const columns = Object.keys(shape.columns).length;
  const count = await loadAsSstables({
    ring,
    keyspace,
    table: name,
    columns,
    replication,
    signal,
    createTable: createTable(load, ''),
    insert: insertOf(load),
    rows: chunksOf(shape, rows),
    onStep: onProgress,
    onRows: (written) => onProgress(progressText(written, rows, startedAt)),
  });
  if (count !== rows) throw new Problem(`${count} of ${rows} rows were written.`, 'Run it again.');
  if (load.isCompacted === false) return;
  for (const { index, address } of ring.record.nodes) {
    signal.throwIfAborted();
    // Compact to one SSTable: otherwise every read merges one per memtable flush, unlike any settled table.
    onProgress(`compacting on ${address}`);
    await nodetool(ring.recordPath, ['compact', keyspace, name], index);
  }
}

/** @param {cassandra.Client} client @param {TableLoad} load */
async function insertRows(client, load) {
  const { shape, rows, onProgress, signal } = load;
  const startedAt = performance.now();
  const [columns, query] = [Object.keys(shape.columns).length, insertOf(load)];
  const bytes = chunksOf(shape, rows);
  const all = (function* () {
    for (const chunk of bytes) yield* rowsOf(chunk, columns, cassandra.types.unset);
  })();
  let written = 0;
  // A few requests with large cells fill the server's queues.
  const places = shape.rows < 1_000 ? 2 : shape.rows < 10_000 ? 16 : IN_FLIGHT;
  const insert = async (/** @type {unknown[]} */ row) => {
    await withRetries(() => client.execute(query, row), signal);
    if (++written % 20_000 === 0) onProgress(progressText(written, rows, startedAt));
  };
  await forEachInPool(all, places, insert, signal);
}

/** @param {number} written @param {number} rows @param {number} startedAt */
function progressText(written, rows, startedAt) {
  const rate = Math.round((written / (performance.now() - startedAt)) * 1_000);
  return `${written.toLocaleString('en')} of ${rows.toLocaleString('en')} rows, ${rate.toLocaleString('en')} rows/s`;
}
