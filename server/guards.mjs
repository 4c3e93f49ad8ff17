import { isIP } from 'node:net';

/**
 * Who may talk to this server: pages that it served itself, under names that belong to it. Without the check on Host, any
 * site could reach a server on this machine by DNS rebinding; without the check on Origin, it could make the browser send
 * requests to it.
 *
 * @typedef {object} Asked
 * @property {string} method
 * @property {string} path
 * @property {import('node:http').IncomingHttpHeaders} headers
 *
 * @typedef {{ status: 403 | 421, message: string, hint: string }} Refusal
 */

/**
 * @param {Asked} asked
 * @param {readonly string[]} allowedHosts host names beyond the loopback ones, as configured
 * @returns {Refusal | null} null if the request may pass
 */
export function refuse({ method, path, headers }, allowedHosts) {
  const host = headers.host ?? '';
  if (!isAllowedHost(host, allowedHosts)) {
    return {
      status: 421,
      message: `This server does not answer to the name “${host}”.`,
      hint: 'Use localhost or 127.0.0.1, or add the name to RINGSIDE_ALLOWED_HOSTS.',
    };
  }
  const { origin } = headers;
  const isPage =
    headers['sec-fetch-mode'] === 'navigate' && method === 'GET' && (!isApi(path) || COMES_BACK.test(path));
  const isForeign = (origin !== undefined && !isSameHost(origin, host)) || (isForeignSite(headers) && !isPage);
  if (!isForeign) return null;
  return {
    status: 403,
    message: 'Requests from other sites are refused.',
    hint: 'Open Ringside directly. In scripts, leave out the Origin header.',
  };
}

/** Where an identity provider, another site, sends the browser back. It does nothing without the cookie of its beginning. */
export const COMES_BACK = /^\/api\/sign-in\/oidc\/[a-z0-9-]+\/callback$/;

/** The header that shows a request is intended: a foreign page cannot send it, because CORS never allows it. */
const INTENT_HEADER = 'x-ringside';

/**
 * Whether the request shows that it comes from a person, this server's own page or a script, and not from a foreign page in
 * a browser that sends neither `Origin` nor `Sec-Fetch-Site`: over plain HTTP, under a name other than localhost, browsers
 * send no `Sec-Fetch-Site` (Fetch Metadata: only to potentially trustworthy URLs). No browser sends an API token by itself;
 * only what begins like one counts, because a proxy may add an Authorization header of its own to every request.
 * @param {import('node:http').IncomingHttpHeaders} headers
 * @returns {boolean}
 */
export function isMeant(headers) {
  const site = headers['sec-fetch-site'];
  const hasToken = /^bearer +rs_/i.test(headers.authorization ?? '');
  return site === 'same-origin' || site === 'none' || headers[INTENT_HEADER] === '1' || hasToken;
}

/**
 * `localhost` and loopback addresses on any port (so that `ssh -L` works), and the names that the operator added.
 * @param {string} host
 * @param {readonly string[]} allowedHosts
 * @returns {boolean}
 */
export function isAllowedHost(host, allowedHosts) {
  const name = hostName(host);
  if (name === null) return false;
  return name === 'localhost' || name === '::1' || isLoopback4(name) || allowedHosts.includes(name);
}

/** @param {string} path */
export function isApi(path) {
  return path === '/api' || path.startsWith('/api/');
}

/** @param {string} host */
function hostName(host) {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

/** @param {string} name */
function isLoopback4(name) {
  return isIP(name) === 4 && name.startsWith('127.');
}

/**
 * @param {string} origin
 * @param {string} host
 */
function isSameHost(origin, host) {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/**
 * `none` means typed or bookmarked. A browser too old to send the header is judged by Origin alone.
 * @param {import('node:http').IncomingHttpHeaders} headers
 */
function isForeignSite({ 'sec-fetch-site': site }) {
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
