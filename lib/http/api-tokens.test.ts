import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { rightsOfAsker } from '@/lib/server-rights';
import { encodePerson, PERSON_HEADER, type Person, principalOfPassed, principalOfPerson } from '@/lib/sign-in/person';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';
import { apiTokenEndedByAdmin, everybodysApiTokens, madeApiToken, ownApiTokens, revokedApiToken } from './api-tokens';

const DATA = mkdtempSync(join(tmpdir(), 'ringside-api-tokens-'));
vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: ['demo', 'other'].map((name) => ({ name, contactPoints: ['127.0.0.1'] })),
    signIn: { origin: 'http://localhost', local: {}, tokens: { longestDays: 30 } },
    roles: [
      { name: 'dba', subjects: [{ group: 'dba' }], as: 'admin' },
      { name: 'demo', subjects: [{ everybody: true }], as: 'editor', clusters: ['demo'] },
    ],
  }),
);
afterAll(() => rmSync(DATA, { recursive: true }));

const ANNA: Person = { name: 'anna', way: 'local', groups: ['dba'] };
const BEN: Person = { name: 'ben', way: 'local', groups: [] };
const ZOE: Person = { name: 'zoe', way: 'oidc', groups: ['dba'], provider: 'x', subject: '1' };
const CI = { name: 'ci', days: 7, readOnly: false };

const headersOf = (person: Person) => new Headers({ [PERSON_HEADER]: encodePerson({ ...person, session: 'x' }) });
const rightsOf = (person: Person) => rightsOfAsker(principalOfPerson(person).asker);
const make = (person: Person, wish: Parameters<typeof madeApiToken>[0] = CI) =>
  madeApiToken(wish, headersOf(person), rightsOf(person));
const listOf = (person: Person) => ownApiTokens(headersOf(person), rightsOf(person));
const codeOf = (code: string) => ({ error: expect.objectContaining({ code }) });

beforeEach(async () => {
  await serverSignIn()?.tokens?.endWhere(() => true, 'revoked');
});

describe('API tokens of one’s own', () => {
  it('are made, listed without their text, and revoked by their person alone', async () => {
    const { token, text } = await make(ANNA, { ...CI, readOnly: true, clusters: ['other'] });
    expect(token).toMatchObject({ ...{ name: 'ci', readOnly: true, clusters: ['other'] }, used: null, ended: null });
    expect(serverSignIn()?.tokens?.find(text)?.id).toBe(token.id);
    expect(listOf(ANNA).tokens[0]).toEqual(token);
    expect(JSON.stringify(listOf(ANNA))).not.toContain(text);
    expect(listOf(BEN).tokens).toEqual([]);
    await expect(revokedApiToken(token.id, headersOf(BEN))).rejects.toMatchObject(codeOf('not_found'));
    expect((await revokedApiToken(token.id, headersOf(ANNA))).status).toBe(204);
    expect(serverSignIn()?.tokens?.find(text)?.ended).toBe('revoked');
    await expect(revokedApiToken(token.id, headersOf(ANNA))).rejects.toMatchObject(codeOf('not_found'));
  });

  it('are offered to local users, for as long as the configuration says', async () => {
    expect(listOf(BEN)).toMatchObject({ whyNot: null, longestDays: 30, mayEndOthers: false });
    expect(listOf(ZOE).whyNot).toBe('oidc');
    await expect(make(ZOE)).rejects.toMatchObject(codeOf('invalid_request'));
    await expect(make(BEN, { ...CI, days: 31 })).rejects.toMatchObject(codeOf('invalid_request'));
    // For whoever does not see a cluster it is not there.
    await expect(make(BEN, { ...CI, clusters: ['other'] })).rejects.toMatchObject(codeOf('invalid_request'));
    await expect(make(BEN, { ...CI, clusters: ['demo'] })).resolves.toBeDefined();
  });

  it('give what their person may at that moment, narrowed', () => {
    const rights = (person: Person, readOnly: boolean, clusters: readonly string[] | null) => {
      const { asker } = principalOfPassed({
        ...person,
        session: '',
        token: { id: 'x', name: 'ci', readOnly, clusters },
      });
      return rightsOfAsker(asker)?.rules.map(({ role, verbs, clusters: on }) => [role, on, verbs.includes('write')]);
    };
    expect(rights(ANNA, false, null)).toEqual([
      ['dba', ['*'], true],
      ['demo', ['demo'], true],
    ]);
    expect(rights({ ...ANNA, groups: [] }, false, null)).toEqual([['demo', ['demo'], true]]);
    expect(rights(ANNA, true, ['other'])).toEqual([['dba', ['other'], false]]);
  });
});

describe('the API tokens of everybody', () => {
  it('are found by words and ended by an admin', async () => {
    const [{ token, text }] = [await make(ANNA), await make(BEN, { ...CI, name: 'backup' })];
    expect(listOf(ANNA).mayEndOthers).toBe(true);
    expect(
      everybodysApiTokens('')
        .people.map(({ name }) => name)
        .sort(),
    ).toEqual(['anna', 'ben']);
    expect(everybodysApiTokens('DBA ci').people.map(({ tokens }) => tokens)).toEqual([[token]]);
    expect(everybodysApiTokens('nowhere').people).toEqual([]);
    await apiTokenEndedByAdmin(token.id);
    expect(serverSignIn()?.tokens?.find(text)?.ended).toBe('admin');
    expect(everybodysApiTokens('').people.map(({ name }) => name)).toEqual(['ben']);
    await expect(apiTokenEndedByAdmin(token.id)).rejects.toMatchObject(codeOf('not_found'));
  });
});
