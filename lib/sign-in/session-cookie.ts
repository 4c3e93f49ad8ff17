import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * `__Host-`: the browser takes it only over HTTPS (or from this machine), from this host, for all of its paths, so that no
 * other host and no plain connection can put another in its place (RFC 6265bis, 4.1.3.2).
 */
const SESSION_COOKIE = '__Host-ringside';
/** The page reads it and sends it back in a header, which another site's page cannot do. */
const CSRF_COOKIE = '__Host-ringside-csrf';

/** Of a sign-in that has gone to a provider. Lax, since the browser comes back from there. */
const PENDING_COOKIE = '__Host-ringside-sign-in';

/** Whose changes, statements and layouts this browser keeps. It opens nothing, and outlives the session. */
const OWNER_COOKIE = '__Host-ringside-kept';

const KEPT = 'Path=/; Secure; SameSite=Lax';

/** What a browser is given when a person signs in. Both go when the browser is closed; the server ends them earlier. */
export function openingCookies(id: string): string[] {
  return [`${SESSION_COOKIE}=${id}; ${KEPT}; HttpOnly`, `${CSRF_COOKIE}=${csrfToken(id)}; ${KEPT}`];
}

export function closingCookies(): string[] {
  return [`${SESSION_COOKIE}=; ${KEPT}; HttpOnly; Max-Age=0`, `${CSRF_COOKIE}=; ${KEPT}; Max-Age=0`];
}

/** For ten minutes, as long as the sign-in may take. */
export function pendingCookie(id: string): string {
  return `${PENDING_COOKIE}=${id}; ${KEPT}; HttpOnly; Max-Age=600`;
}

export function noPendingCookie(): string {
  return `${PENDING_COOKIE}=; ${KEPT}; HttpOnly; Max-Age=0`;
}

/** @param owner the id of a principal */
export function keptCookie(owner: string): string {
  return `${OWNER_COOKIE}=${owner}; ${KEPT}; HttpOnly; Max-Age=31536000`;
}

/** For whom this browser keeps anything; null where it has kept nothing yet. */
export function keptIn(cookies: string | undefined): string | null {
  return valueIn(cookies, OWNER_COOKIE);
}

/** The id in a Cookie header; null where there is none, or more than one: then one of them is not ours. */
export function sessionIdIn(cookies: string | undefined): string | null {
  return idIn(cookies, SESSION_COOKIE);
}

/** Of the sign-in that this browser has begun, as {@link sessionIdIn}. */
export function pendingIdIn(cookies: string | undefined): string | null {
  return idIn(cookies, PENDING_COOKIE);
}

function idIn(cookies: string | undefined, name: string): string | null {
  const id = valueIn(cookies, name) ?? '';
  return /^[A-Za-z0-9_-]{43}$/.test(id) ? id : null;
}

function valueIn(cookies: string | undefined, name: string): string | null {
  const found = (cookies ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${name}=`));
  return found.length === 1 ? (found[0]?.slice(name.length + 1) ?? null) : null;
}

/** Follows from the id, so that it belongs to this session and nobody can make it without the id. */
export function csrfToken(id: string): string {
  return createHmac('sha256', id).update('csrf').digest('base64url');
}

export function isCsrfToken(id: string, token: string | undefined): boolean {
  const expected = Buffer.from(csrfToken(id));
  const actual = Buffer.from(token ?? '');
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}
