import { connect } from 'node:net';
import { int, longString, Reader, short, string, TYPE } from './bytes.mjs';
import { FrameSplitter, OPCODE, readRows, request } from './frames.mjs';
import { cellEnd } from './table.mjs';

/** @typedef {import('./table.mjs').Recorded} Recorded */

/**
 * What a real node answered.
 * @typedef {object} Recording
 * @property {string} address of the node that was recorded
 * @property {string} release
 * @property {readonly Recorded[]} tables
 */

const PAGE_ROWS = 5_000;
const LOCAL_QUORUM = 6;

/** A connection that sends one request at a time, and keeps answers as bytes. No driver, so that nothing is decoded. */
class RawConnection {
  #socket;
  /** @type {((frame: import('./frames.mjs').Frame) => void) | null} */
  #waiting = null;
  #failed = /** @type {Promise<never>} */ (new Promise(() => undefined));

  /** @param {string} host @param {number} port */
  constructor(host, port) {
    const splitter = new FrameSplitter();
    this.#socket = connect(port, host);
    this.#failed = new Promise((_, reject) => {
      this.#socket.once('error', reject);
      this.#socket.once('close', () => reject(new Error(`${host}:${port} closed the connection`)));
    });
    this.#failed.catch(() => undefined);
    this.#socket.on('data', (/** @type {Buffer} */ chunk) => {
      for (const frame of splitter.push(chunk)) this.#waiting?.(frame);
    });
  }

  /** @param {number} opcode @param {Buffer} body */
  async #ask(opcode, body) {
    const answered = new Promise((/** @type {(frame: import('./frames.mjs').Frame) => void} */ resolve) => {
      this.#waiting = resolve;
    });
    this.#socket.write(request(opcode, body));
    const frame = await Promise.race([answered, this.#failed]);
    if (frame.opcode !== OPCODE.error) return frame;
    const reader = new Reader(frame.body);
    throw new Error(`error 0x${reader.int().toString(16)}: ${reader.string()}`);
  }

  async start() {
    const { opcode } = await this.#ask(
      OPCODE.startup,
      Buffer.concat([short(1), string('CQL_VERSION'), string('3.0.0')]),
    );
    if (opcode !== OPCODE.ready) throw new Error('The node asks for a login. Record from one without.');
  }

  /** @param {string} statement @returns {AsyncGenerator<{ columns: import('./frames.mjs').Column[], rows: number, cells: Buffer }, void>} */
  async *pages(statement) {
    /** @type {Buffer | null} */
    let pagingState = null;
    do {
      const paging = pagingState === null ? [] : [int(pagingState.length), pagingState];
      const flags = Buffer.from([0x04 | (pagingState === null ? 0 : 0x08)]);
      const body = Buffer.concat([longString(statement), short(LOCAL_QUORUM), flags, int(PAGE_ROWS), ...paging]);
      const page = readRows((await this.#ask(OPCODE.query, body)).body);
      if (page === null) throw new Error(`No rows came back: ${statement}`);
      // A copy: the chunk that it is part of would be held for as long.
      yield { ...page, cells: Buffer.from(page.cells) };
      pagingState = page.pagingState === null ? null : Buffer.from(page.pagingState);
    } while (pagingState !== null);
  }

  close() {
    this.#socket.destroy();
  }
}

/** Of these only the columns: the recorded node is alone. */
const EMPTY = ['system.peers', 'system.peers_v2'];
const SYSTEM = ['system.local', 'system.table_estimates', 'system.size_estimates', 'system.built_views'];
const VIRTUAL = ['system_virtual_schema.keyspaces', 'system_virtual_schema.tables', 'system_virtual_schema.columns'];

/**
 * Records a table and everything that a client asks about it.
 * @param {{ host: string, port: number, keyspace: string, table: string, onRows?: (rows: number) => void }} what
 * @returns {Promise<Recording>}
 */
export async function record({ host, port, keyspace, table, onRows = () => undefined }) {
  const connection = new RawConnection(host, port);
  try {
    await connection.start();
    const read = (/** @type {string} */ name) => wholeTable(connection, name, keyspace);
    const schema = await read('system_schema.tables');
    const names = rowsOf(schema).map((row) => [text(row, 'keyspace_name'), text(row, 'table_name')].join('.'));
    const inSchema = names.filter((name) => name.startsWith('system_schema.') && name !== 'system_schema.tables');
    /** @type {Recorded[]} */
    const tables = [schema];
    for (const name of [...inSchema, ...SYSTEM, ...VIRTUAL]) tables.push(await read(name));
    for (const name of EMPTY) tables.push({ ...(await read(name)), cells: Buffer.alloc(0) });
    const columns = tables.find(({ keyspace: of, name }) => of === 'system_schema' && name === 'columns');
    const key = columns === undefined ? [] : partitionKey(columns, keyspace, table);
    if (key.length === 0) throw new Error(`There is no table ${keyspace}.${table}.`);
    tables.push(await ringTable(connection, { keyspace, table, key, onRows }));
    const [local] = rowsOf(tables.find(({ name }) => name === 'local') ?? schema);
    return { address: host, release: local === undefined ? '' : text(local, 'release_version'), tables };
  } finally {
    connection.close();
  }
}

/**
 * A system table; of the schema only what belongs to the system and the recorded keyspace.
 * @param {RawConnection} connection
 * @param {string} qualified
 * @param {string} keyspace
 * @returns {Promise<Recorded>}
 */
async function wholeTable(connection, qualified, keyspace) {
  const [of = '', name = ''] = qualified.split('.');
  const pages = [];
  /** @type {import('./frames.mjs').Column[]} */
  let columns = [];
  for await (const page of connection.pages(`SELECT * FROM ${qualified}`)) {
    columns = page.columns.map((column) => ({ name: column.name, type: Buffer.from(column.type) }));
    pages.push(page.cells);
  }
  const all = { keyspace: of, name, columns, cells: Buffer.concat(pages), tokens: null };
  if (!columns.some((column) => column.name === 'keyspace_name')) return all;
  const kept = rowsOf(all).filter((row) => {
    const owner = text(row, 'keyspace_name');
    return owner === keyspace || owner.startsWith('system');
  });
  return { ...all, cells: Buffer.concat(kept.map(({ bytes }) => bytes)) };
}

/**
 * @param {RawConnection} connection
 * @param {{ keyspace: string, table: string, key: readonly string[], onRows: (rows: number) => void }} what
 * @returns {Promise<Recorded>}
 */
async function ringTable(connection, { keyspace, table, key, onRows }) {
  const statement = `SELECT token(${key.map(quote).join(', ')}), t.* FROM ${quote(keyspace)}.${quote(table)}`;
  const plain = await firstColumns(connection, `SELECT * FROM ${quote(keyspace)}.${quote(table)} LIMIT 1`);
  const listed = statement.replace('t.*', plain.map(({ name }) => quote(name)).join(', '));
  const [pages, tokens] = [/** @type {Buffer[]} */ ([]), /** @type {bigint[]} */ ([])];
  for await (const { cells } of connection.pages(listed)) {
    pages.push(withoutFirst(cells, plain.length + 1, (token) => tokens.push(token.readBigInt64BE())));
    onRows(tokens.length);
  }
  return { keyspace, name: table, columns: plain, cells: Buffer.concat(pages), tokens: BigInt64Array.from(tokens) };
}

/** @param {RawConnection} connection @param {string} statement */
async function firstColumns(connection, statement) {
  for await (const { columns } of connection.pages(statement)) {
    return columns.map(({ name, type }) => ({ name, type: Buffer.from(type) }));
  }
  return [];
}

/** @param {Buffer} cells @param {number} columns @param {(value: Buffer) => void} onFirst @returns {Buffer} */
function withoutFirst(cells, columns, onFirst) {
  const kept = [];
  for (let at = 0; at < cells.length; ) {
    const start = cellEnd(cells, at);
    onFirst(cells.subarray(at + 4, start));
    at = start;
    for (let column = 1; column < columns; column++) at = cellEnd(cells, at);
    kept.push(cells.subarray(start, at));
  }
  return Buffer.concat(kept);
}

/** @typedef {{ bytes: Buffer, values: ReadonlyMap<string, Buffer | null> }} Row */

/** @param {Recorded} table @returns {Row[]} */
function rowsOf({ cells, columns }) {
  const rows = [];
  for (let at = 0; at < cells.length; ) {
    const start = at;
    const values = new Map();
    for (const { name } of columns) {
      const end = cellEnd(cells, at);
      values.set(name, cells.readInt32BE(at) < 0 ? null : cells.subarray(at + 4, end));
      at = end;
    }
    rows.push({ bytes: cells.subarray(start, at), values });
  }
  return rows;
}

/** @param {Row} row @param {string} column */
function text(row, column) {
  return row.values.get(column)?.toString() ?? '';
}

/** @param {Recorded} columns @param {string} keyspace @param {string} table @returns {string[]} in their order */
function partitionKey(columns, keyspace, table) {
  return rowsOf(columns)
    .filter((row) => text(row, 'keyspace_name') === keyspace && text(row, 'table_name') === table)
    .filter((row) => text(row, 'kind') === 'partition_key')
    .sort((a, b) => (a.values.get('position')?.readInt32BE() ?? 0) - (b.values.get('position')?.readInt32BE() ?? 0))
    .map((row) => text(row, 'column_name'));
}

/** @param {string} name */
function quote(name) {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * The same recording as if its node had another address and port, which clients connect to.
 * @param {Recording} recording
 * @param {string} address IPv4
 * @param {number} port
 * @returns {Recorded[]}
 */
export function movedTo({ tables }, address, port) {
  const inet = Buffer.from(address.split('.').map(Number));
  return tables.map((table) => {
    if (table.keyspace !== 'system' || table.name !== 'local') return table;
    const cells = rowsOf(table).flatMap(({ values }) =>
      table.columns.map(({ name, type }) => {
        const value = values.get(name) ?? null;
        if (name === 'rpc_port' || name === 'native_port') return withLength(int(port));
        return withLength(value !== null && type.readUInt16BE() === TYPE.inet ? inet : value);
      }),
    );
    return { ...table, cells: Buffer.concat(cells) };
  });
}

/** @param {Buffer | null} value */
function withLength(value) {
  return value === null ? int(-1) : Buffer.concat([int(value.length), value]);
}
