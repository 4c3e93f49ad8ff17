import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { signInConfigSchema } from '@/lib/contract/sign-in';
import { decodePerson, type Person } from '@/lib/sign-in/person';
import { type ServerSignIn, signInOf } from '@/lib/sign-in/server-sign-in';
import { csrfToken, openingCookies } from '@/lib/sign-in/session-cookie';
import { newTokenText } from '@/lib/sign-in/token-text';
import { UserFile } from '@/lib/sign-in/user-file';
import { webGate } from '@/lib/sign-in/web-gate';
import { request, statusOf, TestServer } from './test-sockets';

const ORIGIN = 'https://ringside.example';
const HERE = { address: '10.0.0.1', agent: '' };
const ANNA: Person = { name: 'anna', way: 'local', groups: [] };
const CLOSE = { Connection: 'close', Host: 'ringside.example' };

let server: TestServer;
let directory: string;
let signIn: ServerSignIn;
/** The process ends, and the next one reads what it left. */
let restarted: () => Promise<void>;
let arrived: IncomingMessage['headers'][] = [];

/** Takes down what reached it. */
function note({ headers }: IncomingMessage, response: ServerResponse) {
  arrived.push(headers);
  response.end('in');
}

beforeEach(async () => {
  arrived = [];
  directory = await mkdtemp(join(tmpdir(), 'ringside-gate-'));
  const users = join(directory, 'users.json');
  const config = { origin: ORIGIN, local: { users }, header: { user: 'x-forwarded-user' }, tokens: {} };
  const begin = () => signInOf(signInConfigSchema.parse(config), join(directory, 'sessions.json'));
  signIn = begin();
  restarted = async () => {
    signIn = begin();
    await Promise.all([signIn.sessions.load(), signIn.tokens?.load(), signIn.users?.refresh()]);
  };
  await signIn.users?.put('anna', 'a long enough phrase', ['dba']);
});
afterEach(async () => {
  await server.stop();
  await signIn.sessions.close();
  await rm(directory, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<void> {
  server = await TestServer.start(note, { env, gate: webGate(signIn) });
}

const personIn = (headers: IncomingMessage['headers'] | undefined) =>
  decodePerson(String(headers?.['x-ringside-person'] ?? '')) ?? null;

describe('a server where people sign in', () => {
  it('answers to the name of its origin, and lets nobody reach the framework without a session', async () => {
    await start();
    expect(await server.say(request('GET /demo?a=b', CLOSE))).toMatch(/^location: \/sign-in\?to=%2Fdemo%3Fa%3Db\r$/m);
    for (const cookie of [undefined, '__Host-ringside=', `__Host-ringside=${'A'.repeat(43)}`, 'ringside=x']) {
      const answer = await server.say(
        request('GET /api/clusters', { ...CLOSE, ...(cookie === undefined ? {} : { Cookie: cookie }) }),
      );
      expect(statusOf(answer)).toBe(401);
      expect(answer).toContain('"code":"signed_out"');
    }
    expect(
      statusOf(await server.say(request('POST /api/tickets', { ...CLOSE, 'X-Ringside': '1', Origin: ORIGIN }))),
    ).toBe(401);
    expect(arrived).toEqual([]);
  });

  it('says who sent a request to what is behind it, whatever the request says', async () => {
    await start();
    const [cookie] = openingCookies(await signIn.sessions.open(ANNA, HERE)).map((one) => one.split(';')[0]);
    const forged = { 'X-Ringside-Person': 'forged', 'X-Ringside-Address': '8.8.8.8', 'X-Forwarded-User': 'root' };
    await server.say(request('GET /demo', { ...CLOSE, ...forged, Cookie: cookie ?? '' }));
    expect(personIn(arrived[0])).toMatchObject({ name: 'anna', way: 'local', groups: ['dba'] });
    expect(arrived[0]?.['x-ringside-address']).toBe('127.0.0.1');
    await server.say(request('GET /sign-in', { ...CLOSE, ...forged }));
    expect(personIn(arrived[1])).toBeNull();
    // Two cookies of the name: another host has put one of them there.
    await server.say(request('GET /demo', { ...CLOSE, Cookie: `${cookie}; __Host-ringside=${'A'.repeat(43)}` }));
    expect(arrived).toHaveLength(2);
  });

  it('takes a change with the session’s token and from its own page alone', async () => {
    await start();
    const id = await signIn.sessions.open(ANNA, HERE);
    const other = await signIn.sessions.open(ANNA, HERE);
    const post = async (headers: Record<string, string>) =>
      statusOf(await server.say(request('POST /api/jobs', { ...CLOSE, Cookie: `__Host-ringside=${id}`, ...headers })));
    const token = csrfToken(id);
    expect(await post({ Origin: ORIGIN, 'X-Ringside-CSRF': token })).toBe(200);
    expect(await post({ 'X-Ringside-CSRF': token })).toBe(403);
    expect(await post({ Origin: ORIGIN })).toBe(403);
    expect(await post({ Origin: ORIGIN, 'X-Ringside-CSRF': csrfToken(other) })).toBe(403);
    expect(await post({ Origin: 'https://evil.example', 'X-Ringside-CSRF': token })).toBe(403);
    expect(arrived).toHaveLength(1);
  });

  it('lets a user who was removed do nothing more', async () => {
    await start();
    const cookie = `__Host-ringside=${await signIn.sessions.open(ANNA, HERE)}`;
    await new UserFile(join(directory, 'users.json')).remove('anna');
    expect(statusOf(await server.say(request('GET /api/jobs', { ...CLOSE, Cookie: cookie })))).toBe(401);
  });

  it('ends what began before another password was set, and nothing that began after it', async () => {
    await start();
    const cookieOf = async () => `__Host-ringside=${await signIn.sessions.open(ANNA, HERE)}`;
    const before = await cookieOf();
    await vi.waitUntil(() => Date.now() > (signIn.sessions.of(ANNA)[0]?.startedMs ?? 0));
    await new UserFile(join(directory, 'users.json')).put('anna', 'another long phrase', []);
    await signIn.users?.refresh();
    const ask = async (cookie: string) =>
      statusOf(await server.say(request('GET /demo', { ...CLOSE, Cookie: cookie })));
    const ended: unknown[] = [];
    signIn.sessions.heardBy(({ person }, why) => void ended.push([person.name, why]));
    expect([await ask(before), await ask(await cookieOf())]).toEqual([303, 200]);
    expect(ended).toEqual([['anna', 'password']]);
    expect(signIn.sessions.of(ANNA)).toHaveLength(1);
  });

  it('has a browser erase what it keeps of somebody else, when a page opens and before that page begins', async () => {
    await start();
    const cookieOf = async (person: Person) => `__Host-ringside=${await signIn.sessions.open(person, HERE)}`;
    const anna = await cookieOf(ANNA);
    const first = await server.say(request('GET /demo', { ...CLOSE, Cookie: anna }));
    const kept = /__Host-ringside-kept=person-[\w-]+/.exec(first)?.[0] ?? '';
    expect(kept).not.toBe('');
    expect(first).not.toMatch(/clear-site-data/i);
    await signIn.users?.put('ben', 'a long enough phrase', []);
    const ben = `${await cookieOf({ ...ANNA, name: 'ben' })}; ${kept}`;
    for (const inner of [{ 'Sec-Fetch-Dest': 'empty' }, { RSC: '1' }]) {
      expect(await server.say(request('GET /demo', { ...CLOSE, ...inner, Cookie: ben }))).not.toMatch(
        /clear-site-data/i,
      );
    }
    const page = await server.say(request('GET /demo', { ...CLOSE, 'Sec-Fetch-Dest': 'document', Cookie: ben }));
    expect(page).toMatch(/^clear-site-data: "storage"\r$/im);
    expect(page).not.toContain(kept);
    const again = await server.say(request('GET /demo', { ...CLOSE, Cookie: `${anna}; ${kept}` }));
    expect(again).not.toMatch(/clear-site-data|__Host-ringside-kept/i);
  });

  it('opens a session for whom a trusted proxy names, with cookies that no script and no other site gets', async () => {
    await start({ RINGSIDE_TRUSTED_PROXIES: '127.0.0.1' });
    const answer = await server.say(request('GET /demo', { ...CLOSE, 'X-Forwarded-User': 'carla' }));
    expect(personIn(arrived[0])).toMatchObject({ name: 'carla', way: 'header' });
    expect(answer).toMatch(/^set-cookie: __Host-ringside=[\w-]{43}; Path=\/; Secure; SameSite=Lax; HttpOnly\r$/im);
    expect(answer).toMatch(/^set-cookie: __Host-ringside-csrf=[\w-]{43}; Path=\/; Secure; SameSite=Lax\r$/im);
    const cookie = /__Host-ringside=[\w-]{43}/.exec(answer)?.[0] ?? '';
    const asCarla = { ...CLOSE, Cookie: cookie, 'X-Forwarded-User': 'carla' };
    expect(statusOf(await server.say(request('GET /api/jobs', asCarla)))).toBe(200);
    expect(statusOf(await server.say(request('GET /api/jobs', { ...asCarla, 'X-Forwarded-User': 'anna' })))).toBe(401);
    expect(statusOf(await server.say(request('GET /api/jobs', { ...CLOSE, Cookie: cookie })))).toBe(401);
  });
});

const WISH = { name: 'ci', days: 7, readOnly: true, clusters: ['demo'] };

describe('a server where programs have API tokens', () => {
  const made = async (wish = WISH, person = ANNA) => (await signIn.tokens?.make(person, wish))?.[0] ?? '';
  const ask = (token: string, line = 'GET /api/jobs', more: Record<string, string> = {}) =>
    server.say(request(line, { ...CLOSE, Authorization: `Bearer ${token}`, ...more }));

  it('takes one instead of a session, also for a change, and says whose and which it is', async () => {
    await start();
    const token = await made();
    expect(statusOf(await ask(token))).toBe(200);
    expect(personIn(arrived[0])).toMatchObject({
      ...{ name: 'anna', way: 'local', groups: ['dba'], session: '' },
      token: { name: 'ci', readOnly: true, clusters: ['demo'] },
    });
    expect(JSON.stringify(arrived)).not.toContain(token);
    expect(statusOf(await ask(token, 'POST /api/jobs'))).toBe(200);
    // What costs something must be meant, and no browser sends a token by itself.
    expect(statusOf(await ask(token, 'GET /api/clusters/demo/export?request=x'))).toBe(200);
    // The token decides, not the cookie of somebody else.
    const bens = `__Host-ringside=${await signIn.sessions.open({ ...ANNA, name: 'ben' }, HERE)}`;
    expect(await ask(token, 'GET /api/jobs', { Cookie: bens })).not.toMatch(/set-cookie/i);
    expect(personIn(arrived.at(-1))?.name).toBe('anna');
  });

  it('opens no page with it, and nothing for a page of another site', async () => {
    await start();
    const token = await made();
    expect(statusOf(await ask(token, 'GET /demo'))).toBe(403);
    expect(statusOf(await ask(token, 'GET /api/jobs', { Origin: 'https://evil.example' }))).toBe(403);
    expect(statusOf(await ask(token, 'POST /api/jobs', { 'Sec-Fetch-Site': 'cross-site' }))).toBe(403);
    expect(arrived).toEqual([]);
  });

  it('keeps it over a restart, and refuses it at once when it is revoked or its user removed', async () => {
    await start();
    const [token, other] = [await made(), await made({ ...WISH, name: 'other' })];
    await server.stop();
    await restarted();
    await start();
    expect([statusOf(await ask(token)), statusOf(await ask(other))]).toEqual([200, 200]);
    await signIn.tokens?.endWhere(({ name }) => name === 'ci', 'revoked');
    expect([statusOf(await ask(token)), statusOf(await ask(other))]).toEqual([401, 200]);
    await signIn.users?.remove('anna');
    expect(statusOf(await ask(other))).toBe(401);
    // Somebody else who gets the name later.
    await signIn.users?.put('anna', 'another long phrase', ['dba']);
    expect(statusOf(await ask(other))).toBe(401);
  });

  it('has the groups of now', async () => {
    await start();
    const token = await made();
    const asked = signIn.users?.groupsOf('anna');
    expect(asked).toEqual(['dba']);
    vi.spyOn(signIn.users ?? Object(), 'groupsOf').mockReturnValue(['nothing']);
    await ask(token);
    expect(personIn(arrived[0])?.groups).toEqual(['nothing']);
  });

  it('gives a wrong one, an ended one and a mistyped one the same answer', async () => {
    await start();
    const ended = await made();
    await signIn.tokens?.endWhere(() => true, 'revoked');
    const bodyOf = (answer: string) => answer.slice(answer.indexOf('{')).replace(/"requestId":"[^"]*"/, '');
    const [first, ...others] = await Promise.all([ended, newTokenText(), `${ended}x`, 'rs_'].map((one) => ask(one)));
    expect(statusOf(first ?? '')).toBe(401);
    expect(others.map(bodyOf)).toEqual(others.map(() => bodyOf(first ?? '')));
    expect(first).toContain('"code":"signed_out"');
  });

  it('looks at no more of them after fifty different wrong ones', async () => {
    await start();
    const token = await made();
    for (let count = 0; count < 50; count++) await ask(newTokenText());
    const answer = await ask(token);
    expect(statusOf(answer)).toBe(429);
    expect(answer).toContain('"code":"too_many_attempts"');
  });

  it('takes none where the configuration has none', async () => {
    const token = await made();
    Object.assign(signIn, { config: { ...signIn.config, tokens: undefined }, tokens: null });
    await start();
    expect(statusOf(await ask(token))).toBe(401);
    // What a proxy sends in that header is not Ringside's.
    const session = `__Host-ringside=${await signIn.sessions.open(ANNA, HERE)}`;
    expect(statusOf(await ask('eyJhbGciOi', 'GET /api/jobs', { Cookie: session }))).toBe(200);
  });
});
