import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { apiTokensSchema, madeApiTokenSchema } from '@/lib/contract/api-tokens';
import { clustersResponseSchema } from '@/lib/contract/clusters';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';
import { atProvider, startProvider, type TestProvider } from '@/lib/sign-in/test-at-provider';
import { webGate } from '@/lib/sign-in/web-gate';
import { GET as listClusters } from './clusters/route';
import { GET as callback } from './sign-in/oidc/[provider]/callback/route';
import { GET as begin } from './sign-in/oidc/[provider]/route';
import { POST as makeToken, GET as tokens } from './tokens/route';

/** API tokens of people of a real identity provider, through the gate and the routes, while hours pass. */

const ORIGIN = 'https://ringside.example';
const CALLBACK = `${ORIGIN}/api/sign-in/oidc/company/callback`;
const DATA = mkdtempSync(join(tmpdir(), 'ringside-provider-tokens-'));
const HOURS = 24;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let provider: TestProvider;

beforeAll(async () => {
  provider = await startProvider(CALLBACK, `${ORIGIN}/sign-in`);
  vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
  vi.stubEnv(
    'RINGSIDE_CLUSTERS',
    JSON.stringify({
      clusters: [{ name: 'prod', contactPoints: ['127.0.0.1:1'] }],
      audit: false,
      signIn: {
        ...{ origin: ORIGIN, tokens: { providerHours: HOURS }, idleMinutes: 10_000, longestHours: 500 },
        oidc: [
          {
            ...{
              name: 'company',
              issuer: provider.issuer,
              clientId: 'ringside',
              clientSecret: 'a secret of the tests',
            },
            scope: 'openid profile groups offline_access',
          },
        ],
      },
      roles: [{ name: 'dba', subjects: [{ group: 'dba' }], as: 'admin' }],
    }),
  );
  // The clock of everything that asks for the time; timers stay real.
  vi.useFakeTimers({ toFake: ['Date'] });
}, 60_000);
beforeEach(() => void vi.setSystemTime(Date.now()));
afterAll(async () => {
  await Promise.all([serverSignIn()?.tokens?.close(), serverSignIn()?.sessions.close()]);
  vi.useRealTimers();
  provider.stop();
  rmSync(DATA, { recursive: true, force: true });
});

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
const cookiesOf = (response: Response) =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');

/** Signs in at the provider with a browser. @returns its cookies */
async function signedIn(name: string): Promise<string> {
  const params = Promise.resolve({ provider: 'company' });
  const away = await begin(new Request(`${ORIGIN}/api/sign-in/oidc/company?to=/`), { params });
  const search = await atProvider(new URL(away.headers.get('location') ?? ''), name, CALLBACK);
  const back = await callback(new Request(`${CALLBACK}${search}`, { headers: { cookie: cookiesOf(away) } }), {
    params,
  });
  expect(back.headers.get('location')).toBe('/');
  return cookiesOf(back);
}

/** What the gate does with a request, by its cookies or its API token. */
function enter(headers: { readonly cookie: string } | { readonly authorization: string }) {
  const path = '/api/clusters';
  const asked = { method: 'GET', path, target: path, isFromProxy: false, address: '192.0.2.1', agent: '' };
  return webGate(serverSignIn()).enter({ ...asked, headers });
}

/** The header of whoever the gate let in. */
async function person(headers: Parameters<typeof enter>[0]) {
  const entry = await enter(headers);
  if (entry.kind !== 'pass' || entry.person === null) throw new Error(`The gate: ${JSON.stringify(entry)}`);
  return { [PERSON_HEADER]: entry.person };
}

const here = { params: Promise.resolve({}) };
const by = (text: string) => ({ authorization: `Bearer ${text}` });

async function made(cookie: string): Promise<string> {
  const body = JSON.stringify({ name: `ci ${Math.random()}`, days: 30, readOnly: false });
  const request = new Request(`${ORIGIN}/api/tokens`, { method: 'POST', headers: await person({ cookie }), body });
  return madeApiTokenSchema.parse(await (await makeToken(request, here)).json()).text;
}

/** The clusters that there are for a token. */
async function seenBy(text: string): Promise<string[]> {
  const request = new Request(`${ORIGIN}/api/clusters`, { headers: await person(by(text)) });
  const { clusters } = clustersResponseSchema.parse(await (await listClusters(request, here)).json());
  return clusters.map(({ name }) => name);
}

async function waiting(headers: Record<string, string>): Promise<boolean[]> {
  const list = await tokens(new Request(`${ORIGIN}/api/tokens`, { headers }), here);
  return apiTokensSchema.parse(await list.json()).tokens.map(({ isWaiting }) => isWaiting);
}

describe('an API token of somebody of a provider', { timeout: 120_000 }, () => {
  it('does what the groups allow, until the provider has not confirmed them for the configured hours', async () => {
    await provider.setGroups('anna', 'dba');
    const cookie = await signedIn('anna');
    const text = await made(cookie);
    expect(await seenBy(text)).toEqual(['prod']);
    pass(HOURS * HOUR_MS - 1);
    expect(await seenBy(text)).toEqual(['prod']);
    pass(1);
    // The answer to one that never was.
    const refused = await enter(by(text));
    expect(refused).toMatchObject({
      kind: 'refuse',
      status: 401,
      message: expect.stringContaining('opens nothing here'),
    });
    expect(refused).toMatchObject(await enter(by(`rs_${'0'.repeat(49)}`)));
    const anna = { name: 'anna', way: 'oidc' as const, groups: [], provider: 'company', subject: 'id-of-anna' };
    const header = { [PERSON_HEADER]: encodePerson({ ...anna, session: 'x' }) };
    expect(await waiting(header)).toEqual([true]);
    // It works again once its person has signed in.
    await signedIn('anna');
    expect(await waiting(header)).toEqual([false]);
    expect(await seenBy(text)).toEqual(['prod']);
  });

  it('loses what a group gave once a session of its person has asked the provider', async () => {
    await provider.setGroups('ben', 'dba');
    const cookie = await signedIn('ben');
    const text = await made(cookie);
    expect(await seenBy(text)).toEqual(['prod']);
    await provider.setGroups('ben', 'readers');
    expect(await seenBy(text)).toEqual(['prod']);
    pass(15 * MINUTE_MS);
    await person({ cookie });
    expect(await seenBy(text)).toEqual([]);
  });

  it('ends with its hours where the provider knows its person no more, whose sessions end at once', async () => {
    await provider.setGroups('carla', 'dba');
    const cookie = await signedIn('carla');
    const text = await made(cookie);
    await provider.setGroups('carla', 'gone');
    pass(15 * MINUTE_MS);
    expect(await enter({ cookie })).toMatchObject({ kind: 'refuse', status: 401 });
    expect(await seenBy(text)).toEqual(['prod']);
    pass(HOURS * HOUR_MS - 15 * MINUTE_MS);
    expect(await enter(by(text))).toMatchObject({ kind: 'refuse', status: 401 });
  });
});
