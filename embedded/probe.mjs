import { connect } from 'node:net';

/**
 * OPTIONS of the native protocol, version 4: version, flags, stream (2 bytes), opcode 5, length (4 bytes). It is the
 * one request that a server answers before anybody has logged in (native_protocol_v4.spec, section 4.1.3).
 */
const OPTIONS = Buffer.from([4, 0, 0, 0, 5, 0, 0, 0, 0]);
const SUPPORTED = 6;
const ERROR = 0;
const HEADER_BYTES = 9;

/**
 * Whether a server at an address speaks CQL.
 * @param {string} host
 * @param {number} port
 * @param {{ timeoutMs?: number }} [options]
 * @returns {Promise<'cql' | 'other' | 'closed'>} `other`: something listens, but does not answer like Cassandra in time
 */
export function probeCql(host, port, { timeoutMs = 2000 } = {}) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let connected = false;
    let answer = Buffer.alloc(0);
    /** @param {'cql' | 'other' | 'closed'} result */
    const end = (result) => {
      socket.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end(connected ? 'other' : 'closed'), timeoutMs);
    socket.once('close', () => clearTimeout(timer));
    socket.once('connect', () => {
      connected = true;
      socket.write(OPTIONS);
    });
    socket.on('error', () => end(connected ? 'other' : 'closed'));
    socket.on('end', () => end('other'));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= HEADER_BYTES) end(isAnswer(answer) ? 'cql' : 'other');
    });
  });
}

/**
 * A response frame's first byte has the top bit set; a server that no longer speaks version 4 answers with an ERROR.
 * @param {Buffer} frame
 */
function isAnswer(frame) {
  const opcode = frame[4];
  return ((frame[0] ?? 0) & 0x80) !== 0 && (opcode === SUPPORTED || opcode === ERROR);
}
