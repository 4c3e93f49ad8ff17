import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { int, Reader, short, string, TYPE } from './bytes.mjs';
import {
  ERROR,
  errorBody,
  FrameSplitter,
  markersMetadata,
  OPCODE,
  RESULT,
  readAsked,
  response,
  rowsMetadata,
  VERSION,
} from './frames.mjs';
import { ReplaySelect } from './select.mjs';
import { parseInsert } from './statement.mjs';

const VOID = [int(RESULT.void)];
const USING_TYPES = { timestamp: short(TYPE.bigint), ttl: short(TYPE.int) };

/**
 * A node that answers from memory what was recorded: schema questions, and pages of one table. It costs a client what a
 * real node would, and the machine next to nothing, so that what is measured is the client. Rows that are inserted are
 * acknowledged at once and thrown away. It speaks protocol v4 alone: a client that starts with v5 is refused as by a
 * Cassandra 3.11, and comes back with v4.
 */
export class ReplayNode {
  #tables;
  #supported;
  /** @type {Map<string, ReplaySelect | null>} by their ids; null: an INSERT */
  #prepared = new Map();
  #sockets = /** @type {Set<import('node:net').Socket>} */ (new Set());
  #server = createServer((socket) => this.#serve(socket));
  /** What could not be answered: it explains why a client gave up. @type {Set<string>} */
  refused = new Set();

  /** @param {readonly import('./table.mjs').ReplayTable[]} tables */
  constructor(tables) {
    this.#tables = new Map(tables.map((table) => [`${table.name.keyspace}.${table.name.name}`, table]));
    this.#supported = [
      short(3),
      ...multimap('CQL_VERSION', ['3.4.7']),
      ...multimap('COMPRESSION', []),
      ...multimap('PROTOCOL_VERSIONS', [`${VERSION}/v${VERSION}`]),
    ];
  }

  /** @param {string} address @param {number} port 0: any free one @returns {Promise<number>} the port */
  async listen(address, port) {
    await new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, address, () => resolve(undefined));
    });
    const at = this.#server.address();
    return typeof at === 'object' && at !== null ? at.port : port;
  }

  async close() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(() => resolve(undefined)));
  }

  /** @param {import('node:net').Socket} socket */
  #serve(socket) {
    const splitter = new FrameSplitter();
    const session = { keyspace: /** @type {string | null} */ (null) };
    this.#sockets.add(socket);
    socket.setNoDelay(true);
    // A client that leaves in the middle of a page is no news.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('data', (/** @type {Buffer} */ chunk) => {
      for (const frame of splitter.push(chunk)) {
        socket.cork();
        for (const part of this.#answer(frame, session)) socket.write(part);
        socket.uncork();
      }
    });
  }

  /** @param {import('./frames.mjs').Frame} frame @param {{ keyspace: string | null }} session @returns {Buffer[]} */
  #answer(frame, session) {
    const { version, stream } = frame;
    if (version !== VERSION) {
      const message = `Invalid or unsupported protocol version (${version}); supported versions are (${VERSION}/v${VERSION})`;
      return response(stream, OPCODE.error, errorBody(ERROR.protocol, message));
    }
    try {
      return this.#answerV4(frame, session);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return response(
        stream,
        OPCODE.error,
        errorBody(ERROR.invalid, `The replay node cannot answer this: ${message}.`),
      );
    }
  }

  /** @param {import('./frames.mjs').Frame} frame @param {{ keyspace: string | null }} session @returns {Buffer[]} */
  #answerV4({ stream, opcode, body }, session) {
    const reader = new Reader(body);
    switch (opcode) {
      case OPCODE.options:
        return response(stream, OPCODE.supported, this.#supported);
      case OPCODE.startup:
      case OPCODE.register:
        return response(stream, OPCODE.ready, []);
      case OPCODE.query:
        return response(stream, OPCODE.result, this.#query(reader, session));
      case OPCODE.prepare:
        return response(stream, OPCODE.result, this.#prepare(reader.longString(), session.keyspace));
      case OPCODE.execute:
        return this.#execute(reader, stream);
      case OPCODE.batch:
        return this.#batch(reader, stream);
      default:
        throw new SyntaxError(`it is a request of kind ${opcode}`);
    }
  }

  /** @param {Reader} reader @param {{ keyspace: string | null }} session @returns {Buffer[]} */
  #query(reader, session) {
    const statement = reader.longString();
    const [, quoted, plain = ''] = /^\s*use\s+(?:"((?:[^"]|"")+)"|(\w+))\s*;?\s*$/i.exec(statement) ?? [];
    if (quoted !== undefined || plain !== '') {
      session.keyspace = quoted?.replaceAll('""', '"') ?? plain.toLowerCase();
      return [int(RESULT.setKeyspace), string(session.keyspace)];
    }
    return pageBody(this.#select(statement, session.keyspace), readAsked(reader));
  }

  /** @param {string} statement @param {string | null} keyspace @returns {Buffer[]} */
  #prepare(statement, keyspace) {
    const insert = parseInsert(statement);
    const select = insert === null ? this.#select(statement, keyspace) : null;
    const { table, markers, columns } = select ?? this.#inserted(insert, keyspace);
    const id = createHash('md5').update(`${keyspace}\0${statement}`).digest();
    this.#prepared.set(id.toString('latin1'), select);
    return [
      int(RESULT.prepared),
      short(id.length),
      id,
      ...markersMetadata(table.name, markers),
      ...rowsMetadata(table.name, columns),
    ];
  }

  /** @param {Reader} reader @param {number} stream @returns {Buffer[]} */
  #execute(reader, stream) {
    const id = reader.take(reader.short());
    const select = this.#prepared.get(id.toString('latin1'));
    if (select === null) return response(stream, OPCODE.result, VOID);
    if (select !== undefined) return response(stream, OPCODE.result, pageBody(select, readAsked(reader)));
    const unknown = errorBody(ERROR.unprepared, 'This statement is not prepared here', [short(id.length), id]);
    return response(stream, OPCODE.error, unknown);
  }

  /** Of the rows of a batch all have the statement of the first. @param {Reader} reader @param {number} stream @returns {Buffer[]} */
  #batch(reader, stream) {
    reader.byte();
    if (reader.short() === 0 || reader.byte() !== 1)
      throw new SyntaxError('a batch of prepared statements is expected');
    return this.#execute(reader, stream);
  }

  /** @param {import('./statement.mjs').Insert | null} insert @param {string | null} used */
  #inserted(insert, used) {
    if (insert === null) throw new TypeError('it is no INSERT');
    const table = this.#table(insert.keyspace ?? used, insert.table);
    const own = insert.columns.flatMap((name) => table.columns[table.indexOf(name)] ?? []);
    const using = insert.using.map((name) => ({ name: `[${name}]`, type: USING_TYPES[name] }));
    return { table, markers: [...own, ...using], columns: [] };
  }

  /** @param {string | null} keyspace @param {string} name */
  #table(keyspace, name) {
    const table = this.#tables.get(`${keyspace}.${name}`);
    if (table === undefined) throw new SyntaxError(`${keyspace}.${name} was not recorded`);
    return table;
  }

  /** @param {string} statement @param {string | null} used @returns {ReplaySelect} */
  #select(statement, used) {
    try {
      return new ReplaySelect(statement, (keyspace, name) => this.#table(keyspace ?? used, name));
    } catch (error) {
      this.refused.add(`${statement}: ${error instanceof Error ? error.message : error}`);
      throw error;
    }
  }
}

/** @param {ReplaySelect} select @param {import('./frames.mjs').Asked} asked @returns {Buffer[]} */
function pageBody(select, asked) {
  const { rows, cells, pagingState } = select.page(asked);
  const metadata = rowsMetadata(select.table.name, select.columns, { pagingState, isSkipped: asked.skipsMetadata });
  return [Buffer.concat([int(RESULT.rows), ...metadata, int(rows)]), ...cells];
}

/** One entry of a [string multimap]. @param {string} name @param {readonly string[]} values */
function multimap(name, values) {
  return [string(name), short(values.length), ...values.map(string)];
}
