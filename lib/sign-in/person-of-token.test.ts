import { describe, expect, it } from 'vitest';
import { type SignInConfig, signInConfigSchema } from '@/lib/contract/sign-in';
import type { KnownApiToken } from './api-tokens';
import type { Person } from './person';
import { personOfToken, whyNoTokens } from './person-of-token';

const HOUR_MS = 3_600_000;
const NOW_MS = 1_000 * HOUR_MS;
const config = (tokens?: object): SignInConfig =>
  signInConfigSchema.parse({
    ...{ origin: 'https://ringside.example', local: {}, header: { user: 'x-user' } },
    oidc: [{ name: 'company', issuer: 'https://login.example', clientId: 'x' }],
    cassandra: { clusters: ['prod'] },
    ...(tokens === undefined ? {} : { tokens }),
  });
const ON = config({});
const WITH_PROVIDER = config({ providerHours: 24 });

const ANNA: Person = { name: 'anna', way: 'local', groups: ['then'] };
const ZOE: Person = { name: 'zoe', way: 'oidc', groups: ['then'], provider: 'company', subject: '1' };
const token = (person: Person, more: Partial<KnownApiToken> = {}): KnownApiToken => ({
  ...{ id: 'x', name: 'ci', person, readOnly: false, clusters: null, used: null, ended: null },
  ...{ madeMs: NOW_MS - 100 * HOUR_MS, endsMs: NOW_MS + HOUR_MS, confirmedMs: NOW_MS - HOUR_MS },
  ...more,
});
/** `anna`, in another group than then, with a password of this time. */
const users = (sinceMs = 0) => ({
  groupsOf: (name: string) => (name === 'anna' ? ['now'] : undefined),
  passwordSinceMs: () => sinceMs,
});

describe('the person of an API token', () => {
  it('is a local user with the groups of now', () => {
    const known = { config: ON, users: users() };
    expect(personOfToken(token(ANNA), known, NOW_MS)).toEqual({ ...ANNA, groups: ['now'] });
  });

  it.each<[string, KnownApiToken, SignInConfig, ReturnType<typeof users>]>([
    ['whose token has ended', token(ANNA, { ended: 'revoked' }), ON, users()],
    ['where tokens are off', token(ANNA), config(), users()],
    ['where local users are off', token(ANNA), { ...ON, local: undefined }, users()],
    ['who was removed', token({ ...ANNA, name: 'ben' }), ON, users()],
    ['whose password is newer than the token', token(ANNA), ON, users(NOW_MS)],
    ['of a provider, where nobody said how long groups count', token(ZOE), ON, users()],
    ['whose provider is gone', token(ZOE), { ...WITH_PROVIDER, oidc: [] }, users()],
    [
      'whose groups were confirmed too long ago',
      token(ZOE, { confirmedMs: NOW_MS - 24 * HOUR_MS }),
      WITH_PROVIDER,
      users(),
    ],
    ['whom a proxy names', token({ ...ANNA, way: 'header' }), WITH_PROVIDER, users()],
    [
      'who signed in as a Cassandra role',
      token({ ...ANNA, way: 'cassandra', provider: 'prod', subject: 'anna' }),
      WITH_PROVIDER,
      users(),
    ],
  ])('is nobody %s', (_who, held, given, kept) => {
    expect(personOfToken(held, { config: given, users: kept }, NOW_MS)).toBeNull();
  });

  it('of a provider has the groups that it confirmed last', () => {
    expect(personOfToken(token(ZOE), { config: WITH_PROVIDER, users: users() }, NOW_MS)).toEqual(ZOE);
  });

  it('has one for 90 days at most, unless the configuration says so, and never for more than a year', () => {
    expect(ON.tokens).toEqual({ longestDays: 90 });
    for (const tokens of [{ longestDays: 366 }, { longestDays: 0 }, { providerHours: 169 }, { forever: true }]) {
      expect(() => config(tokens)).toThrow();
    }
  });

  it.each([
    [undefined, 'local', 'off'],
    [{}, 'local', null],
    [{}, 'oidc', 'oidc'],
    [{ providerHours: 1 }, 'oidc', null],
    [{ providerHours: 1 }, 'header', 'header'],
    [{ providerHours: 1 }, 'cassandra', 'cassandra'],
  ] as const)('with signIn.tokens %j and the way %s may have some unless: %s', (tokens, way, why) => {
    expect(whyNoTokens(config(tokens), way)).toBe(why);
  });
});
