import { createServer, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { API_METHODS, decide, isHotReload, NOT_MEANT } from './decide.mjs';
import { enters, hostOf, OPEN_GATE } from './gate.mjs';
import { isAllowedHost } from './guards.mjs';
import { dropOutsideHeaders } from './outside-headers.mjs';
import { reloadPair, secureOptions } from './own-tls.mjs';
import { answerProbe, writeProbe } from './probes.mjs';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.mjs';
import { securityHeaders } from './security-headers.mjs';
import { isTrustedProxy } from './settings.mjs';
import { Tickets } from './tickets.mjs';

/** For the request line and headers together: a download's URL contains its whole request. */
const MOST_HEADER_BYTES = 16 * 1024;
/** Headers must arrive within this time, also the first ones on a silent connection. */
const HEADERS_TIMEOUT_MS = 15_000;
/** For a whole request with its body. It does not cover the response, which may take hours. */
const REQUEST_TIMEOUT_MS = 60_000;
/** How long a connection may stay idle between requests. */
const IDLE_TIMEOUT_MS = 10_000;
/** Finds clients that vanished silently (a sleeping laptop); a client that merely reads slowly answers the probe. */
const PROBE_AFTER_MS = 30_000;
const CHECK_EVERY_MS = 2_000;
/** A browser opens six; leave descriptors for Cassandra, files and jobs. */
const MOST_CONNECTIONS = 512;
/** Requests queued on one connection: browsers send the next one only after the last was answered. */
const MOST_WAITING = 16;
/** How long a refused client has to read the reason. */
const LINGER_MS = 500;

/**
 * @typedef {import('node:http').IncomingMessage} IncomingMessage
 * @typedef {import('node:http').ServerResponse} ServerResponse
 * @typedef {import('node:stream').Duplex} Duplex
 *
 * @typedef {object} Behind answers the requests that may pass
 * @property {(request: IncomingMessage, response: ServerResponse) => unknown} handle
 * @property {(request: IncomingMessage, socket: Duplex, head: Buffer) => void} [upgrade] in development only
 * @property {import('./shutdown.mjs').Life} [life] of the process
 * @property {import('./gate.mjs').Gate} [gate] who may pass; everybody where there is none
 * @property {{ files: import('./own-tls.mjs').TlsFiles, pair: import('./own-tls.mjs').Pair, everyMs?: number } | null} [tls]
 *   of this server; without it, it speaks plain HTTP
 *
 * @typedef {object} Turn the state of a connection
 * @property {ServerResponse | null} current
 * @property {(() => void)[]} waiting
 */

/**
 * Ringside's web server: decides on every request (see decide.mjs) before anything else sees it.
 * @param {import('./settings.mjs').Settings} settings
 * @param {boolean} isDevelopment
 * @param {Behind} behind
 * @param {{ headersTimeoutMs?: number, requestTimeoutMs?: number, mostConnections?: number }} [limits] for tests
 */
export function createWebServer(settings, isDevelopment, behind, limits = {}) {
  const { gate = OPEN_GATE, tls = null } = behind;
  const allowedHosts = [...settings.allowedHosts, ...hostOf(gate.origin)];
  const rules = { allowedHosts, isDevelopment, metricsToken: settings.metricsToken };
  const tickets = new Tickets();
  /** @type {WeakMap<Duplex, Turn>} */
  const turns = new WeakMap();
  const server = boundedServer(limits, tls);

  /**
   * @param {IncomingMessage} request
   * @param {ServerResponse} response
   */
  async function answer(request, response) {
    const decision = decide(askedOf(request), rules);
    const isFromProxy = isTrustedProxy(settings, request.socket.remoteAddress);
    const id = requestIdOf(request.headers[REQUEST_ID_HEADER], isFromProxy);
    const headers = securityHeaders(crypto.randomUUID(), isDevelopment);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (tls !== null && !isAllowedHost(request.headers.host ?? '', [])) response.setHeader(...STRICT_TRANSPORT);
    response.setHeader(REQUEST_ID_HEADER, id);
    behind.life?.follow(response);
    if (behind.life?.isEnding === true && decision.kind !== 'probe') return writeError(response, STOPPING);
    if (decision.kind === 'answer') return writeError(response, decision);
    if (decision.kind === 'options') return response.writeHead(204, { allow: decision.allow }).end();
    if (decision.kind === 'probe') return sendProbe(response, answerProbe(decision.probe));
    dropOutsideHeaders(request, isFromProxy);
    const entry = await enters(request, response, settings, gate);
    if (entry === 'answered') return;
    if (entry !== 'passes') return writeError(response, { kind: 'answer', ...entry });
    if (decision.kind === 'ticket') return writeJson(response, 201, { ticket: tickets.make() });
    if (decision.ticket !== null && !tickets.spend(decision.ticket)) return writeError(response, NOT_MEANT);
    request.url = decision.target;
    request.headers[REQUEST_ID_HEADER] = id;
    // The framework takes the nonce for its own scripts from the policy in the request headers.
    request.headers['content-security-policy'] = headers['content-security-policy'];
    return behind.handle(request, response);
  }

  server.on('request', (request, response) =>
    inTurn(turns, request, response, () => void answer(request, response).catch((error) => failed(error, response))),
  );

  server.on('upgrade', (request, socket, head) => {
    const isWanted = behind.upgrade !== undefined && isHotReload(request.url ?? '');
    if (isWanted && decide(askedOf(request), rules).kind === 'pass') return behind.upgrade?.(request, socket, head);
    refuse(socket, 400, 'This server does not upgrade connections.');
  });

  server.on('connect', (_request, socket) => refuse(socket, 405, 'CONNECT is not allowed here.'));

  server.on('clientError', (error, socket) => refuseUnreadable(error, socket, turns.get(socket)));
  return server;
}

/**
 * @param {ServerResponse} response
 * @param {Promise<import('./probes.mjs').ProbeAnswer>} pending
 */
async function sendProbe(response, pending) {
  writeProbe(response, await pending);
}

/**
 * Browsers keep to TLS for a year. Not for names of this machine: there the header would shut out every other server that
 * somebody runs on it, on any port.
 * @type {[name: string, value: string]}
 */
const STRICT_TRANSPORT = ['strict-transport-security', 'max-age=31536000'];

/** @type {import('./decide.mjs').Answer} */
const STOPPING = {
  kind: 'answer',
  status: 503,
  code: 'server_stopping',
  message: 'Ringside is being stopped or restarted.',
  hint: 'Try again when it runs again.',
};

/**
 * @param {Error} error
 * @param {Duplex} socket
 * @param {Turn | undefined} turn
 */
function refuseUnreadable(error, socket, turn) {
  // In the middle of a response nothing else can be sent.
  // Nor before the handshake is done: `library` is OpenSSL's.
  const isCut = 'errno' in error || 'library' in error || turn?.current?.headersSent;
  if (!socket.writable || isCut) return void socket.destroy();
  const [status, message] = UNREADABLE[unreadableCode(error)] ?? [400, 'The request is not valid HTTP.'];
  refuse(socket, status, message);
}

/**
 * A server that keeps nobody's connection for longer, and reads no more of a request, than is needed.
 * @param {{ headersTimeoutMs?: number, requestTimeoutMs?: number, mostConnections?: number }} limits
 * @param {Behind['tls']} tls
 * @returns {import('node:http').Server}
 */
function boundedServer(limits, tls) {
  const options = {
    maxHeaderSize: MOST_HEADER_BYTES,
    headersTimeout: limits.headersTimeoutMs ?? HEADERS_TIMEOUT_MS,
    requestTimeout: limits.requestTimeoutMs ?? REQUEST_TIMEOUT_MS,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    connectionsCheckingInterval: Math.min(CHECK_EVERY_MS, limits.headersTimeoutMs ?? CHECK_EVERY_MS),
    keepAlive: true,
    keepAliveInitialDelay: PROBE_AFTER_MS,
    insecureHTTPParser: false,
    // Responds like any other path.
    requireHostHeader: false,
  };
  const server = tls ? secureServer(options, tls) : createServer(options);
  server.maxConnections = limits.mostConnections ?? MOST_CONNECTIONS;
  // A client may pause as long as it likes: nothing is read from Cassandra meanwhile.
  server.timeout = 0;
  return server;
}

/**
 * @param {import('node:http').ServerOptions} options
 * @param {NonNullable<Behind['tls']>} tls
 */
function secureServer(options, tls) {
  const server = createTlsServer({ ...options, ...secureOptions(tls.pair), handshakeTimeout: HEADERS_TIMEOUT_MS });
  server.once('close', reloadPair(server, tls));
  return server;
}

/** @type {Readonly<Record<string, [status: number, message: string]>>} */
const UNREADABLE = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
  HPE_HEADER_OVERFLOW: [431, `The request’s line and headers are larger than ${MOST_HEADER_BYTES} bytes.`],
  HPE_INVALID_METHOD: [501, 'The request’s method is unknown.'],
};

/**
 * Node uses the same code for an unknown method and for bytes that are not HTTP at all.
 * @param {Error & { code?: string, rawPacket?: Buffer }} error
 */
function unreadableCode({ code = '', rawPacket }) {
  const isRequest = /^[A-Z-]{1,32} \S+ HTTP\//.test(rawPacket?.toString('latin1') ?? '');
  return code === 'HPE_INVALID_METHOD' && !isRequest ? '' : code;
}

/**
 * Starts a connection's request once the previous one is done. Node reports a disconnect only to the response whose turn it
 * is, so nothing may be started for a request that waits.
 * @param {WeakMap<Duplex, Turn>} turns
 * @param {IncomingMessage} request
 * @param {ServerResponse} response
 * @param {() => void} start
 */
function inTurn(turns, request, response, start) {
  const { socket } = request;
  /** @type {Turn} */
  const turn = turns.get(socket) ?? { current: null, waiting: [] };
  turns.set(socket, turn);
  const run = () => {
    turn.current = response;
    response.once('close', () => {
      turn.current = null;
      const next = turn.waiting.shift();
      if (!socket.destroyed) next?.();
    });
    start();
  };
  if (turn.current === null) run();
  else if (turn.waiting.push(run) > MOST_WAITING) socket.destroy();
}

/** @param {IncomingMessage} request */
function askedOf({ method = '', url = '', headers, rawHeaders }) {
  return { method, target: url, headers, rawHeaders };
}

/**
 * @param {ServerResponse} response
 * @param {import('./decide.mjs').Answer} answer
 */
function writeError(response, { status, code, message, hint, allow }) {
  if (allow !== undefined) response.setHeader('allow', allow);
  // The rest of the request's body is discarded.
  response.setHeader('connection', 'close');
  const id = response.getHeader(REQUEST_ID_HEADER);
  writeJson(response, status, errorBody(code, message, { hint, requestId: typeof id === 'string' ? id : undefined }));
}

/**
 * @param {unknown} error
 * @param {ServerResponse} response
 */
export function failed(error, response) {
  console.error(error);
  // A partial response must not look complete.
  if (response.headersSent) response.destroy();
  else response.writeHead(500).end();
}

/**
 * @param {ServerResponse} response
 * @param {number} status
 * @param {object} body
 */
function writeJson(response, status, body) {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store, no-transform' };
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) }).end(text);
}

/**
 * @param {string} code
 * @param {string} message
 * @param {{ hint?: string | undefined, requestId?: string | undefined }} [more]
 */
function errorBody(code, message, more = {}) {
  return { error: { code, message, ...more, retryable: false } };
}

/**
 * Sockets that have received their final response.
 * @type {WeakSet<Duplex>}
 */
const refused = new WeakSet();

/**
 * Responds on a socket without a request, and frees it even if the client keeps it open.
 * @param {Duplex} socket
 * @param {number} status
 * @param {string} message
 */
function refuse(socket, status, message) {
  if (refused.has(socket)) return;
  refused.add(socket);
  const body = JSON.stringify(errorBody('invalid_request', message));
  const headers = {
    ...securityHeaders(crypto.randomUUID(), false),
    ...([405, 501].includes(status) ? { allow: API_METHODS } : {}),
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store, no-transform',
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
  // Keep reading and discarding what the client sends: a reset would destroy the response.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), LINGER_MS);
  socket.once('close', () => clearTimeout(timer));
}
