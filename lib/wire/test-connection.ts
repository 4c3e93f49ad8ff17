import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { NODES } from '@/lib/cassandra/test-ring';

/** A connection that sends and receives raw bytes, without a driver (native protocol v4). */
export interface RawConnection {
  /** Runs a statement with values as raw bytes, null for null; returns the body of its response. */
  ask(statement: string, values?: readonly (Uint8Array | null)[]): Promise<Buffer>;
  /** The same, but returns the cells of its rows. */
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

/** In the body of a ROWS result without metadata: kind, flags, column count, row count, cells. */
export const ROWS_OFFSET = 16;

/** How many rows the body of such a result has. */
export function rowCount(body: Buffer): number {
  return body.readInt32BE(12);
}

function cellsOf(body: Buffer): (Buffer | null)[][] {
  if (body.readInt32BE(0) !== RESULT_ROWS) return [];
  const columns = body.readInt32BE(8);
  let at = ROWS_OFFSET;
  return Array.from({ length: rowCount(body) }, () =>
    Array.from({ length: columns }, () => {
      const length = body.readInt32BE(at);
      at += 4 + Math.max(0, length);
      return length < 0 ? null : body.subarray(at - length, at);
    }),
  );
}

/** Yields frames as they arrive. */
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

/** Connects to the ring's first node. */
export async function connectRaw(): Promise<RawConnection> {
  const [host = '', port = '9042'] = NODES[0]?.split(':') ?? [];
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
  const run = (statement: string, values: readonly (Uint8Array | null)[] = []) =>
    ask(queryFrame(statement, values), OPCODE.result);
  return {
    ask: run,
    query: async (statement, values) => cellsOf(await run(statement, values)),
    close: () => socket.destroy(),
  };
}
