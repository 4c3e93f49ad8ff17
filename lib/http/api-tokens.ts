import 'server-only';
import type { ApiToken, ApiTokens, MadeApiToken, Narrowing, PeopleApiTokens } from '@/lib/contract/api-tokens';
import { Failure, invalidRequest } from '@/lib/failure';
import { lackOf, need } from '@/lib/rights/needs';
import { EVERY_CLUSTER, type PersonRights } from '@/lib/rights/rules';
import { seesCluster } from '@/lib/rights/visible';
import type { KnownApiToken } from '@/lib/sign-in/api-tokens';
import { type PassedPerson, principalOfPerson } from '@/lib/sign-in/person';
import { isWaiting, whyNoTokens } from '@/lib/sign-in/person-of-token';
import { type ServerSignIn, serverSignIn } from '@/lib/sign-in/server-sign-in';
import { noteInAudit } from './audit';
import { MOST_LISTED, wordsIn } from './people-sessions';
import { personOf } from './sign-in';

/** Of `POST /api/tokens`, checked by its schema. */
interface Wish extends Omit<Narrowing, 'clusters'> {
  readonly name: string;
  readonly days: number;
  readonly clusters?: readonly string[] | undefined;
}

/** The API tokens of whoever sent the request. */
export function ownApiTokens(headers: Headers, rights: PersonRights | null): ApiTokens {
  const signIn = serverSignIn();
  const person = personOf(headers);
  const mayEndOthers = rights !== null && lackOf(rights, [need('admin', { cluster: EVERY_CLUSTER })]) === null;
  if (signIn === null || person === null) return { tokens: [], whyNot: 'off', longestDays: 0, mayEndOthers: false };
  const { config, tokens } = signIn;
  return {
    tokens: (tokens?.of(person) ?? []).map((token) => shownToken(token, signIn)),
    whyNot: whyNoTokens(config, person.way),
    longestDays: config.tokens?.longestDays ?? 0,
    mayEndOthers: mayEndOthers && tokens !== null,
  };
}

/**
 * Makes an API token for whoever sent the request, from a session.
 * @throws Failure `invalid_request` where they can have none or see no such cluster, and as `ApiTokens.make`
 */
export async function madeApiToken(wish: Wish, headers: Headers, rights: PersonRights | null): Promise<MadeApiToken> {
  const signIn = serverSignIn();
  const person = personOf(headers);
  if (signIn === null || person === null) throw notOffered('off');
  const whyNot = whyNoTokens(signIn.config, person.way);
  if (whyNot !== null || signIn.tokens === null) throw notOffered(whyNot ?? 'off');
  const { name, days, readOnly, clusters = null } = wish;
  const unseen = clusters?.find((cluster) => !seesCluster(rights, cluster));
  if (unseen !== undefined) throw invalidRequest(`No cluster named “${unseen}” is there for you.`);
  const [text, token] = await signIn.tokens.make(bare(person), { name, days, readOnly, clusters });
  noteInAudit({ ofToken: { id: token.id, name, person: person.name } });
  return { token: shownToken(token, signIn), text };
}

/** @throws Failure `not_found` when the person has no such open token */
export async function revokedApiToken(id: string, headers: Headers): Promise<Response> {
  const person = personOf(headers);
  const key = person === null ? null : principalOfPerson(person).id;
  const isOwn = (token: KnownApiToken) => token.id === id && principalOfPerson(token.person).id === key;
  return endedOne(isOwn, 'revoked');
}

/** @throws Failure `not_found` */
export function apiTokenEndedByAdmin(id: string): Promise<Response> {
  return endedOne((token) => token.id === id, 'admin');
}

/** The open tokens of everybody, by person. @param search words of which each is in a name, a group or an address */
export function everybodysApiTokens(search: string): PeopleApiTokens {
  const signIn = serverSignIn();
  if (signIn === null) return { people: [], hasMore: false };
  const words = wordsIn(search);
  const found = (signIn.tokens?.allOpen() ?? []).filter(({ name, person, used }) => {
    const text = [name, person.name, ...person.groups, used?.address ?? ''].join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
  const people = new Map<string, PeopleApiTokens['people'][number]>();
  for (const token of found.slice(0, MOST_LISTED)) {
    const { id } = principalOfPerson(token.person);
    const { name, way } = token.person;
    const person = people.get(id) ?? { id, name, way, tokens: [] };
    people.set(id, { ...person, tokens: [...person.tokens, shownToken(token, signIn)] });
  }
  return { people: [...people.values()], hasMore: found.length > MOST_LISTED };
}

async function endedOne(isEnded: (token: KnownApiToken) => boolean, why: 'revoked' | 'admin'): Promise<Response> {
  const ended = (await serverSignIn()?.tokens?.endWhere(isEnded, why)) ?? [];
  const [token] = ended;
  if (token === undefined) {
    const message = 'There is no such API token that can still be used.';
    throw new Failure({ code: 'not_found', message, hint: 'It may have ended meanwhile.', retryable: false });
  }
  noteInAudit({ ofToken: { id: token.id, name: token.name, person: token.person.name } });
  return new Response(null, { status: 204 });
}

function shownToken(token: KnownApiToken, { config }: ServerSignIn): ApiToken {
  const { id, name, readOnly, clusters, madeMs, endsMs, used, ended } = token;
  return {
    ...{ id, name, readOnly, clusters, used, ended },
    madeAt: new Date(madeMs).toISOString(),
    endsAt: new Date(endsMs).toISOString(),
    isWaiting: ended === null && isWaiting(token, config, Date.now()),
  };
}

/** Without what belongs to the session. */
function bare({ session: _session, token: _token, ...person }: PassedPerson) {
  return person;
}

const WHY_NOT: Readonly<Record<NonNullable<ApiTokens['whyNot']>, string>> = {
  off: 'API tokens are off here: signIn.tokens in the configuration file turns them on.',
  oidc: 'People of an identity provider can have API tokens only where signIn.tokens.providerHours says how long their groups count.',
  header: 'Whom a proxy signs in can have no API tokens: only the proxy can say who somebody is.',
  cassandra:
    'Who signs in as a Cassandra role can have no API tokens: their password is known only while they are signed in.',
};

function notOffered(why: NonNullable<ApiTokens['whyNot']>): Failure {
  return invalidRequest(WHY_NOT[why]);
}
