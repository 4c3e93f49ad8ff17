import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { isAllowedHost } from './guards.mjs';

/**
 * What programs ask this server: whether it lives, whether it can serve, and its numbers. The application knows the
 * answers (lib/start-server.ts) and comes from a bundle: the only place that both can see is the global object.
 *
 * @typedef {object} Status
 * @property {() => Promise<{ status: string, reasons: readonly string[], clusters: object }>} readiness
 * @property {() => Promise<{ contentType: string, text: string }>} metrics
 *
 * @typedef {'health' | 'readiness' | 'metrics'} Probe
 * @typedef {{ status: number, contentType: string, text: string }} ProbeAnswer
 */

/** @type {Readonly<Record<string, Probe>>} */
export const PROBES = { '/healthz': 'health', '/readyz': 'readiness', '/metrics': 'metrics' };

const STATUS = Symbol.for('ringside.status');
const NO_STORE = 'no-store, no-transform';

/** @returns {Status | undefined} undefined until the application has started */
function statusOfApplication() {
  return Reflect.get(globalThis, STATUS);
}

/**
 * @param {Probe} probe
 * @param {() => Status | undefined} [status]
 * @returns {Promise<ProbeAnswer>}
 */
export async function answerProbe(probe, status = statusOfApplication) {
  if (probe === 'health') return jsonAnswer(200, { status: 'alive' });
  const known = status();
  if (known === undefined) return jsonAnswer(503, { status: 'not ready', reasons: ['Ringside is starting.'] });
  if (probe === 'metrics') return { status: 200, ...(await known.metrics()) };
  const readiness = await known.readiness();
  return jsonAnswer(readiness.status === 'ready' ? 200 : 503, readiness);
}

/**
 * @param {number} status
 * @param {object} body
 * @returns {ProbeAnswer}
 */
function jsonAnswer(status, body) {
  return { status, contentType: 'application/json', text: JSON.stringify(body) };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {ProbeAnswer} answer
 */
export function writeProbe(response, { status, contentType, text }) {
  const headers = { 'content-type': contentType, 'cache-control': NO_STORE };
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

/**
 * Whether a request carries the token, compared in a time that says nothing about it.
 * @param {string | undefined} authorization the header
 * @param {string | null} token null: there is none, so nothing matches
 * @returns {boolean}
 */
export function carriesToken(authorization, token) {
  const given = /^Bearer (\S{1,512})$/i.exec(authorization ?? '')?.[1];
  if (token === null || given === undefined) return false;
  // Hashes have one length, which timingSafeEqual needs.
  return timingSafeEqual(sha256(given), sha256(token));
}

/** @param {string} text */
function sha256(text) {
  return createHash('sha256').update(text).digest();
}

/**
 * The metrics on a port that only this machine reaches, without a token: `GET /metrics` and nothing else.
 * @param {(probe: Probe) => Promise<ProbeAnswer>} [answer]
 */
export function createMetricsServer(answer = answerProbe) {
  const server = createServer({ maxHeaderSize: 8_192, headersTimeout: 5_000, requestTimeout: 5_000 });
  server.maxConnections = 16;
  server.on('request', (request, response) => {
    response.setHeader('connection', 'close');
    // A page of another site could reach this machine under a name of its own.
    const isOwnName = isAllowedHost(request.headers.host ?? '', []);
    if (!isOwnName || request.url !== '/metrics') return void response.writeHead(isOwnName ? 404 : 421).end();
    if (request.method !== 'GET') return void response.writeHead(405, { allow: 'GET' }).end();
    answer('metrics').then(
      (metrics) => writeProbe(response, metrics),
      (error) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
  return server;
}
