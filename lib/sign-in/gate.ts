import 'server-only';
import type { IncomingHttpHeaders } from 'node:http';
import type { SignInConfig, SignInProblem } from '@/lib/contract/sign-in';
import type { KnownApiToken } from './api-tokens';
import { type Person, personSchema } from './person';
import type { KnownSession } from './sessions';

/** A request as the web server has received it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** The path with its query, for the way back after signing in. */
  readonly target: string;
  /** What a proxy says of a person is in it only where the proxy is trusted. */
  readonly headers: IncomingHttpHeaders;
  readonly isFromProxy: boolean;
  /** Under which the log knows it. */
  readonly requestId?: string | undefined;
}

/** What this request's cookie opens. */
export interface Opened {
  readonly session: KnownSession | null;
  /** Whether the token of the page belongs to that session. */
  readonly isCsrfToken: boolean;
  /** Why there is none any more, for the page that signs people in. */
  readonly problem?: SignInProblem | undefined;
}

/** What the gate does with a request; `session`: null where nobody needs to have signed in. */
export type Entry =
  | { readonly kind: 'pass'; readonly session: KnownSession | null }
  /** The proxy says who it is, and this browser has no session of that person: the page that it opens begins one. */
  | { readonly kind: 'open'; readonly person: Person }
  | { readonly kind: 'redirect'; readonly to: string }
  | Refusal;

interface Refusal {
  readonly kind: 'refuse';
  readonly status: 401 | 403 | 429;
  readonly message: string;
  readonly hint: string;
  /** Whose token it came with, for the audit. */
  readonly token?: KnownApiToken;
}

/** What becomes of a request that came with an API token. */
type TokenEntry = { readonly kind: 'token'; readonly token: KnownApiToken } | Refusal;

/** What an API token opens. */
export interface PresentedToken {
  /** Null: there is none with this text. Also one that opens nothing any more. */
  readonly token: KnownApiToken | null;
  /** With the groups of now; null: the token opens nothing, or nobody can say that this is still their person. */
  readonly person: Person | null;
  /** There were too many wrong ones from this address. */
  readonly isStopped: boolean;
}

export const SIGN_IN_PAGE = '/sign-in';

/** What anybody may have: the page that signs people in, what it is made of, and whether this server lives. */
const OPEN =
  /^\/(sign-in|api\/sign-in(\/oidc\/[a-z0-9-]+(\/callback)?)?|api\/health|healthz|readyz|icon\.svg|pages\.svg|favicon\.ico|_next\/static\/.*)$/;

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Decides who may pass, before anything else sees the request: nobody without a session, and no change without a sign
 * that it is meant by this server's own page.
 */
export function entryOf(asked: Asked, { session, isCsrfToken, problem }: Opened, config: SignInConfig): Entry {
  const { method, path, headers } = asked;
  const isOpen = OPEN.test(path);
  const said = personSaid(asked, config);
  const known = session !== null && isStill(session, said, config) ? session : null;
  if (known === null && !isOpen) return withoutSession(asked, said, problem);
  if (!SAFE.has(method)) {
    if (headers.origin !== config.origin) return FOREIGN;
    if (known !== null && !isCsrfToken) return UNMEANT;
  }
  return { kind: 'pass', session: known };
}

/**
 * The same for a request with an API token: whatever cookies it has, the token decides. A browser does not send one by
 * itself, so nothing else must show that the request is meant. It opens no pages; which endpoints are closed to tokens is
 * said in the table of endpoints. One that ended and one that never was get the same answer.
 */
export function tokenEntryOf({ path, headers }: Asked, presented: PresentedToken, config: SignInConfig): TokenEntry {
  const { token, person, isStopped } = presented;
  if (isStopped) return TOO_MANY_TOKENS;
  if (token === null) return NO_SUCH_TOKEN;
  if (person === null) return { ...NO_SUCH_TOKEN, token };
  if (isPage(path)) return { ...NO_PAGES, token };
  if (headers.origin !== undefined && headers.origin !== config.origin) return { ...FOREIGN, token };
  return { kind: 'token', token: { ...token, person } };
}

function withoutSession(asked: Asked, said: Person | 'invalid' | null, problem: SignInProblem | undefined): Entry {
  if (said === 'invalid') return UNKNOWN_PERSON;
  if (!SAFE.has(asked.method) || !isPage(asked.path)) return SIGNED_OUT;
  // Only a page begins a session: what it requests then has its cookie.
  return said === null ? redirectOf(asked, problem) : { kind: 'open', person: said };
}

/** Whoever a trusted proxy says it is; null where none says it, or where that is not how people sign in. */
function personSaid({ headers, isFromProxy }: Asked, { header }: SignInConfig): Person | 'invalid' | null {
  if (header === undefined || !isFromProxy) return null;
  const name = headers[header.user];
  if (name === undefined) return null;
  const groups = header.groups === undefined ? undefined : headers[header.groups];
  const person = {
    name,
    way: 'header',
    groups: typeof groups === 'string' ? groups.split(',').flatMap((group) => group.trim() || []) : [],
  };
  return personSchema.safeParse(person).data ?? 'invalid';
}

/** A session of the proxy's person is good only while the proxy says the same. */
function isStill({ person }: KnownSession, said: Person | 'invalid' | null, config: SignInConfig): boolean {
  if (person.way === 'local') return config.local !== undefined;
  if (person.way === 'cassandra') return config.cassandra?.clusters.includes(person.provider ?? '') === true;
  if (person.way === 'oidc') return config.oidc.some(({ name }) => name === person.provider);
  const isSame = said !== null && said !== 'invalid' && said.name === person.name;
  return isSame && said.groups.join() === person.groups.join();
}

function isPage(path: string): boolean {
  return path !== '/api' && !path.startsWith('/api/');
}

function redirectOf({ target }: Asked, problem: SignInProblem | undefined): Entry {
  const search = new URLSearchParams(problem === undefined ? {} : { problem });
  // The way back is only a comfort: without it the address stays short.
  if (target !== '/' && target.length <= 2_000) search.set('to', target);
  return { kind: 'redirect', to: search.size === 0 ? SIGN_IN_PAGE : `${SIGN_IN_PAGE}?${search}` };
}

const SIGNED_OUT: Refusal = {
  kind: 'refuse',
  status: 401,
  message: 'You are not signed in, or your session has ended.',
  hint: 'Sign in, then try again.',
};

const UNKNOWN_PERSON: Refusal = {
  kind: 'refuse',
  status: 403,
  message: 'The proxy in front of Ringside says who you are in a way that Ringside does not understand.',
  hint: 'signIn.header in the configuration names the headers of the proxy.',
};

const FOREIGN: Refusal = {
  kind: 'refuse',
  status: 403,
  message: 'This request does not come from a page of Ringside’s address.',
  hint: 'Open Ringside under the address that signIn.origin in the configuration names.',
};

const UNMEANT: Refusal = {
  kind: 'refuse',
  status: 403,
  message: 'This request does not carry its page’s token.',
  hint: 'Reload the page. If you have signed in again in another tab, that is enough.',
};

const NO_SUCH_TOKEN: Refusal = {
  kind: 'refuse',
  status: 401,
  message: 'This API token opens nothing here: it is mistyped, was revoked, or has ended.',
  hint: 'Look at your tokens, or make another one, in Ringside: the menu with your name, API tokens.',
};

const TOO_MANY_TOKENS: Refusal = {
  kind: 'refuse',
  status: 429,
  message: 'There were too many wrong API tokens from this address.',
  hint: 'Try again in a quarter of an hour.',
};

const NO_PAGES: Refusal = {
  kind: 'refuse',
  status: 403,
  message: 'An API token opens no pages.',
  hint: 'Send requests to the addresses below /api/, or sign in with a browser.',
};

/** The page to go to after signing in: one of this server's own, whatever the address says. */
export function wayBack(to: string | undefined): string {
  const base = 'http://ringside.invalid';
  // A browser reads “\” like “/”, and drops tabs and line ends.
  const isPath = to !== undefined && /^\/(?![/\\])[^\\\s]*$/.test(to) && URL.canParse(to, base);
  if (!isPath) return '/';
  const url = new URL(to, base);
  return url.origin === base && url.pathname !== SIGN_IN_PAGE && isPage(url.pathname) ? to : '/';
}
