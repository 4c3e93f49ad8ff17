import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import { clusterSummaries } from '@/lib/cassandra/client/registry';
import type { RoleLogin } from '@/lib/cassandra/client/role-clusters';
import type { ErrorCode } from '@/lib/contract/errors';
import type {
  changePasswordRequestSchema,
  Session,
  SignInProblem,
  SignInState,
  SignInWay,
  signInRequestSchema,
} from '@/lib/contract/sign-in';
import { Failure, invalidRequest } from '@/lib/failure';
import { SIGN_IN_PAGE, wayBack } from '@/lib/sign-in/gate';
import { TooBusy } from '@/lib/sign-in/password-hash';
import {
  decodePerson,
  type PassedPerson,
  PERSON_HEADER,
  type Person,
  personKey,
  principalOfPerson,
} from '@/lib/sign-in/person';
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
import type { UserFile } from '@/lib/sign-in/user-file';
import { ADDRESS_HEADER, noteInAudit } from './audit';
import { NO_STORE, WithCookies } from './respond';

/** What a browser says of itself is kept no longer than this. */
const AGENT_CHARACTERS = 200;

type Credentials = ReturnType<typeof signInRequestSchema.parse>;
type PasswordChange = ReturnType<typeof changePasswordRequestSchema.parse>;

/** How people sign in here, and who sent the request. */
export function signInState(headers: Headers): SignInState {
  const config = serverSignIn()?.config;
  const providers = config?.oidc ?? [];
  const ways: SignInWay[] = [
    ...(config?.local === undefined ? [] : (['local'] as const)),
    ...(providers.length === 0 ? [] : (['oidc'] as const)),
    ...(config?.header === undefined ? [] : (['header'] as const)),
    ...(config?.cassandra === undefined ? [] : (['cassandra'] as const)),
  ];
  const person = personOf(headers);
  return {
    ways,
    providers: providers.map(({ name, label }) => ({ name, label })),
    clusters: (config?.cassandra?.clusters ?? []).map((name) => ({ name, label: labelOf(name) })),
    person: person === null ? null : { name: person.name, way: person.way, groups: [...person.groups] },
  };
}

/** Of a cluster that was removed, its name: nobody can sign in there until it is back. */
function labelOf(name: string): string {
  return clusterSummaries().find((cluster) => cluster.name === name)?.label ?? name;
}

/**
 * Opens a session for a name and its password. The session that the browser had ends.
 * @throws Failure `sign_in_refused`, the same for an unknown name and a wrong password; `too_many_attempts`; for a
 *   Cassandra role also why no node can say whether the password is right
 */
export function signedIn({ cluster, ...credentials }: Credentials, headers: Headers): Promise<Response> {
  if (cluster === undefined) return signedInLocally(credentials, headers);
  const { name: role, password } = credentials;
  return signedInAsRole({ cluster, role, password }, headers);
}

/** Each cluster's roles are counted on their own: one person's mistakes are not another's of the same name. */
async function signedInAsRole(login: RoleLogin, headers: Headers): Promise<Response> {
  const { sessions, ownRoles, throttle } = required();
  if (ownRoles === null) throw refused(ASK_FOR_ROLE);
  const { address } = placeOf(headers);
  const name = `${login.cluster}/${login.role}`;
  const waitMs = throttle.waitMs(name, address);
  if (waitMs > 0) throw tooMany(waitMs);
  throttle.begin(name, address);
  const person = await ownRoles.personOf(login).catch((error: unknown) => {
    const { error: said } = toFailure(error);
    if (said.code === 'sign_in_needed') throw refused(ASK_FOR_ROLE);
    throttle.withdrawn(name, address);
    throw unchecked(error);
  });
  throttle.succeeded(name, address);
  await endOwn(headers);
  const id = await sessions.open(person, placeOf(headers));
  noteSignIn(person);
  const session = sessions.use(id);
  if (session !== null) ownRoles.keep(session.shownId, person, login);
  return withCookies(openingCookies(id));
}

async function signedInLocally({ name, password }: Omit<Credentials, 'cluster'>, headers: Headers): Promise<Response> {
  const { sessions, users } = required();
  if (users === null) throw refused();
  // Names are in lower case, and a phone begins a word with a capital.
  const known = name.trim().toLowerCase();
  // A password that was typed into the wrong field is not kept.
  noteInAudit(users.groupsOf(known) === undefined ? {} : { attempted: known });
  const isRight = await isPasswordOf(users, { name: known, password }, headers);
  const groups = users.groupsOf(known);
  if (!isRight || groups === undefined) throw refused();
  await endOwn(headers);
  const person: Person = { name: known, way: 'local', groups };
  const id = await sessions.open(person, placeOf(headers));
  noteSignIn(person);
  return withCookies(openingCookies(id));
}

/**
 * Gives whoever sent the request another password. All of their sessions end; this browser gets a new one.
 * @throws Failure `sign_in_refused` for a wrong current password, `too_many_attempts`, `invalid_request` for a password
 *   that is not allowed, or where somebody else keeps it
 */
export async function changedPassword({ current, password }: PasswordChange, headers: Headers): Promise<Response> {
  const { sessions, users } = required();
  const person = personOf(headers);
  if (person?.way !== 'local' || users === null) throw keptElsewhere();
  const { name } = person;
  if (!(await isPasswordOf(users, { name, password: current }, headers))) throw wrongCurrent();
  if (password === current) throw invalidRequest('The new password is the current one.', 'Choose another one.');
  await users.changePassword(name, password).catch(busyAsTooMany);
  const key = personKey(person);
  const isOther = (session: KnownSession) => session.shownId !== person.session && personKey(session.person) === key;
  await sessions.endWhere(isOther, 'password');
  await endOwn(headers);
  return withCookies(openingCookies(await sessions.open(person, placeOf(headers))));
}

/** Counts as an attempt. @throws Failure `too_many_attempts` */
async function isPasswordOf(users: UserFile, { name, password }: Credentials, headers: Headers): Promise<boolean> {
  const { throttle } = required();
  const { address } = placeOf(headers);
  const waitMs = throttle.waitMs(name, address);
  if (waitMs > 0) throw tooMany(waitMs);
  throttle.begin(name, address);
  await users.refresh().catch((error: unknown) => console.error('Sign-in: the users were not read.', error));
  const isRight = await users.check(name, password).catch(busyAsTooMany);
  if (isRight) throttle.succeeded(name, address);
  return isRight;
}

function busyAsTooMany(error: unknown): never {
  throw error instanceof TooBusy ? tooMany(1_000) : error;
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
    .map((session) => shownSession(session, person));
}

/** @throws Failure `not_found` when the person has no such session */
export async function endedSession(id: string, headers: Headers): Promise<Response> {
  const person = personOf(headers);
  const isEnded = person !== null && (await required().sessions.endShown(person, id));
  if (!isEnded) throw new Failure({ code: 'not_found', message: 'You have no such session.', retryable: false });
  required().ownRoles?.dropEnded();
  return withCookies(id === person.session ? closingCookies() : []);
}

/** Whoever sent a request; null: nobody has signed in. */
export function personOf(headers: Headers): PassedPerson | null {
  return decodePerson(headers.get(PERSON_HEADER));
}

/** A session as the page shows it. @param by who looks at it */
export function shownSession(
  { person, shownId, startedMs, usedMs, endsMs, address, agent }: KnownSession,
  by: PassedPerson | null,
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
    isThis: shownId === by?.session,
  };
}

async function endOwn(headers: Headers): Promise<void> {
  const id = sessionIdIn(headers.get('cookie') ?? undefined);
  if (id === null) return;
  const { sessions, ownRoles } = required();
  await sessions.end(id);
  ownRoles?.dropEnded();
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

const ASK_FOR_USER = 'Whoever runs Ringside can set another password: ringside user add NAME.';
const ASK_FOR_ROLE = 'Names of roles count as they are written. Whoever runs the cluster can set another password.';

function refused(hint = ASK_FOR_USER): Failure {
  return new Failure({
    code: 'sign_in_refused',
    message: 'The name or the password is not right.',
    hint,
    retryable: false,
  });
}

function wrongCurrent(): Failure {
  return new Failure({
    code: 'sign_in_refused',
    message: 'The current password is not right, so it was not changed.',
    hint: 'Whoever runs Ringside can set another one: ringside user add NAME.',
    retryable: false,
  });
}

function keptElsewhere(): Failure {
  return invalidRequest(
    'Ringside does not keep your password, so it cannot change it.',
    'Change it where you sign in: at the identity provider, the proxy, or in Cassandra.',
  );
}

const UNREACHED: ReadonlySet<ErrorCode> = new Set(['cluster_unreachable', 'request_timeout']);

/** Nobody knows whether the password is right. Addresses of nodes are not for whoever has not signed in. */
function unchecked(cause: unknown): Failure {
  const { detail: _detail, ...said } = toFailure(cause).error;
  if (!UNREACHED.has(said.code)) return new Failure(said, { cause });
  const message = 'No node of the cluster could be reached, so nobody could check the password.';
  return new Failure({ ...said, message, hint: 'Check the nodes and the network, then try again.' }, { cause });
}

function tooMany(waitMs: number): Failure {
  const minutes = Math.ceil(waitMs / 60_000);
  return new Failure({
    code: 'too_many_attempts',
    message: 'There were too many attempts.',
    hint: `Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
    retryable: true,
  });
}
