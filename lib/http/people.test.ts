import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SessionEnd } from '@/lib/contract/audit';
import { encodePerson, PERSON_HEADER, type Person, principalOfPerson } from '@/lib/sign-in/person';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';
import { openingCookies } from '@/lib/sign-in/session-cookie';
import type { KnownSession } from '@/lib/sign-in/sessions';
import { endedByAdmin, endedOfPerson, everybodysSessions } from './people-sessions';
import { changedPassword } from './sign-in';

const DATA = mkdtempSync(join(tmpdir(), 'ringside-people-'));
vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [{ name: 'demo', contactPoints: ['127.0.0.1'] }],
    signIn: { origin: 'http://localhost', local: {} },
    roles: [{ name: 'all', subjects: [{ everybody: true }], as: 'admin' }],
  }),
);
afterAll(() => rmSync(DATA, { recursive: true }));

const OLD = 'the old long phrase';
const NEW = 'the new long phrase';
const ANNA: Person = { name: 'anna', way: 'local', groups: ['dba'] };
const BEN: Person = { name: 'ben', way: 'oidc', groups: [], provider: 'x', subject: 'ben-1' };

function here() {
  const signIn = serverSignIn();
  if (signIn === null || signIn.users === null) throw new Error('There is no sign-in.');
  return { sessions: signIn.sessions, users: signIn.users };
}

const ended: [name: string, why: SessionEnd][] = [];
beforeEach(async () => {
  const { sessions, users } = here();
  await sessions.endWhere(() => true, 'time');
  ended.length = 0;
  sessions.heardBy(({ person }, why) => void ended.push([person.name, why]));
  await users.put('anna', OLD, ['dba']);
});

/** A new session, and its requests as the gate passes them on. */
async function signedIn(person: Person) {
  const { sessions } = here();
  const id = await sessions.open(person, { address: '192.0.2.1', agent: 'Firefox' });
  const session = sessions.use(id)?.shownId ?? '';
  const headers = new Headers({ [PERSON_HEADER]: encodePerson({ ...person, session }), cookie: cookieOf(id) });
  return { id, session, headers };
}

const cookieOf = (id: string) => openingCookies(id)[0]?.split(';', 1)[0] ?? '';
const open = (): KnownSession[] => here().sessions.all();
const codeOf = (code: string) => ({ error: expect.objectContaining({ code }) });

describe('another password of one’s own', () => {
  it('ends the other sessions, and gives this browser a new one', async () => {
    const [one, , ben] = [await signedIn(ANNA), await signedIn(ANNA), await signedIn(BEN)];
    const response = await changedPassword({ current: OLD, password: NEW }, one.headers);
    expect(response.status).toBe(204);
    expect(ended).toEqual([['anna', 'password']]);
    const [first] = response.headers.getSetCookie();
    const id = first?.split(';', 1)[0]?.split('=')[1] ?? '';
    expect(here().sessions.use(id)?.person.name).toBe('anna');
    expect(here().sessions.use(one.id)).toBeNull();
    expect(
      open()
        .map(({ person }) => person.name)
        .sort(),
    ).toEqual(['anna', 'ben']);
    expect(here().sessions.use(ben.id)).not.toBeNull();
    expect(await here().users.check('anna', NEW)).toBe(true);
    expect(await here().users.check('anna', OLD)).toBe(false);
    expect(here().users.groupsOf('anna')).toEqual(['dba']);
    // The gate ends what began before the password was set: not this one.
    const [session] = open().filter(({ person }) => person.name === 'anna');
    expect(session?.startedMs).toBeGreaterThanOrEqual(here().users.passwordSinceMs('anna'));
  });

  it.each([
    ['a wrong current one', { current: 'not the right one', password: NEW }, 'sign_in_refused'],
    ['a short one', { current: OLD, password: 'short' }, 'invalid_request'],
    ['a common one', { current: OLD, password: '1qaz2wsx3edc' }, 'invalid_request'],
    ['the current one', { current: OLD, password: OLD }, 'invalid_request'],
  ])('is refused for %s, and nothing ends', async (_what, input, code) => {
    const [{ headers }] = [await signedIn(ANNA), await signedIn(ANNA)];
    await expect(changedPassword(input, headers)).rejects.toMatchObject(codeOf(code));
    expect(open()).toHaveLength(2);
    expect(await here().users.check('anna', OLD)).toBe(true);
  });

  it('is refused where Ringside does not keep it', async () => {
    const { headers } = await signedIn(BEN);
    const refused = changedPassword({ current: OLD, password: NEW }, headers);
    await expect(refused).rejects.toMatchObject(codeOf('invalid_request'));
    await expect(changedPassword({ current: OLD, password: NEW }, new Headers())).rejects.toMatchObject(
      codeOf('invalid_request'),
    );
  });

  it('is not guessed: after ten wrong current ones, nothing is compared any more', async () => {
    const { headers } = await signedIn(ANNA);
    const guess = () => changedPassword({ current: 'not the right one', password: NEW }, headers);
    for (let tried = 0; tried < 10; tried++) await guess().catch(() => undefined);
    await expect(guess()).rejects.toMatchObject(codeOf('too_many_attempts'));
    const right = changedPassword({ current: OLD, password: NEW }, headers);
    await expect(right).rejects.toMatchObject(codeOf('too_many_attempts'));
  });
});

describe('the sessions of everybody', () => {
  it('are listed by person and found by words', async () => {
    const [one] = [await signedIn(ANNA), await signedIn(ANNA), await signedIn(BEN)];
    const { people, hasMore } = everybodysSessions('', one.headers);
    expect(hasMore).toBe(false);
    expect(people.map(({ name, sessions }) => [name, sessions.length]).sort()).toEqual([
      ['anna', 2],
      ['ben', 1],
    ]);
    expect(people.flatMap(({ sessions }) => sessions).filter(({ isThis }) => isThis)).toHaveLength(1);
    expect(JSON.stringify(people)).not.toContain(one.id);
    expect(everybodysSessions('DBA firefox', one.headers).people.map(({ name }) => name)).toEqual(['anna']);
    expect(everybodysSessions('192.0.2.9', one.headers).people).toEqual([]);
  });

  it('end one by one or by person, and the audit hears of each', async () => {
    const [one, other, ben] = [await signedIn(ANNA), await signedIn(ANNA), await signedIn(BEN)];
    expect((await endedByAdmin(other.session)).status).toBe(204);
    expect(here().sessions.use(other.id)).toBeNull();
    await expect(endedByAdmin(other.session)).rejects.toMatchObject(codeOf('not_found'));
    expect((await endedOfPerson(principalOfPerson(BEN).id)).status).toBe(204);
    expect(here().sessions.use(ben.id)).toBeNull();
    expect(here().sessions.use(one.id)).not.toBeNull();
    await expect(endedOfPerson(principalOfPerson(BEN).id)).rejects.toMatchObject(codeOf('not_found'));
    expect(ended).toEqual([
      ['anna', 'admin'],
      ['ben', 'admin'],
    ]);
  });
});
