import { describe, expect, it } from 'vitest';
import { type SignInConfig, signInConfigSchema } from '@/lib/contract/sign-in';
import type { KnownApiToken } from './api-tokens';
import { type Asked, entryOf, type Opened, tokenEntryOf, wayBack } from './gate';
import type { Person } from './person';

const ORIGIN = 'https://ringside.example';
const CONFIG: SignInConfig = signInConfigSchema.parse({
  origin: ORIGIN,
  local: {},
  header: { user: 'x-user', groups: 'x-groups' },
});
const ANNA: Person = { name: 'anna', way: 'local', groups: [] };
const PROXIED: Person = { name: 'anna', way: 'header', groups: ['dba', 'ops'] };
const SAID = { isFromProxy: true, headers: { 'x-user': 'anna', 'x-groups': 'dba, ops' } };

function opened(person: Person | null, isCsrfToken = true): Opened {
  const session =
    person === null
      ? null
      : { person, startedMs: 0, usedMs: 0, endsMs: 1, address: '10.0.0.1', agent: '', shownId: 'shown' };
  return { session, isCsrfToken };
}

function enter(asked: Partial<Asked>, by: Opened, config = CONFIG) {
  const path = asked.path ?? '/demo';
  return entryOf({ method: 'GET', path, target: path, headers: {}, isFromProxy: false, ...asked }, by, config);
}

const POST = { method: 'POST', path: '/api/jobs', headers: { origin: ORIGIN } };

describe('the gate', () => {
  it('lets in who has a session, and shows others where to sign in', () => {
    expect(enter({}, opened(ANNA))).toMatchObject({ kind: 'pass', session: { person: ANNA } });
    expect(enter({ target: '/demo?a=b' }, opened(null))).toEqual({
      kind: 'redirect',
      to: '/sign-in?to=%2Fdemo%3Fa%3Db',
    });
    expect(enter({ path: '/', target: '/' }, opened(null))).toEqual({ kind: 'redirect', to: '/sign-in' });
    expect(enter({ path: '/api/jobs' }, opened(null))).toMatchObject({ kind: 'refuse', status: 401 });
    expect(enter(POST, opened(null))).toMatchObject({ kind: 'refuse', status: 401 });
  });

  it('says at the next page why the session of a Cassandra role is gone, and lets one in that is not', () => {
    const config = { ...CONFIG, cassandra: { clusters: ['prod'], checkMinutes: 5 } };
    const cutOff = { ...opened(null), problem: 'restart' as const };
    expect(enter({ target: '/demo' }, cutOff)).toEqual({ kind: 'redirect', to: '/sign-in?problem=restart&to=%2Fdemo' });
    expect(enter({ path: '/', target: '/' }, cutOff)).toEqual({ kind: 'redirect', to: '/sign-in?problem=restart' });
    const role: Person = { name: 'ada', way: 'cassandra', groups: [], provider: 'prod', subject: 'ada' };
    expect(enter({}, opened(role), config)).toMatchObject({ kind: 'pass', session: { person: role } });
    expect(enter({}, opened({ ...role, provider: 'other' }), config)).toMatchObject({ kind: 'redirect' });
    expect(enter({}, opened(role))).toMatchObject({ kind: 'redirect' });
  });

  it.each([
    '/sign-in',
    '/api/sign-in',
    '/api/sign-in/oidc/company',
    '/api/sign-in/oidc/company/callback',
    '/api/health',
    '/_next/static/chunks/a.js',
    '/icon.svg',
  ])('lets anybody have %s', (path) => expect(enter({ path }, opened(null))).toEqual({ kind: 'pass', session: null }));

  it.each([
    '/sign-in/',
    '/sign-in/x',
    '/api/sign-in/sessions',
    '/api/healthz',
    '/_next/static',
    '/_next/data/x',
    '/api/tickets',
    '/dev/states',
  ])('lets nobody have %s without a session', (path) => expect(enter({ path }, opened(null)).kind).not.toBe('pass'));

  it('takes a change only from this server’s own page', () => {
    expect(enter(POST, opened(ANNA))).toMatchObject({ kind: 'pass' });
    expect(enter(POST, opened(ANNA, false))).toMatchObject({ kind: 'refuse', status: 403 });
    for (const origin of [undefined, 'null', 'https://evil.example', 'http://ringside.example', `${ORIGIN}:444`]) {
      expect(enter({ ...POST, headers: origin === undefined ? {} : { origin } }, opened(ANNA))).toMatchObject({
        status: 403,
      });
    }
    // Also the attempt to sign in: nobody may be signed in as somebody else by another site.
    expect(enter({ ...POST, path: '/api/sign-in', headers: {} }, opened(null))).toMatchObject({ status: 403 });
    expect(enter({ ...POST, path: '/api/sign-in' }, opened(null))).toMatchObject({ kind: 'pass' });
  });

  it('believes who a trusted proxy says it is, and nobody else', () => {
    expect(enter(SAID, opened(null))).toEqual({ kind: 'open', person: PROXIED });
    expect(enter({ ...SAID, isFromProxy: false }, opened(null))).toMatchObject({ kind: 'redirect' });
    expect(enter(SAID, opened(null), { ...CONFIG, header: undefined })).toMatchObject({ kind: 'redirect' });
    expect(enter({ ...SAID, path: '/api/jobs' }, opened(null))).toMatchObject({ status: 401 });
    expect(enter({ ...SAID, headers: { 'x-user': '' } }, opened(null))).toMatchObject({ kind: 'refuse', status: 403 });
  });

  it('ends a proxy’s session when the proxy says somebody else, other groups or nobody', () => {
    expect(enter(SAID, opened(PROXIED))).toMatchObject({ kind: 'pass' });
    const ben = { ...SAID, headers: { ...SAID.headers, 'x-user': 'ben' } };
    expect(enter(ben, opened(PROXIED))).toEqual({ kind: 'open', person: { ...PROXIED, name: 'ben' } });
    const fewer = { ...SAID, headers: { ...SAID.headers, 'x-groups': 'dba' } };
    expect(enter(fewer, opened(PROXIED))).toEqual({ kind: 'open', person: { ...PROXIED, groups: ['dba'] } });
    expect(enter({ isFromProxy: true }, opened(PROXIED))).toMatchObject({ kind: 'redirect' });
    expect(enter(SAID, opened(ANNA))).toMatchObject({ kind: 'pass', session: { person: ANNA } });
  });

  it('ends the sessions of a way that is not configured any more', () => {
    expect(enter({}, opened(ANNA), { ...CONFIG, local: undefined })).toMatchObject({ kind: 'redirect' });
  });
});

describe('the gate, for a request with an API token', () => {
  const TOKEN: KnownApiToken = {
    ...{ id: 'x', name: 'ci', person: { ...ANNA, groups: ['then'] }, readOnly: false, clusters: null },
    ...{ madeMs: 0, endsMs: 1, confirmedMs: 0, used: null, ended: null },
  };
  const GOOD = { token: TOKEN, person: ANNA, isStopped: false };
  const bring = (asked: Partial<Asked>, presented = GOOD as Parameters<typeof tokenEntryOf>[1]) => {
    const path = asked.path ?? '/api/jobs';
    const rest = { method: 'GET', path, target: path, headers: {}, isFromProxy: false };
    return tokenEntryOf({ ...rest, ...asked }, presented, CONFIG);
  };

  it('lets in its person of now, also to change something, without an origin and a page’s token', () => {
    const passed = { kind: 'token', token: { name: 'ci', person: ANNA } };
    expect(bring({})).toMatchObject(passed);
    expect(bring({ method: 'POST' })).toMatchObject(passed);
    expect(bring({ method: 'POST', headers: { origin: ORIGIN } })).toMatchObject(passed);
  });

  it.each(['https://evil.example', 'null', `${ORIGIN}:444`])('refuses a page of %s', (origin) => {
    expect(bring({ headers: { origin } })).toMatchObject({ kind: 'refuse', status: 403, token: TOKEN });
  });

  it.each(['/', '/demo', '/sign-in', '/apis', '/_next/static/chunks/a.js', '/dev/states'])(
    'opens no page: %s',
    (path) => {
      expect(bring({ path })).toMatchObject({ kind: 'refuse', status: 403 });
    },
  );

  it('says the same of one that never was, has ended, or has lost its person, and names it to the audit alone', () => {
    const unknown = bring({}, { token: null, person: null, isStopped: false });
    const ended = bring({}, { token: TOKEN, person: null, isStopped: false });
    expect(unknown).toMatchObject({ kind: 'refuse', status: 401 });
    expect(ended).toEqual({ ...unknown, token: TOKEN });
    // Not even where anybody may go.
    expect(bring({ path: '/api/health' }, { token: null, person: null, isStopped: false })).toEqual(unknown);
  });

  it('looks at none from an address with too many wrong ones', () => {
    expect(bring({}, { ...GOOD, isStopped: true })).toMatchObject({ kind: 'refuse', status: 429 });
  });
});

describe('the way back after signing in', () => {
  it.each(['/', '/demo/keyspaces/a?filters=%5B%5D', '/demo#x'])('is %s', (to) => expect(wayBack(to)).toBe(to));

  it.each([
    undefined,
    '',
    'demo',
    '//evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/%09/evil.example\n',
    'https://evil.example',
    'javascript:alert(1)',
    '/api/sign-in',
    '/api',
    '/sign-in?to=/',
  ])('is the first page instead of %j', (to) => expect(wayBack(to)).toBe('/'));
});
