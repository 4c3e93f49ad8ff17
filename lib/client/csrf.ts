/** As lib/sign-in/session-cookie.ts sets it. */
const COOKIE = /(?:^|; )__Host-ringside-csrf=([^;]+)/;

/**
 * The token that shows the server that a request comes from this server's own page; null where nobody has signed in, and
 * in a worker, which has no cookies to read.
 */
export function csrfToken(): string | null {
  return COOKIE.exec(globalThis.document?.cookie ?? '')?.[1] ?? null;
}

/** The header that carries the token. */
export const CSRF_HEADER = 'x-ringside-csrf';
