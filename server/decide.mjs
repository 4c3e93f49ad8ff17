import { isApi, isMeant, refuse } from './guards.mjs';

/**
 * What becomes of a request, before the framework sees it.
 *
 * @typedef {object} Asked a request as it came
 * @property {string} method
 * @property {string} target the second word of the request line
 * @property {import('node:http').IncomingHttpHeaders} headers
 * @property {readonly string[]} rawHeaders
 *
 * @typedef {object} Rules
 * @property {readonly string[]} allowedHosts
 * @property {boolean} isDevelopment
 *
 * @typedef {{ kind: 'answer', status: number, code: 'invalid_request' | 'forbidden_origin' | 'not_found', message: string, hint?: string, allow?: string }} Answer
 * @typedef {{ kind: 'options', allow: string }} Options the methods of a page, and nothing else
 * @typedef {{ kind: 'ticket' }} MakeTicket
 * @typedef {{ kind: 'pass', target: string, ticket: string | null }} Pass
 *   `ticket`: what must be spent first, where nothing else says that the request is meant
 * @typedef {Answer | Options | MakeTicket | Pass} Decision
 */

export const API_METHODS = 'GET, HEAD, OPTIONS, POST, DELETE';
const PAGE_METHODS = 'GET, HEAD, OPTIONS';

/** Where a ticket is made, and the parameter that holds one. */
export const TICKETS_PATH = '/api/tickets';
const TICKET_PARAMETER = 'ticket';

/** What of the framework's own nothing of Ringside uses: a second name for every route, and a fetcher of addresses. */
const UNUSED = /^\/_next\/(data|image)(\/|$)/;

/** What the development server's own page sends. */
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
  // Node reads `chunked` and nothing else; where a proxy in front reads more, it sees other requests than this server.
  if ((headers['transfer-encoding'] ?? 'chunked').toLowerCase() !== 'chunked') {
    return invalid(400, 'The request’s Transfer-Encoding is not known.');
  }
  const path = url.pathname;
  const refusal = refuse({ method, path, headers }, rules.allowedHosts);
  if (refusal !== null) return { kind: 'answer', code: 'forbidden_origin', ...refusal };
  const methods = isApi(path) ? API_METHODS : PAGE_METHODS;
  const isAllowed = methods.split(', ').includes(method) || (rules.isDevelopment && isDevelopmentPost(method, path));
  if (!isAllowed) return notAllowed(method, methods);
  if (UNUSED.test(path)) return { kind: 'answer', status: 404, code: 'not_found', message: 'There is nothing here.' };
  if (!isApi(path)) return method === 'OPTIONS' ? { kind: 'options', allow: methods } : pass(target);
  if (path === TICKETS_PATH && method === 'POST') return isMeant(headers) ? { kind: 'ticket' } : NOT_MEANT;
  if (method !== 'GET' || isFree(url) || isMeant(headers)) return pass(target);
  const ticket = url.searchParams.get(TICKET_PARAMETER);
  return ticket === null ? NOT_MEANT : { ...pass(withoutTicket(target)), ticket };
}

/** @type {Answer} */
export const NOT_MEANT = {
  kind: 'answer',
  status: 403,
  code: 'forbidden_origin',
  message: 'This request could come from another site’s page: nothing in it says otherwise.',
  hint: 'Scripts send the header X-Ringside: 1 (curl -H "X-Ringside: 1" …).',
};

/**
 * The framework's own connection for reloading in development.
 * @param {string} target
 * @returns {boolean}
 */
export function isHotReload(target) {
  return target === '/_next/hmr' || target.startsWith('/_next/hmr?');
}

/**
 * Only a path in the one form that it has: where the framework read `/a/../b`, `//a` or `\a` in another way than this
 * server, a check could be passed by.
 * @param {string} target
 * @returns {URL | null} null for an absolute or asterisk form, and for what no client sends
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
 * Percent-encoded UTF-8: the framework fails over anything else.
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
 * GETs that cost little, so that a foreign page that could start them would gain nothing: it cannot read the answer.
 * Everything else under /api must say that it is meant.
 */
const FREE = [
  /^\/api\/health$/,
  /^\/api\/(clusters|exports|jobs)$/,
  /^\/api\/(exports|jobs)\/[^/]+$/,
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
 * RFC 9110, 15.5.6 and 15.6.2: 405 for a method that is known and not offered here, 501 for one that nothing here knows.
 * @param {string} method
 * @param {string} allow
 * @returns {Answer}
 */
function notAllowed(method, allow) {
  const isKnown = ['GET', 'HEAD', 'OPTIONS', 'POST', 'DELETE', 'PUT', 'PATCH', 'TRACE', 'CONNECT'].includes(method);
  return { ...invalid(isKnown ? 405 : 501, `${method} is not offered here.`), allow };
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
