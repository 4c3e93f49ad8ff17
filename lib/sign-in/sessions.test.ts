import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Person } from './person';
import { Sessions } from './sessions';

const MINUTE_MS = 60_000;
const LIMITS = { idleMs: 60 * MINUTE_MS, longestMs: 12 * 60 * MINUTE_MS };
const ANNA: Person = { name: 'anna', way: 'local', groups: ['dba'] };
const BEN: Person = { name: 'ben', way: 'local', groups: [] };
const HERE = { address: '10.0.0.1', agent: 'Browser' };

let directory: string;
let nowMs = 0;
const sessions = () => new Sessions(join(directory, 'in', 'sessions.json'), LIMITS, () => nowMs);

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ringside-sessions-'));
  nowMs = Date.parse('2026-11-30T08:00:00Z');
});
afterEach(() => rm(directory, { recursive: true }));

describe('a session', () => {
  it('is opened by its id alone, and each id is new', async () => {
    const all = sessions();
    const [one, other] = await Promise.all([all.open(ANNA, HERE), all.open(ANNA, HERE)]);
    expect(one).not.toBe(other);
    expect(one).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(all.use(one)).toMatchObject({ person: ANNA, ...HERE, startedMs: nowMs });
    expect(all.use(`${one}A`)).toBeNull();
    expect(all.use(all.use(one)?.shownId ?? '')).toBeNull();
  });

  it('of a Cassandra role ends with the process, which alone has its password', async () => {
    const ada: Person = { name: 'ada', way: 'cassandra', groups: [], provider: 'prod', subject: 'ada' };
    const before = sessions();
    const [id, annas] = [await before.open(ada, HERE), await before.open(ANNA, HERE)];
    const file = await readFile(join(directory, 'in', 'sessions.json'), 'utf8');
    expect(file).not.toContain('password');
    const after = sessions();
    await after.load();
    expect([after.use(id), after.isCutOff(id)]).toEqual([null, true]);
    expect([after.use(annas)?.person.name, after.isCutOff(annas)]).toEqual(['anna', false]);
  });

  it('ends when nobody uses it, and at last although somebody does', async () => {
    const all = sessions();
    const id = await all.open(ANNA, HERE);
    const unused = await all.open(ANNA, HERE);
    for (let minute = 0; minute < 12 * 60; minute += 30) {
      expect(all.use(id)).not.toBeNull();
      nowMs += 30 * MINUTE_MS;
    }
    await all.close();
    expect(all.use(id)).toBeNull();
    expect(all.use(unused)).toBeNull();
    expect(all.of(ANNA)).toEqual([]);
  });

  it('is counted while it is open, and named once when its time is over', async () => {
    const all = sessions();
    const ended: unknown[] = [];
    all.heardBy(({ person }, why) => void ended.push([person, why]));
    await all.open(ANNA, HERE);
    nowMs += 30 * MINUTE_MS;
    const id = await all.open(BEN, HERE);
    await all.forgetEnded();
    expect([all.count(), ended]).toEqual([2, []]);
    nowMs += 40 * MINUTE_MS;
    expect(all.use(id)).not.toBeNull();
    expect(all.count()).toBe(1);
    await all.forgetEnded();
    await all.forgetEnded();
    expect(ended).toEqual([[ANNA, 'time']]);
  });

  it('survives a restart in a file that opens none', async () => {
    const before = sessions();
    const [open, ended] = [await before.open(ANNA, HERE), await before.open(ANNA, HERE)];
    await before.end(ended);
    const path = join(directory, 'in', 'sessions.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).not.toContain(open);
    const after = sessions();
    await after.load();
    expect(after.use(open)).toMatchObject({ person: ANNA });
    expect(after.use(ended)).toBeNull();
  });

  it('is listed for its person and ended by them alone', async () => {
    const all = sessions();
    const id = await all.open(ANNA, HERE);
    nowMs += 1;
    await all.open(ANNA, { ...HERE, address: '10.0.0.2' });
    const [newest, oldest] = all.of(ANNA);
    expect([newest?.address, oldest?.address]).toEqual(['10.0.0.2', '10.0.0.1']);
    expect(all.of({ ...ANNA, way: 'header' })).toEqual([]);
    expect(await all.endShown(BEN, oldest?.shownId ?? '')).toBe(false);
    expect(all.use(id)).not.toBeNull();
    expect(await all.endShown(ANNA, oldest?.shownId ?? '')).toBe(true);
    expect(all.use(id)).toBeNull();
  });

  it('of one person are at most fifty: the one unused for longest ends', async () => {
    const all = sessions();
    const first = await all.open(ANNA, HERE);
    const bens = await all.open(BEN, HERE);
    for (let count = 0; count < 50; count++) {
      nowMs += 1;
      await all.open(ANNA, HERE);
    }
    expect(all.of(ANNA)).toHaveLength(50);
    expect(all.use(first)).toBeNull();
    expect(all.use(bens)).not.toBeNull();
  });

  it('ends with its person', async () => {
    const all = sessions();
    const [anna, ben] = [await all.open(ANNA, HERE), await all.open(BEN, HERE)];
    const ended: unknown[] = [];
    all.heardBy(({ person }, why) => void ended.push([person, why]));
    await all.endWhere(({ person }) => person.name === 'anna', 'user_removed');
    expect(all.use(anna)).toBeNull();
    expect(all.use(ben)).not.toBeNull();
    await all.lose(ben, 'provider');
    await all.lose(ben, 'provider');
    expect(all.use(ben)).toBeNull();
    expect(ended).toEqual([
      [ANNA, 'user_removed'],
      [BEN, 'provider'],
    ]);
  });

  it('is not guessed from a damaged file', async () => {
    await sessions().open(ANNA, HERE);
    await writeFile(join(directory, 'in', 'sessions.json'), '{"version":1,"sessions":[{}]}');
    await expect(sessions().load()).rejects.toMatchObject({ error: { code: 'storage_failed' } });
  });
});
