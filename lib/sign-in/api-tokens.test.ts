import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiTokens } from './api-tokens';
import type { Person } from './person';
import { newTokenText } from './token-text';

const DAY_MS = 86_400_000;
const ANNA: Person = { name: 'anna', way: 'local', groups: ['dba'] };
const BEN: Person = { name: 'ben', way: 'local', groups: [] };
const CI = { name: 'ci', days: 30, readOnly: true, clusters: ['demo'] };

let directory: string;
let nowMs = 0;
const file = () => join(directory, 'in', 'tokens.json');
const tokens = (longestDays = 90) => new ApiTokens(file(), longestDays, () => nowMs);
async function restarted(longestDays = 90) {
  const next = tokens(longestDays);
  await next.load();
  return next;
}

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ringside-tokens-'));
  nowMs = Date.parse('2026-11-30T08:00:00Z');
});
afterEach(() => rm(directory, { recursive: true }));

describe('an API token', () => {
  it('is found by its text alone, and survives a restart in a file that opens none', async () => {
    const [text, made] = await tokens().make(ANNA, CI);
    expect(made).toMatchObject({ ...{ name: 'ci', readOnly: true, clusters: ['demo'], person: ANNA }, ended: null });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    const kept = await readFile(file(), 'utf8');
    expect(kept).not.toContain(text);
    expect(kept).not.toContain(text.slice(3, 40));
    const after = await restarted();
    expect(after.find(text)).toEqual(made);
    expect(after.find(newTokenText())).toBeNull();
    expect(after.find(made.id)).toBeNull();
  });

  it('ends with its time, also when the longest was made shorter since', async () => {
    const all = tokens();
    const [text] = await all.make(ANNA, CI);
    nowMs += 30 * DAY_MS - 1;
    expect(all.find(text)?.ended).toBeNull();
    nowMs += 1;
    expect(all.find(text)?.ended).toBe('time');
    nowMs -= 20 * DAY_MS;
    expect((await restarted()).find(text)?.ended).toBeNull();
    expect((await restarted(7)).find(text)?.ended).toBe('time');
    await expect(all.make(ANNA, { ...CI, name: 'long', days: 91 })).rejects.toMatchObject({
      error: { code: 'invalid_request' },
    });
  });

  it('ends at once when it is revoked, for good, and is listed for 30 days more', async () => {
    const all = tokens();
    const [[text, { id }], [bens]] = [await all.make(ANNA, CI), await all.make(BEN, CI)];
    const heard: unknown[] = [];
    all.heardBy(({ name, ended }) => void heard.push([name, ended]));
    expect(await all.endWhere((token) => token.id === id, 'revoked')).toHaveLength(1);
    expect(await all.endWhere((token) => token.id === id, 'admin')).toEqual([]);
    expect(all.find(text)?.ended).toBe('revoked');
    const after = await restarted();
    expect(after.find(text)?.ended).toBe('revoked');
    expect(after.find(bens)?.ended).toBeNull();
    expect(after.of(ANNA).map(({ name, ended }) => [name, ended])).toEqual([['ci', 'revoked']]);
    nowMs += 30 * DAY_MS;
    expect(after.of(ANNA)).toEqual([]);
    await all.endWhere(({ person }) => person.name === 'ben', 'admin');
    // What its person ended, the audit has from their request.
    expect(heard).toEqual([]);
  });

  it('that somebody else ends is heard of', async () => {
    const all = tokens();
    await all.make(ANNA, CI);
    const heard: unknown[] = [];
    all.heardBy(({ name, ended }) => void heard.push([name, ended]));
    await all.endWhere(() => true, 'user_removed');
    await all.endWhere(() => true, 'user_removed');
    expect(heard).toEqual([['ci', 'user_removed']]);
  });

  it('has a name that no other open one of its person has', async () => {
    const all = tokens();
    await all.make(ANNA, CI);
    await expect(all.make(ANNA, CI)).rejects.toMatchObject({ error: { code: 'already_exists' } });
    await all.make({ ...ANNA, way: 'oidc', provider: 'x', subject: '1' }, CI);
    await all.endWhere(() => true, 'revoked');
    await all.make(ANNA, CI);
    expect(all.of(ANNA).map(({ ended }) => ended)).toEqual([null, 'revoked']);
  });

  it('of one person are at most twenty that are open, and twenty that ended', async () => {
    const all = tokens();
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 20; at++) await all.make(ANNA, { ...CI, name: `${round} ${at}` });
      await expect(all.make(ANNA, CI)).rejects.toMatchObject({ error: { code: 'limit_reached' } });
      await all.endWhere(() => true, 'revoked');
      nowMs += 1;
    }
    await all.make(ANNA, CI);
    expect(all.of(ANNA)).toHaveLength(21);
    expect(all.of(ANNA).filter(({ name }) => name.startsWith('1 '))).toHaveLength(20);
  });

  it('says the day and the address of its last use, after a restart too', async () => {
    const all = tokens();
    const [text, made] = await all.make(ANNA, CI);
    expect(made.used).toBeNull();
    all.use(made, '10.0.0.1');
    all.use(made, '10.0.0.2');
    await all.close();
    expect((await restarted()).find(text)?.used).toEqual({ day: '2026-11-30', address: '10.0.0.2' });
  });

  it('has the groups that its provider confirmed last', async () => {
    const zoe: Person = { name: 'zoe', way: 'oidc', groups: ['dba'], provider: 'x', subject: '1' };
    const all = tokens();
    const [text] = await all.make(zoe, CI);
    nowMs += DAY_MS;
    all.confirm({ ...zoe, groups: [] });
    await all.close();
    expect((await restarted()).find(text)).toMatchObject({ person: { groups: [] }, confirmedMs: nowMs });
  });

  it('is not guessed from a damaged file, and not given out where it could not be kept', async () => {
    await tokens().make(ANNA, CI);
    await writeFile(file(), '{"version":1,"tokens":[{}]}');
    await expect(tokens().load()).rejects.toMatchObject({ error: { code: 'storage_failed' } });
    await writeFile(join(directory, 'no-folder'), '');
    const broken = new ApiTokens(join(directory, 'no-folder', 'tokens.json'), 90, () => nowMs);
    await expect(broken.make(ANNA, CI)).rejects.toMatchObject({ error: { code: 'storage_failed' } });
    expect(broken.of(ANNA)).toEqual([]);
  });
});
