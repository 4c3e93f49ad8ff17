import 'server-only';
import type { ApiTokens } from './api-tokens';
import { type Asked, type Entry, entryOf, type PresentedToken, tokenEntryOf } from './gate';
import { encodePerson, type Person, principalOfPerson } from './person';
import { personOfToken } from './person-of-token';
import type { ServerSignIn } from './server-sign-in';
import { isCsrfToken, keptCookie, keptIn, openingCookies, sessionIdIn } from './session-cookie';
import type { KnownSession, SessionPlace, Sessions } from './sessions';
import { hashOfToken, tokenIn } from './token-text';
import type { UserFile } from './user-file';

/** The header that carries the page's token. */
const CSRF_HEADER = 'x-ringside-csrf';
/** How long a local user who was removed can go on. */
const REFRESH_MS = 2_000;

/** What the web server does with a request. */
type GateAnswer =
  /**
   * `person`: for the header of that name; null where nobody has signed in. `cookies`: to set with the response. `erases`:
   * this browser keeps changes, statements and layouts of somebody else, and must erase them before the page begins.
   */
  | {
      readonly kind: 'pass';
      readonly person: string | null;
      readonly cookies: readonly string[];
      readonly erases: boolean;
    }
  | Exclude<Entry, { readonly kind: 'pass' | 'open' }>;

interface AtTheGate extends Asked, SessionPlace {}

/** The gate as the web server uses it, with what it must know to listen. */
export interface WebGate {
  /** The address that people open; null: there is no sign-in. */
  readonly origin: string | null;
  /** Whether a proxy says who people are. */
  readonly needsProxy: boolean;
  readonly enter: (asked: AtTheGate) => Promise<GateAnswer>;
}

const EVERYBODY: GateAnswer = { kind: 'pass', person: null, cookies: [], erases: false };

/** @param signIn null: everybody may pass */
export function webGate(signIn: ServerSignIn | null): WebGate {
  if (signIn === null) return { origin: null, needsProxy: false, enter: () => Promise.resolve(EVERYBODY) };
  const { config, users, sessions, tokens } = signIn;
  let refreshedMs = Number.NEGATIVE_INFINITY;
  const refresh = async () => {
    if (users === null || performance.now() - refreshedMs < REFRESH_MS) return;
    refreshedMs = performance.now();
    // Who is known stays known while the file is damaged.
    await users
      .refresh()
      .then(() => Promise.all([endOfUsers(users, sessions), endOfTheirTokens(users, tokens)]))
      .catch((error: unknown) => console.error('Sign-in: the users were not read.', error));
  };
  const enter = async (asked: AtTheGate): Promise<GateAnswer> => {
    await refresh();
    const text = tokenIn(asked.headers.authorization);
    if (text !== null) return enteredByToken(text, asked, signIn);
    const id = sessionIdIn(asked.headers.cookie);
    const session = id === null ? null : await current(id, signIn);
    const token = asked.headers[CSRF_HEADER];
    const isMeant = id !== null && isCsrfToken(id, typeof token === 'string' ? token : undefined);
    const problem = id !== null && sessions.isCutOff(id) ? 'restart' : undefined;
    const entry = entryOf(asked, { session, isCsrfToken: isMeant, problem }, config);
    switch (entry.kind) {
      case 'pass':
        return passed(entry.session, asked);
      case 'open':
        return opened(entry.person, asked, signIn);
      default:
        return entry;
    }
  };
  return { origin: config.origin, needsProxy: config.header !== undefined, enter };
}

/** Ends the sessions of local users who were removed, and those that began before another password was set. */
async function endOfUsers(users: UserFile, sessions: Sessions): Promise<void> {
  await sessions.endWhere(
    ({ person: { way, name } }) => way === 'local' && users.groupsOf(name) === undefined,
    'user_removed',
  );
  // Also of a user who was removed and came back under the same name.
  await sessions.endWhere(
    ({ person: { way, name }, startedMs }) => way === 'local' && startedMs < users.passwordSinceMs(name),
    'password',
  );
}

/** The same for their API tokens. */
async function endOfTheirTokens(users: UserFile, tokens: ApiTokens | null): Promise<void> {
  const isGone = ({ way, name }: Person) => way === 'local' && users.groupsOf(name) === undefined;
  await tokens?.endWhere(({ person }) => isGone(person), 'user_removed');
  const isOlder = ({ way, name }: Person, ms: number) => way === 'local' && ms < users.passwordSinceMs(name);
  await tokens?.endWhere(({ person, madeMs }) => isOlder(person, madeMs), 'password');
}

/** Lets a request in that came with an API token, or not. It opens no session and sets no cookie. */
function enteredByToken(text: string, asked: AtTheGate, signIn: ServerSignIn): GateAnswer {
  const entry = tokenEntryOf(asked, presented(text, asked.address, signIn), signIn.config);
  if (entry.kind !== 'token') return entry;
  const { id, name, person, readOnly, clusters } = entry.token;
  signIn.tokens?.use(entry.token, asked.address);
  const passed = encodePerson({ ...person, session: '', token: { id, name, readOnly, clusters } });
  return { kind: 'pass', person: passed, cookies: [], erases: false };
}

function presented(text: string, address: string, signIn: ServerSignIn): PresentedToken {
  const { tokens, tokenGuesses } = signIn;
  if (tokenGuesses.isStopped(address)) return { token: null, person: null, isStopped: true };
  const token = tokens?.find(text) ?? null;
  const person = token === null ? null : personOfToken(token, signIn);
  if (token === null) tokenGuesses.wrong(hashOfToken(text), address);
  return { token, person, isStopped: false };
}

/** The session with this id, with the name and groups that its person has now; null where it has ended. */
async function current(id: string, { sessions, users, grants, ownRoles }: ServerSignIn): Promise<KnownSession | null> {
  const session = sessions.use(id);
  if (session === null) return null;
  const { person } = session;
  switch (person.way) {
    case 'local': {
      const groups = users?.groupsOf(person.name);
      return groups === undefined ? null : { ...session, person: { ...person, groups } };
    }
    case 'oidc': {
      const now = await grants.personOf(id, session);
      return now === null ? null : { ...session, person: now };
    }
    case 'cassandra':
      return ownRoles?.knows(session) === true ? { ...session, person: ownRoles.personNow(session) } : null;
    case 'header':
      return session;
    default:
      return person.way satisfies never;
  }
}

async function opened(person: Person, asked: AtTheGate, { sessions }: ServerSignIn): Promise<GateAnswer> {
  const { address, agent } = asked;
  const id = await sessions.open(person, { address, agent });
  return passed(sessions.use(id), asked, openingCookies(id));
}

/** Lets a request in. A page that opens for another person than the last in this browser erases what that one left. */
function passed(session: KnownSession | null, { headers }: Asked, cookies: readonly string[] = []): GateAnswer {
  if (session === null) return { kind: 'pass', person: null, cookies, erases: false };
  const person = encodePerson({ ...session.person, session: session.shownId });
  const { id } = principalOfPerson(session.person);
  const keptOf = keptIn(headers.cookie);
  if (!isNavigation(headers) || keptOf === id) return { kind: 'pass', person, cookies, erases: false };
  return { kind: 'pass', person, cookies: [...cookies, keptCookie(id)], erases: keptOf !== null };
}

/** Does the browser open a page, rather than ask for more from one? */
function isNavigation(headers: Asked['headers']): boolean {
  return (headers['sec-fetch-dest'] ?? 'document') === 'document' && headers.rsc === undefined;
}
