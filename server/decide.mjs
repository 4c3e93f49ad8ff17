import { COMES_BACK, isApi, isMeant, refuse } from './guards.mjs';
import { carriesToken, PROBES } from './probes.mjs';

/**
 * What happens to a request, decided before the framework sees it.
 *
 * @typedef {object} Asked a request as received
 * @property {string} method
 * @property {string} target the second word of the request line
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {readonly string[]} rawHeaders
 *
 * @typedef {object} Rules
 * @property {readonly string[]} allowedHosts
 * @property {boolean} isDevelopment
 * @property {string | null} metricsToken who has it may read the metrics; null: nobody may, here
 *
 * @typedef {{ kind: 'answer', status: number, code: 'invalid_request' | 'forbidden_origin' | 'not_found' | 'unauthorized' | 'signed_out' | 'too_many_attempts' | 'server_stopping', message: string, hint?: string, allow?: string }} Answer
 * @typedef {{ kind: 'options', allow: string }} Options answers with the methods of a page only
 * @typedef {{ kind: 'ticket' }} MakeTicket
 * @typedef {{ kind: 'probe', probe: import('./probes.mjs').Probe }} AnswerProbe
 * @typedef {{ kind: 'pass', target: string, ticket: string | null }} Pass
 *   `ticket`: must be spent first if nothing else shows that the request is intended
 * @typedef {Answer | Options | MakeTicket | AnswerProbe | Pass} Decision
 */

export const API_METHODS = 'GET, HEAD, OPTIONS, POST, DELETE';
const PAGE_METHODS = 'GET, HEAD, OPTIONS';

/** Where tickets are issued, and the parameter that carries one. */
export const TICKETS_PATH = '/api/tickets';
const TICKET_PARAMETER = 'ticket';

/** Framework features that Ringside does not use: a second name for every route, and a fetcher of URLs. */
const UNUSED = /^\/_next\/(data|image)(\/|$)/;

/** Requests of the development server's own page. */
const OF_DEVELOPMENT = /^\/(__next|_next\/)/;

/**
 * @param {Asked} asked
 * @param {Rules} rules
 * @returns {Decision}
 */
export function decide(asked, rules) {
  const { method, target, headers, rawHeaders } = asked;
  const url = originForm(target);
  if (url === null) {
    return invalid(400, 'The request’s target is not a path of this server.', 'Send it in origin form: GET /path');
  }
  if (countOf('host', rawHeaders) !== 1) return invalid(400, 'The request needs exactly one Host header.');
  // Node supports only `chunked`; a proxy in front that supports more would see different requests than this server.
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') {
    return invalid(400, 'The request’s Transfer-Encoding is not supported.');
  }
  const path = url.pathname;
  // The token shows that no foreign page asks, so any name of this server will do: a scraper uses its address.
  const isMetrics = method === 'GET' && PROBES[path] === 'metrics';
  if (isMetrics && carriesToken(headers.authorization, rules.metricsToken)) return { kind: 'probe', probe: 'metrics' };
  const refusal = refuse({ method, path, headers }, rules.allowedHosts);
  if (refusal !== null) return { kind: 'answer', code: 'forbidden_origin', ...refusal };
  const methods = isApi(path) ? API_METHODS : PAGE_METHODS;
  const isAllowed = methods.split(', ').includes(method) || (rules.isDevelopment && isDevelopmentPost(method, path));
  if (!isAllowed) return notAllowed(method, methods);
  if (UNUSED.test(path)) return { kind: 'answer', status: 404, code: 'not_found', message: 'There is nothing here.' };
  if (!isApi(path)) return decideOnPage(method, target, path, rules);
  if (path === TICKETS_PATH && method === 'POST') return isMeant(headers) ? { kind: 'ticket' } : NOT_MEANT;
  if (method !== 'GET' || isFree(url) || isMeant(headers)) return pass(target);
  const ticket = url.searchParams.get(TICKET_PARAMETER);
  return ticket === null ? NOT_MEANT : { ...pass(withoutTicket(target)), ticket };
}

/**
 * @param {string} method
 * @param {string} target
 * @param {string} path
 * @param {Rules} rules
 * @returns {Decision}
 */
function decideOnPage(method, target, path, { metricsToken }) {
  if (method === 'OPTIONS') return { kind: 'options', allow: PAGE_METHODS };
  const probe = PROBES[path];
  if (probe === undefined) return pass(target);
  if (probe !== 'metrics') return { kind: 'probe', probe };
  return metricsToken === null ? METRICS_OFF : NO_TOKEN;
}

/** @type {Answer} */
const METRICS_OFF = {
  kind: 'answer',
  status: 404,
  code: 'not_found',
  message: 'Metrics are off here.',
  hint: 'Set RINGSIDE_METRICS_TOKEN_FILE or RINGSIDE_METRICS_PORT (docs/installation.md).',
};

/** @type {Answer} */
const NO_TOKEN = {
  kind: 'answer',
  status: 401,
  code: 'unauthorized',
  message: 'The metrics need a token, and this request has none or another one.',
  hint: 'Send the header Authorization: Bearer TOKEN.',
};

/** @type {Answer} */
export const NOT_MEANT = {
  kind: 'answer',
  status: 403,
  code: 'forbidden_origin',
  message: 'This request could come from another site’s page; nothing in it shows that it does not.',
  hint: 'In scripts, send the header X-Ringside: 1 (curl -H "X-Ringside: 1" …).',
};

/**
 * The framework's hot-reload connection in development.
 * @param {string} target
 * @returns {boolean}
 */
export function isHotReload(target) {
  return target === '/_next/hmr' || target.startsWith('/_next/hmr?');
}

/**
 * Accepts a path only in its canonical form: if the framework read `/a/../b`, `//a` or `\a` differently from this server,
 * checks could be bypassed.
 * @param {string} target
 * @returns {URL | null} null for the absolute and asterisk forms, and for anything no client sends
 */
function originForm(target) {
  if (!target.startsWith('/') || target.includes('#')) return null;
  const base = 'http://ringside.invalid';
  if (!URL.canParse(base + target)) return null;
  const url = new URL(base + target);
  const [path] = target.split('?', 1);
  return url.pathname === path && !path.startsWith('//') && isEncoded(path) ? url : null;
}

/**
 * Percent-encoded UTF-8: the framework crashes on anything else.
 * @param {string} path
 */
function isEncoded(path) {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * Cheap GETs. A foreign page that starts one gains nothing, since it cannot read the response. Everything else under /api
 * must show that it is intended. A test holds this list to lib/contract/endpoints.ts.
 */
export const FREE = [
  /^\/api\/health$/,
  /^\/api\/(clusters|exports|jobs|schedules)$/,
  /^\/api\/(exports|jobs|schedules)\/[^/]+$/,
  /^\/api\/sign-in\/oidc\/[^/]+$/,
  COMES_BACK,
  /^\/api\/clusters\/[^/]+\/(schema|describe|sizes|topology)$/,
  /^\/api\/clusters\/[^/]+\/tables\/[^/]+\/[^/]+\/details$/,
];
const ROWS = /^\/api\/clusters\/[^/]+\/tables\/[^/]+\/[^/]+\/rows$/;

/** @param {URL} url */
function isFree({ pathname, searchParams }) {
  if (ROWS.test(pathname)) return searchParams.getAll('maxPages').every((pages) => pages === '1');
  return FREE.some((route) => route.test(pathname));
}

/** @param {string} target */
function withoutTicket(target) {
  const [path = '', search = ''] = target.split(/\?(.*)/s);
  const rest = search.split('&').filter((part) => !part.startsWith(`${TICKET_PARAMETER}=`));
  return rest.length === 0 ? path : `${path}?${rest.join('&')}`;
}

/**
 * @param {string} target
 * @returns {Pass}
 */
function pass(target) {
  return { kind: 'pass', target, ticket: null };
}

/**
 * @param {number} status
 * @param {string} message
 * @param {string} [hint]
 * @returns {Answer}
 */
function invalid(status, message, hint) {
  return { kind: 'answer', status, code: 'invalid_request', message, ...(hint === undefined ? {} : { hint }) };
}

/**
 * RFC 9110, 15.5.6 and 15.6.2: 405 for a known method that this path does not allow, 501 for a method the server does not know.
 * @param {string} method
 * @param {string} allow
 * @returns {Answer}
 */
function notAllowed(method, allow) {
  const isKnown = ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE', 'PUT', 'PATCH', 'TRACE', 'CONNECT'].includes(method);
  return { ...invalid(isKnown ? 405 : 501, `${method} is not allowed here.`), allow };
}

/**
 * @param {string} method
 * @param {string} path
 */
function isDevelopmentPost(method, path) {
  return method === 'POST' && OF_DEVELOPMENT.test(path);
}

/**
 * @param {string} name in lower case
 * @param {readonly string[]} rawHeaders names and values in turn
 */
function countOf(name, rawHeaders) {
  return rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length;
}
