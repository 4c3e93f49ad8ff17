import { createServer } from 'node:net';

/** A peer that speaks just enough of the native protocol (v4) to be accepted, and then lies about sizes. */

const [OPTIONS, STARTUP] = [0x05, 0x01];
const [READY, SUPPORTED, RESULT] = [0x02, 0x06, 0x08];
const HEAD_BYTES = 9;

/**
 * @param {number} stream
 * @param {number} opcode
 * @param {Buffer} body
 * @param {number} [announcedBytes] the body size claimed in the header
 */
function frame(stream, opcode, body, announcedBytes = body.length) {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt8(0x84, 0);
  head.writeInt16BE(stream, 2);
  head.writeUInt8(opcode, 4);
  head.writeInt32BE(announcedBytes, 5);
  return Buffer.concat([head, body]);
}

/** A RESULT of kind Rows that announces one column and two billion rows, and sends none. */
function billionsOfRows() {
  const text = (/** @type {string} */ value) => {
    const bytes = Buffer.alloc(2 + value.length, value, 'latin1');
    bytes.writeUInt16BE(value.length, 0);
    bytes.write(value, 2, 'latin1');
    return bytes;
  };
  const numbers = Buffer.alloc(12);
  numbers.writeInt32BE(2, 0);
  numbers.writeInt32BE(1, 4);
  numbers.writeInt32BE(1, 8);
  const rows = Buffer.alloc(4);
  rows.writeInt32BE(2_000_000_000, 0);
  const type = Buffer.from([0, 0x0d]);
  return Buffer.concat([numbers, text('system'), text('local'), text('key'), type, rows]);
}

/**
 * @param {string} host
 * @returns {Promise<{ port: number, close: () => void }>}
 */
export async function startHostilePeer(host) {
  let turn = 0;
  const server = createServer((socket) => {
    turn += 1;
    const lie = turn % 3;
    let pending = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= HEAD_BYTES && pending.length >= HEAD_BYTES + pending.readInt32BE(5)) {
        const [stream, opcode, length] = [pending.readInt16BE(2), pending.readUInt8(4), pending.readInt32BE(5)];
        pending = pending.subarray(HEAD_BYTES + length);
        if (opcode === OPTIONS) socket.write(frame(stream, SUPPORTED, Buffer.from([0, 0])));
        else if (opcode === STARTUP && lie !== 2) socket.write(frame(stream, READY, Buffer.alloc(0)));
        else if (lie === 0) socket.write(frame(stream, RESULT, billionsOfRows()));
        else socket.write(frame(stream, RESULT, Buffer.alloc(1024), 2_000_000_000));
      }
    });
  });
  await new Promise((resolve) => server.listen(0, host, () => resolve(undefined)));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the hostile peer has no port');
  return { port: address.port, close: () => server.close() };
}
