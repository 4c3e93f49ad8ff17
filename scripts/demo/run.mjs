import { localRing } from '../../embedded/index.mjs';
import { KEYSPACES, TABLES } from './catalogue.mjs';
import { canHandOver, handOver } from './hand-over.mjs';
import { loadTable } from './loader.mjs';
import { DEMO_VERSION, ownerOf, readMark, refusal, writeMark } from './mark.mjs';
import { DemoError } from './options.mjs';
import { createTable, schemaStatements } from './schema.mjs';
import { countRows } from './verify.mjs';

/**
 * @typedef {import('./table.mjs').DemoTable} DemoTable
 * @typedef {import('./options.mjs').Options} Options
 * @typedef {import('./connect.mjs').Connection} Connection
 * @typedef {import('./status.mjs').Status} Status
 * @typedef {{ progress(status: Status): void, milestone(status: Status): void }} Reporter
 *
 * @typedef {object} LoadedTable
 * @property {string} keyspace
 * @property {string} table
 * @property {number} rows  As read back.
 * @property {number} loadMs
 * @property {number} verifyMs
 *
 * @typedef {object} LoadResult
 * @property {LoadedTable[]} loaded  Tables that this run loaded; empty if there was nothing to do.
 * @property {string[]} notes  Remarks for the user.
 */

/**
 * Loads the missing demo data. Creates the schema of all keyspaces first, so that their pages work while rows arrive, and
 * reads each table back once it is loaded.
 * @param {Connection} connection
 * @param {Options} options
 * @param {Reporter} reporter
 * @param {AbortSignal} signal
 * @returns {Promise<LoadResult>}
 * @throws {DemoError} when a keyspace is someone else's, before anything is changed; when rows read back are not those
 *   loaded.
 */
export async function load(connection, options, reporter, signal) {
  const { wanted, notes } = await wantedKeyspaces(connection, options);
  const plan = await planTables(connection, options, wanted);
  if (plan.length === 0) return { loaded: [], notes };
  for (const demo of wanted) await createSchema(connection, options, demo);
  /** @type {LoadedTable[]} */
  const loaded = [];
  const { contactPoints, port, replication } = options;
  const own = localRing(contactPoints[0] ?? '', port);
  for (const step of plan) {
    const ring = canHandOver(step.table, connection.features, step.total) ? own : undefined;
    const place = { done: loaded.length, of: plan.length };
    loaded.push(await runStep(step, { connection, reporter, signal, ring, replication, ...place }));
  }
  return { loaded, notes };
}

/**
 * Removes the demo keyspaces that carry Ringside's mark.
 * @param {Connection} connection
 * @param {Options} options
 * @returns {Promise<string[]>}  The keyspaces dropped.
 * @throws {DemoError} when keyspaces of these names are someone else's; Ringside's are dropped by then.
 */
export async function drop({ client }, options) {
  const dropped = [];
  const foreign = [];
  for (const demo of options.keyspaces) {
    const keyspace = options.prefix + demo;
    const owner = await ownerOf(client, keyspace);
    if (owner === 'foreign') foreign.push(keyspace);
    if (typeof owner === 'string') continue;
    await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`, [], { prepare: false });
    dropped.push(keyspace);
  }
  if (foreign.length > 0) throw refusal(foreign);
  return dropped;
}

/**
 * The demo keyspaces to write to. Demo data of another version is left alone.
 * @param {Connection} connection
 * @param {Options} options
 */
async function wantedKeyspaces({ client }, options) {
  const owners = await Promise.all(
    options.keyspaces.map(async (demo) => ({ demo, owner: await ownerOf(client, options.prefix + demo) })),
  );
  const foreign = owners.filter(({ owner }) => owner === 'foreign').map(({ demo }) => options.prefix + demo);
  if (foreign.length > 0) throw refusal(foreign);
  const wanted = [];
  const notes = [];
  for (const { demo, owner } of owners) {
    if (typeof owner === 'string' || owner.version === DEMO_VERSION) wanted.push(demo);
    else
      notes.push(
        `${options.prefix}${demo} has demo data of version ${owner.version}; to get version ${DEMO_VERSION}, remove it with --drop first`,
      );
  }
  return { wanted, notes };
}

/**
 * @typedef {object} Step
 * @property {DemoTable} table
 * @property {string} keyspace
 * @property {import('./table.mjs').DataOptions} data
 * @property {number} total
 */

/**
 * The tables still to load. A table that was once requested with more rows is completed to that number.
 * @param {Connection} connection
 * @param {Options} options
 * @param {string[]} wanted
 * @returns {Promise<Step[]>}
 */
async function planTables({ client }, options, wanted) {
  /** @type {Map<string, Map<string, import('./mark.mjs').Progress>>} */
  const marks = new Map();
  for (const demo of wanted) {
    const keyspace = options.prefix + demo;
    if ((await ownerOf(client, keyspace)) !== 'absent') marks.set(demo, await readMark(client, keyspace));
  }
  return TABLES.filter((table) => wanted.includes(table.keyspace)).flatMap((table) => {
    const mark = marks.get(table.keyspace)?.get(table.name);
    const flights = table.keyspace === 'flights' ? Math.max(options.flights, mark?.target ?? 0) : options.flights;
    const total = table.total({ flights });
    if (mark?.loaded === mark?.target && mark !== undefined && mark.target >= total) return [];
    return [{ table, keyspace: options.prefix + table.keyspace, data: { flights }, total }];
  });
}

/**
 * @param {Connection} connection
 * @param {Options} options
 * @param {string} demo
 */
async function createSchema({ client, localDc, features }, options, demo) {
  if (!Object.hasOwn(KEYSPACES, demo)) return;
  const tables = TABLES.filter((table) => table.keyspace === demo);
  const { prefix, replication } = options;
  const keyspace = prefix + demo;
  for (const statement of schemaStatements({ demo, keyspace, localDc, replication, tables, features })) {
    await client.execute(statement, [], { prepare: false });
  }
}

/**
 * @param {Step} step
 * @param {{ connection: Connection, reporter: Reporter, signal: AbortSignal, done: number, of: number,
 *   replication: number, ring: import('../../embedded/index.mjs').LocalRing | undefined }} context
 *   `ring`: load the rows into it as SSTable files
 * @returns {Promise<LoadedTable>}
 */
async function runStep({ table, keyspace, data, total }, context) {
  const { connection, reporter, signal, done, of, ring, replication } = context;
  const { client, features } = connection;
  const started = performance.now();
  let rows = 0;
  /** @type {(message?: string) => Status} */
  const status = (message) => ({
    state: 'loading',
    keyspace,
    table: table.name,
    rows,
    total,
    rowsPerSecond: Math.round((rows * 1_000) / Math.max(1, performance.now() - started)),
    tablesDone: done,
    tablesTotal: of,
    ...(message === undefined ? {} : { message }),
  });
  await writeMark(client, keyspace, table.name, { target: total, loaded: undefined });
  reporter.progress(status());
  const onRows = (/** @type {number} */ count) => {
    rows += count;
    reporter.progress(status());
  };
  const load = { client, keyspace, table, features, data, signal, onRows };
  if (ring === undefined) await loadTable(load);
  else await handOver({ ...load, ring, replication, createTable: createTable(table, keyspace, features) });
  const loadMs = performance.now() - started;
  const found = await countRows({ client, keyspace, table, signal });
  if (found !== total) {
    throw new DemoError(
      `${keyspace}.${table.name} holds ${found} rows where ${total} were loaded. ` +
        'Something else may have written to it. Remove the demo with --drop and load it again.',
    );
  }
  await writeMark(client, keyspace, table.name, { target: total, loaded: found });
  rows = found;
  reporter.milestone(status('read back, complete'));
  return { keyspace, table: table.name, rows: found, loadMs, verifyMs: performance.now() - started - loadMs };
}
