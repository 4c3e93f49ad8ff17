import { request } from 'node:http';
import { connect } from 'node:net';

/** Plain HTTP for untrustworthy clients: no pooling, no retries. */

/**
 * @typedef {object} Target
 * @property {string} host
 * @property {number} port
 * @property {number} hostilePort where a peer listens that answers CQL with garbage
 */

/**
 * @typedef {object} Asked
 * @property {string} path
 * @property {string} [method]
 * @property {Record<string, string>} [headers]
 * @property {string} [body]
 */

/**
 * @param {Target} target
 * @param {Asked} asked
 * @param {AbortSignal} signal
 * @returns {Promise<import('node:http').IncomingMessage>}
 */
export function ask({ host, port }, { path, method = 'GET', headers = {}, body }, signal) {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host, port, path, method, agent: false, signal, headers: { 'x-ringside': '1', ...headers } },
      resolve,
    );
    sent.once('error', reject);
    sent.end(body);
  });
}

/**
 * @param {Target} target
 * @param {string} path
 * @param {unknown} value
 * @param {AbortSignal} signal
 */
export function post(target, path, value, signal) {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return ask(target, { path, method: 'POST', headers: { 'content-type': 'application/json' }, body }, signal);
}

/**
 * @param {import('node:http').IncomingMessage} answer
 * @param {number} [mostCharacters] of the text to keep
 */
export async function textOf(answer, mostCharacters = 2_000) {
  let text = '';
  for await (const chunk of answer) if (text.length < mostCharacters) text += String(chunk);
  return text;
}

/**
 * Sends raw bytes and collects the response until the server closes, or `leaveAfterMs` has passed.
 * @param {Target} target
 * @param {string | Buffer} bytes
 * @param {{ leaveAfterMs: number, signal: AbortSignal }} options
 * @returns {Promise<{ closedByServer: boolean, text: string }>}
 */
export function rawExchange({ host, port }, bytes, { leaveAfterMs, signal }) {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    let text = '';
    const leave = (/** @type {boolean} */ closedByServer) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      socket.destroy();
      resolve({ closedByServer, text });
    };
    const onAbort = () => leave(false);
    const timer = setTimeout(() => leave(false), leaveAfterMs);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('data', (chunk) => {
      if (text.length < 2_000) text += chunk.toString('latin1');
    });
    socket.once('end', () => leave(true));
    socket.once('close', () => leave(true));
    // A reset counts as closing.
    socket.once('error', () => leave(true));
    socket.write(bytes);
  });
}
