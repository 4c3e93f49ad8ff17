import { REQUEST_ID_HEADER } from './request-id.mjs';
import { clientAddress, isTrustedProxy } from './settings.mjs';

/** What a browser says of itself is kept no longer than this. */
const AGENT_CHARACTERS = 200;

/**
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {Pick<import('../lib/sign-in/web-gate').WebGate, 'origin' | 'enter'>} Gate who may pass
 */

/** @type {Gate} */
export const OPEN_GATE = {
  origin: null,
  enter: () => Promise.resolve({ kind: 'pass', person: null, cookies: [], erases: false }),
};

/** @param {string | null} origin */
export function hostOf(origin) {
  return origin === null ? [] : [new URL(origin).hostname];
}

/** @type {Readonly<Record<401 | 403 | 429, 'signed_out' | 'forbidden_origin' | 'too_many_attempts'>>} */
const CODES = { 401: 'signed_out', 403: 'forbidden_origin', 429: 'too_many_attempts' };

/**
 * Asks the gate, and answers if the request may not pass. For one that may, who it is from stands in the headers.
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {import('./settings.mjs').Settings} settings
 * @param {Gate} gate
 * @returns {Promise<Pick<import('./decide.mjs').Answer, 'code' | 'status' | 'message' | 'hint'> | 'passes' | 'answered'>}
 *   why it may not, for the web server to answer
 */
export async function enters(request, response, settings, gate) {
  const { method = '', url = '', headers, socket } = request;
  const address = clientAddress(settings, socket.remoteAddress, headers['x-forwarded-for']);
  const requestId = response.getHeader(REQUEST_ID_HEADER);
  const entry = await gate.enter({
    ...(typeof requestId === 'string' ? { requestId } : {}),
    method,
    path: url.split('?', 1)[0] ?? '',
    target: url,
    headers,
    isFromProxy: isTrustedProxy(settings, socket.remoteAddress),
    address,
    agent: (headers['user-agent'] ?? '').slice(0, AGENT_CHARACTERS),
  });
  switch (entry.kind) {
    case 'pass':
      if (entry.person !== null) headers['x-ringside-person'] = entry.person;
      headers['x-ringside-address'] = address;
      // Nothing behind the gate needs a token.
      delete headers.authorization;
      if (entry.cookies.length > 0) response.setHeader('set-cookie', [...entry.cookies]);
      if (entry.erases) response.setHeader('clear-site-data', '"storage"');
      return 'passes';
    case 'redirect':
      response.writeHead(303, { location: entry.to, 'cache-control': 'no-store' }).end();
      return 'answered';
    case 'refuse': {
      const { status, message, hint } = entry;
      return { code: CODES[status], status, message, hint };
    }
    default:
      throw new Error(`Unknown entry ${JSON.stringify(entry)}.`);
  }
}
