import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { signInConfigSchema } from '@/lib/contract/sign-in';
import { Grants } from './grants';
import { OidcProvider, type PendingSignIn } from './oidc';
import { PendingSignIns } from './pending';
import { Sessions } from './sessions';
import { atProvider as browserAtProvider, startProvider, type TestProvider } from './test-at-provider';

const ORIGIN = 'https://ringside.example';
const CALLBACK = `${ORIGIN}/api/sign-in/oidc/company/callback`;
const MINUTE_MS = 60_000;
const HERE = { address: '10.0.0.1', agent: '' };

let server: TestProvider;
const issuer = () => server.issuer;

beforeAll(async () => {
  server = await startProvider(CALLBACK, `${ORIGIN}/sign-in`);
}, 60_000);
afterAll(() => server.stop());

function configured(more: object = {}) {
  const oidc = [
    {
      name: 'company',
      issuer: issuer(),
      clientId: 'ringside',
      clientSecret: 'a secret of the tests',
      scope: 'openid profile groups offline_access',
      ...more,
    },
  ];
  const config = signInConfigSchema.parse({ origin: ORIGIN, oidc });
  const [one] = config.oidc;
  if (one === undefined) throw new Error('no provider');
  return new OidcProvider(one, ORIGIN);
}

const atProvider = (start: URL, name: string) => browserAtProvider(start, name, CALLBACK);
const setGroups = (name: string, groups: string) => server.setGroups(name, groups);

describe('signing in at a real provider', () => {
  it('gives the person with their name, groups and lasting id', async () => {
    await setGroups('anna', 'dba,ops');
    const provider = configured();
    const { url, pending } = await provider.begin('/demo');
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.href).not.toContain(pending.verifier);
    const { person, refreshToken } = await provider.finish(await atProvider(url, 'anna'), pending);
    expect(person).toEqual({
      name: 'anna',
      way: 'oidc',
      groups: ['dba', 'ops'],
      provider: 'company',
      subject: 'id-of-anna',
    });
    expect(refreshToken).toEqual(expect.any(String));
  });

  it.each<[string, (pending: PendingSignIn, other: PendingSignIn, search: string) => [string, PendingSignIn]]>([
    ['another state', (pending, _other, search) => [search, { ...pending, state: 'x'.repeat(43) }]],
    ['another nonce', (pending, other, search) => [search, { ...pending, nonce: other.nonce }]],
    ['another verifier', (pending, other, search) => [search, { ...pending, verifier: other.verifier }]],
    ['the code of another sign-in', (_pending, other, search) => [search, other]],
    ['no code', (pending) => [`?state=${pending.state}`, pending]],
    ['a refusal', (pending) => [`?error=access_denied&state=${pending.state}`, pending]],
    [
      'another issuer',
      (pending, _other, search) => [search.replace(/iss=[^&]+/, 'iss=https%3A%2F%2Fevil.example'), pending],
    ],
  ])('is refused with %s', async (_name, mixed) => {
    const provider = configured();
    const [one, other] = [await provider.begin('/'), await provider.begin('/')];
    const search = await atProvider(one.url, 'anna');
    const [given, pending] = mixed(one.pending, other.pending, search);
    await expect(provider.finish(given, pending)).rejects.toMatchObject({ error: { code: 'sign_in_refused' } });
  });

  it('is good once: a code that was used gives nobody', async () => {
    const provider = configured();
    const { url, pending } = await provider.begin('/');
    const search = await atProvider(url, 'anna');
    await provider.finish(search, pending);
    await expect(provider.finish(search, pending)).rejects.toMatchObject({ error: { code: 'sign_in_refused' } });
  });

  it('ends at the provider too, which sends the browser back', async () => {
    const provider = configured();
    const { url, pending } = await provider.begin('/');
    const { idToken } = await provider.finish(await atProvider(url, 'anna'), pending);
    const end = new URL((await provider.endAddress(idToken, `${ORIGIN}/sign-in`)) ?? '');
    expect(end.origin).toBe(issuer());
    // A provider refuses a way back that it does not know, and a token of somebody else.
    expect((await fetch(end)).status).toBe(200);
    end.searchParams.set('post_logout_redirect_uri', 'https://evil.example');
    expect((await fetch(end)).status).toBe(400);
  });

  it('says when the provider is away, and finds it once it is there', async () => {
    const away = configured({ issuer: 'http://127.0.0.1:9' });
    await expect(away.begin('/')).rejects.toMatchObject({ error: { code: 'server_error', retryable: true } });
    await expect(away.begin('/')).rejects.toMatchObject({ error: { code: 'server_error' } });
  });
});

describe('a session of a provider', () => {
  let directory: string;
  let nowMs = 0;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ringside-grants-'));
    nowMs = Date.now();
  });
  afterEach(() => rm(directory, { recursive: true }));

  async function signedIn(name: string) {
    const provider = configured();
    const limits = { idleMs: 600 * MINUTE_MS, longestMs: 600 * MINUTE_MS };
    const sessions = new Sessions(join(directory, 'sessions.json'), limits, () => nowMs);
    const grants = new Grants(sessions, new Map([['company', provider]]), () => nowMs);
    const { url, pending } = await provider.begin('/');
    const granted = await provider.finish(await atProvider(url, name), pending);
    const id = await sessions.open(granted.person, HERE);
    const now = async () => {
      const session = sessions.use(id);
      return session === null ? null : grants.personOf(id, session);
    };
    const session = sessions.use(id);
    if (session !== null) grants.keep(session.shownId, granted);
    return { now, sessions };
  }

  it('has the groups of now within a quarter of an hour', async () => {
    await setGroups('ben', 'dba');
    const { now, sessions } = await signedIn('ben');
    await setGroups('ben', 'readers');
    nowMs += 14 * MINUTE_MS;
    expect(await now()).toMatchObject({ groups: ['dba'] });
    nowMs += MINUTE_MS;
    // Two requests ask once: the provider takes each token one time.
    expect(await Promise.all([now(), now()])).toEqual([
      expect.objectContaining({ groups: ['readers'] }),
      expect.objectContaining({ groups: ['readers'] }),
    ]);
    await sessions.close();
  });

  it('ends when the provider knows the person no more', async () => {
    await setGroups('carla', 'dba');
    const { now, sessions } = await signedIn('carla');
    const ended: unknown[] = [];
    sessions.heardBy(({ person }, why) => void ended.push([person.name, why]));
    await setGroups('carla', 'gone');
    nowMs += 15 * MINUTE_MS;
    expect(await now()).toBeNull();
    expect(await now()).toBeNull();
    expect(ended).toEqual([['carla', 'provider']]);
  });
});

describe('a sign-in that has gone to a provider', () => {
  const PENDING = { provider: 'company', state: 's', nonce: 'n', verifier: 'v', to: '/' };

  it('is good once, for ten minutes, for its provider', () => {
    let nowMs = 0;
    const all = new PendingSignIns(() => nowMs);
    const [one, other, late] = [all.begin(PENDING), all.begin(PENDING), all.begin(PENDING)];
    expect(all.take(one, 'company')).toEqual(PENDING);
    expect(all.take(one, 'company')).toBeNull();
    expect(all.take(other, 'elsewhere')).toBeNull();
    expect(all.take(other, 'company')).toBeNull();
    expect(all.take(null, 'company')).toBeNull();
    nowMs += 10 * MINUTE_MS;
    expect(all.take(late, 'company')).toBeNull();
  });
});
