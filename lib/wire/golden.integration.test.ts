import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { quoteIdentifier } from '@/lib/cql/identifiers';
import { HAS_5_0 } from '@/lib/test-release';
import { type GoldenValue, hexOfBytes, readGolden } from './golden';
import { randomFullBytes, SCALARS } from './random-values';
import { toCqlLiteral } from './values';

/** A connection that sends and gives bytes as they are, with no driver between (native protocol v4). */
interface RawConnection {
  /** Runs a statement with values as raw bytes, null for null; gives the cells of its rows. */
  query(statement: string, values?: readonly (Uint8Array | null)[]): Promise<(Buffer | null)[][]>;
  close(): void;
}

const OPCODE = { error: 0x00, startup: 0x01, ready: 0x02, query: 0x07, result: 0x08 } as const;
const HEADER_BYTES = 9;
const CONSISTENCY_ONE = 1;
const FLAG_VALUES = 0x01;
const FLAG_SKIP_METADATA = 0x02;
const RESULT_ROWS = 2;

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function shortString(text: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(text)), Buffer.from(text)]);
}

function frame(opcode: number, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from([4, 0, 0, 0, opcode]), int32(body.length), body]);
}

function queryFrame(statement: string, values: readonly (Uint8Array | null)[]): Buffer {
  const text = Buffer.from(statement);
  const bytes = values.flatMap((value) => (value === null ? [int32(-1)] : [int32(value.length), Buffer.from(value)]));
  const flags = FLAG_SKIP_METADATA | (values.length > 0 ? FLAG_VALUES : 0);
  const parameters = values.length > 0 ? [int16(values.length), ...bytes] : [];
  return frame(
    OPCODE.query,
    Buffer.concat([int32(text.length), text, int16(CONSISTENCY_ONE), Buffer.from([flags]), ...parameters]),
  );
}

/** The cells of a ROWS result whose metadata was left out: kind, flags, column count, row count, cells. */
function cellsOf(body: Buffer): (Buffer | null)[][] {
  if (body.readInt32BE(0) !== RESULT_ROWS) return [];
  const columns = body.readInt32BE(8);
  let at = 16;
  return Array.from({ length: body.readInt32BE(12) }, () =>
    Array.from({ length: columns }, () => {
      const length = body.readInt32BE(at);
      at += 4 + Math.max(0, length);
      return length < 0 ? null : body.subarray(at - length, at);
    }),
  );
}

/** Gives one frame after the other as they come. */
async function* frames(socket: Socket): AsyncGenerator<{ opcode: number; body: Buffer }> {
  let pending = Buffer.alloc(0);
  for await (const chunk of socket) {
    pending = Buffer.concat([pending, z.instanceof(Buffer).parse(chunk)]);
    while (pending.length >= HEADER_BYTES && pending.length >= HEADER_BYTES + pending.readInt32BE(5)) {
      const end = HEADER_BYTES + pending.readInt32BE(5);
      yield { opcode: pending.readUInt8(4), body: pending.subarray(HEADER_BYTES, end) };
      pending = pending.subarray(end);
    }
  }
}

/** Connects to the first node that RINGSIDE_TEST_NODES names, `host[:port]` separated by commas. */
async function connectRaw(): Promise<RawConnection> {
  const [first = ''] = z.string().min(1).parse(process.env.RINGSIDE_TEST_NODES).split(',');
  const [host = '', port = '9042'] = first.trim().split(':');
  const socket = connect(Number(port), host);
  const answers = frames(socket);
  const ask = async (request: Buffer, expected: number) => {
    socket.write(request);
    const answer = await answers.next();
    if (answer.done) throw new Error('The node closed the connection.');
    const { opcode, body } = answer.value;
    if (opcode === OPCODE.error) throw new Error(body.subarray(6).toString());
    if (opcode !== expected) throw new Error(`Unexpected answer ${opcode}.`);
    return body;
  };
  await ask(
    frame(OPCODE.startup, Buffer.concat([int16(1), shortString('CQL_VERSION'), shortString('3.0.0')])),
    OPCODE.ready,
  );
  return {
    query: async (statement, values = []) => cellsOf(await ask(queryFrame(statement, values), OPCODE.result)),
    close: () => socket.destroy(),
  };
}

const KEYSPACE = 'ringside_wire_golden';
const { udts, values } = readGolden(readFileSync(new URL('./golden.json', import.meta.url), 'utf8'));
const stored = values.filter((value) => value.server !== 'none' && (HAS_5_0 || !value.type.includes('vector')));
const types = [...new Set([...stored.map((value) => value.type), ...SCALARS])];

let raw: RawConnection;

beforeAll(async () => {
  raw = await connectRaw();
  await raw.query(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  await raw.query(
    `CREATE KEYSPACE ${KEYSPACE} WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
  );
  await raw.query(`USE ${KEYSPACE}`);
  for (const [name, fields] of Object.entries(udts)) {
    await raw.query(
      `CREATE TYPE ${name} (${fields.map(([field, of]) => `${quoteIdentifier(field)} ${of}`).join(', ')})`,
    );
  }
  const columns = types.map((type, i) => `v${i} ${type in udts ? `frozen<${type}>` : type}`);
  await raw.query(`CREATE TABLE t (k int PRIMARY KEY, ${columns.join(', ')})`);
});

afterAll(async () => {
  await raw.query(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  raw.close();
});

/** Stores a value by a literal or as raw bytes, and reads its bytes. */
async function storeAndRead(
  value: GoldenValue,
  term: string,
  parameters: (Uint8Array | null)[],
): Promise<string | null> {
  const column = `v${types.indexOf(value.type)}`;
  await raw.query('DELETE FROM t WHERE k = 1');
  await raw.query(`INSERT INTO t (k, ${column}) VALUES (1, ${term})`, parameters);
  const cell = (await raw.query(`SELECT ${column} FROM t WHERE k = 1`))[0]?.[0];
  return cell ? hexOfBytes(cell) : null;
}

const cases = stored.map((value) => [`${value.type} ${value.cql.slice(0, 60)}`, value] as const);

describe('a server and the golden file', () => {
  it.each(cases.filter(([, value]) => value.server === 'literal'))(
    'makes the bytes of the literal %s',
    async (_, value) => {
      expect(await storeAndRead(value, value.cql, [])).toBe(value.hex);
    },
  );

  it.each(cases)('takes and gives the bytes of %s', async (_, value) => {
    expect(await storeAndRead(value, '?', [value.bytes])).toBe(value.hex);
  });

  it.each(SCALARS)('makes the bytes of random %s literals', async (name) => {
    const column = `v${types.indexOf(name)}`;
    await fc.assert(
      fc.asyncProperty(randomFullBytes({ kind: 'native', name }), async (bytes) => {
        const literal = toCqlLiteral(bytes, { kind: 'native', name });
        await raw.query(`INSERT INTO t (k, ${column}) VALUES (2, ${literal})`);
        const cell = (await raw.query(`SELECT ${column} FROM t WHERE k = 2`))[0]?.[0];
        expect(cell && hexOfBytes(cell), literal).toBe(hexOfBytes(bytes));
      }),
    );
  });
});
