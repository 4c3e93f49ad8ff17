import 'server-only';
import type { Session, SignInProblem, SignInState, SignInWay, signInRequestSchema } from '@/lib/contract/sign-in';
import { Failure } from '@/lib/failure';
import { SIGN_IN_PAGE, wayBack } from '@/lib/sign-in/gate';
import { TooBusy } from '@/lib/sign-in/password-hash';
import { decodePerson, type PassedPerson, PERSON_HEADER, type Person, principalOfPerson } from '@/lib/sign-in/person';
import { type ServerSignIn, serverSignIn } from '@/lib/sign-in/server-sign-in';
import {
  closingCookies,
  noPendingCookie,
  openingCookies,
  pendingCookie,
  pendingIdIn,
  sessionIdIn,
} from '@/lib/sign-in/session-cookie';
import type { KnownSession, SessionPlace } from '@/lib/sign-in/sessions';
import { ADDRESS_HEADER, noteInAudit } from './audit';
import { NO_STORE, WithCookies } from './respond';

/** What a browser says of itself is kept no longer than this. */
const AGENT_CHARACTERS = 200;

type Credentials = ReturnType<typeof signInRequestSchema.parse>;

/** How people sign in here, and who sent the request. */
export function signInState(headers: Headers): SignInState {
  const config = serverSignIn()?.config;
  const providers = config?.oidc ?? [];
  const ways: SignInWay[] = [
    ...(config?.local === undefined ? [] : (['local'] as const)),
    ...(providers.length === 0 ? [] : (['oidc'] as const)),
    ...(config?.header === undefined ? [] : (['header'] as const)),
  ];
  const person = personOf(headers);
  return {
    ways,
    providers: providers.map(({ name, label }) => ({ name, label })),
    person: person === null ? null : { name: person.name, way: person.way, groups: [...person.groups] },
  };
}

/**
 * Opens a session for a name and its password. The session that the browser had ends.
 * @throws Failure `sign_in_refused`, the same for an unknown name and a wrong password; `too_many_attempts`
 */
export async function signedIn({ name, password }: Credentials, headers: Headers): Promise<Response> {
  const { sessions, users, throttle } = required();
  if (users === null) throw refused();
  const { address } = placeOf(headers);
  // Names are in lower case, and a phone begins a word with a capital.
  const known = name.trim().toLowerCase();
  // A password that was typed into the wrong field is not kept.
  noteInAudit(users.groupsOf(known) === undefined ? {} : { attempted: known });
  const waitMs = throttle.waitMs(known, address);
  if (waitMs > 0) throw tooMany(waitMs);
  throttle.begin(known, address);
  await users.refresh().catch((error: unknown) => console.error('Sign-in: the users were not read.', error));
  const isRight = await users.check(known, password).catch((error: unknown) => {
    throw error instanceof TooBusy ? tooMany(1_000) : error;
  });
  const groups = users.groupsOf(known);
  if (!isRight || groups === undefined) throw refused();
  throttle.succeeded(known, address);
  await endOwn(headers);
  const person: Person = { name: known, way: 'local', groups };
  const id = await sessions.open(person, placeOf(headers));
  noteSignIn(person);
  return withCookies(openingCookies(id));
}

/**
 * Sends the browser to a provider.
 * @param to the page to go to then
 */
export async function goneToProvider(name: string, to: string | undefined): Promise<Response> {
  const { pending, providers } = required();
  const provider = providers.get(name);
  if (provider === undefined) throw noProvider(name);
  try {
    const begun = await provider.begin(wayBack(to));
    return redirect(begun.url.href, [pendingCookie(pending.begin(begun.pending))]);
  } catch (error) {
    return problem('away', error);
  }
}

/**
 * Opens a session for whom the provider names. The session that the browser had ends.
 * @param search the query string with which the browser came back
 */
export async function backFromProvider(name: string, search: string, headers: Headers): Promise<Response> {
  const { pending, providers, sessions, grants } = required();
  const provider = providers.get(name);
  if (provider === undefined) throw noProvider(name);
  const begun = pending.take(pendingIdIn(headers.get('cookie') ?? undefined), name);
  if (begun === null) return problem('late');
  try {
    const granted = await provider.finish(search, begun);
    await endOwn(headers);
    const id = await sessions.open(granted.person, placeOf(headers));
    noteSignIn(granted.person);
    const session = sessions.use(id);
    if (session !== null) grants.keep(session.shownId, granted);
    return redirect(begun.to, [...openingCookies(id), noPendingCookie()]);
  } catch (error) {
    const isAway = error instanceof Failure && error.error.code === 'server_error';
    noteInAudit({ error: isAway ? 'server_error' : 'sign_in_refused' });
    return problem(isAway ? 'away' : 'refused', error);
  }
}

/** Ends the session of the request. `to` of the answer: where the session at the provider is ended too, if there is one. */
export async function signedOut(headers: Headers): Promise<WithCookies<{ to: string }>> {
  const to = await endAddress(personOf(headers));
  await endOwn(headers);
  return new WithCookies({ to }, closingCookies());
}

async function endAddress(person: PassedPerson | null): Promise<string> {
  if (person?.way !== 'oidc') return SIGN_IN_PAGE;
  const { config, providers, grants } = required();
  const idToken = grants.take(person.session)?.idToken;
  const asked = providers.get(person.provider ?? '')?.endAddress(idToken, `${config.origin}${SIGN_IN_PAGE}`);
  // A provider that is away must not keep anybody signed in here.
  const to = await asked?.catch((error: unknown) => console.error('Sign-in: signing out at the provider.', error));
  return to ?? SIGN_IN_PAGE;
}

/** The open sessions of whoever sent the request. */
export function ownSessions(headers: Headers): Session[] {
  const person = personOf(headers);
  if (person === null) return [];
  return required()
    .sessions.of(person)
    .map((session) => shown(session, person));
}

/** @throws Failure `not_found` when the person has no such session */
export async function endedSession(id: string, headers: Headers): Promise<Response> {
  const person = personOf(headers);
  const isEnded = person !== null && (await required().sessions.endShown(person, id));
  if (!isEnded) throw new Failure({ code: 'not_found', message: 'You have no such session.', retryable: false });
  return withCookies(id === person.session ? closingCookies() : []);
}

function personOf(headers: Headers): PassedPerson | null {
  return decodePerson(headers.get(PERSON_HEADER));
}

function shown(
  { person, shownId, startedMs, usedMs, endsMs, address, agent }: KnownSession,
  by: PassedPerson,
): Session {
  const at = (ms: number) => new Date(ms).toISOString();
  return {
    id: shownId,
    way: person.way,
    startedAt: at(startedMs),
    usedAt: at(usedMs),
    endsAt: at(endsMs),
    address,
    agent,
    isThis: shownId === by.session,
  };
}

async function endOwn(headers: Headers): Promise<void> {
  const id = sessionIdIn(headers.get('cookie') ?? undefined);
  if (id !== null) await required().sessions.end(id);
}

function placeOf(headers: Headers): SessionPlace {
  const agent = (headers.get('user-agent') ?? '').slice(0, AGENT_CHARACTERS);
  return { address: headers.get(ADDRESS_HEADER) ?? '', agent };
}

/** The line of this request is of whoever has just signed in. */
function noteSignIn(person: Person): void {
  const { id: personId } = principalOfPerson(person);
  noteInAudit({ person: { person: person.name, personId, way: person.way } });
}

/** Back to the page that signs people in, which says why. What the provider said is for the log alone. */
function problem(why: SignInProblem, error?: unknown): Response {
  if (error !== undefined) console.error('Sign-in:', error);
  return redirect(`${SIGN_IN_PAGE}?problem=${why}`, [noPendingCookie()]);
}

function redirect(to: string, cookies: readonly string[]): Response {
  const response = withCookies(cookies);
  const headers = new Headers(response.headers);
  headers.set('location', to);
  return new Response(null, { status: 303, headers });
}

function noProvider(name: string): Failure {
  return new Failure({
    code: 'not_found',
    message: `No identity provider “${name}” is configured.`,
    hint: 'They are listed at signIn.oidc in the configuration.',
    retryable: false,
  });
}

function withCookies(cookies: readonly string[]): Response {
  const headers = new Headers({ 'cache-control': NO_STORE });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return new Response(null, { status: 204, headers });
}

function required(): ServerSignIn {
  const signIn = serverSignIn();
  if (signIn !== null) return signIn;
  throw new Failure({
    code: 'not_found',
    message: 'Ringside has no sign-in here: everybody is the same person.',
    hint: 'signIn in the configuration file adds one.',
    retryable: false,
  });
}

function refused(): Failure {
  return new Failure({
    code: 'sign_in_refused',
    message: 'The name or the password is not right.',
    hint: 'Whoever runs Ringside can set another password: ringside user add NAME.',
    retryable: false,
  });
}

function tooMany(waitMs: number): Failure {
  const minutes = Math.ceil(waitMs / 60_000);
  return new Failure({
    code: 'too_many_attempts',
    message: 'There were too many attempts to sign in.',
    hint: `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    retryable: true,
  });
}
