import { isIP } from 'node:net';

/**
 * Who may talk to this server: pages that it served itself, under names that lead here and nowhere else. Without the
 * check on Host, a page of any site could reach a server on this machine by DNS rebinding; without the check on
 * Origin, it could make the browser send requests to it.
 */

export type Refusal = { readonly status: 403 | 421; readonly message: string; readonly hint: string };

/**
 * @param allowedHosts host names beyond the loopback ones, as configured
 * @returns null when the request may pass
 */
export function refuse(request: Request, allowedHosts: readonly string[]): Refusal | null {
  const host = request.headers.get('host') ?? '';
  if (!isAllowedHost(host, allowedHosts)) {
    return {
      status: 421,
      message: `This server does not answer to the name “${host}”.`,
      hint: 'Use localhost or 127.0.0.1, or add the name to RINGSIDE_ALLOWED_HOSTS.',
    };
  }
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  const isPage = request.headers.get('sec-fetch-mode') === 'navigate' && request.method === 'GET' && !isApi(request);
  const foreign = (origin !== null && !sameHost(origin, host)) || (isForeign(site) && !isPage);
  if (!foreign) return null;
  return {
    status: 403,
    message: 'Requests from other sites are refused.',
    hint: 'Open Ringside itself; scripts send no Origin header.',
  };
}

/** `localhost` and loopback addresses on any port (so that `ssh -L` works), and the names that the operator added. */
export function isAllowedHost(host: string, allowedHosts: readonly string[]): boolean {
  const name = hostName(host);
  if (name === null) return false;
  return name === 'localhost' || name === '::1' || isLoopback4(name) || allowedHosts.includes(name);
}

function hostName(host: string): string | null {
  const match = /^(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::\d{1,5})?$/i.exec(host);
  return (match?.[1] ?? match?.[2])?.toLowerCase() ?? null;
}

function isLoopback4(name: string): boolean {
  return isIP(name) === 4 && name.startsWith('127.');
}

function sameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** `none`: typed or bookmarked. A browser too old to send the header is judged by Origin alone. */
function isForeign(site: string | null): boolean {
  return site === 'cross-site' || site === 'same-site';
}

function isApi(request: Request): boolean {
  return new URL(request.url).pathname.startsWith('/api/');
}
