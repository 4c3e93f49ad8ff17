import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { HistoryEntry } from '@/lib/contract/history';
import { HistoryLog, LISTED_CHARACTERS, MOST_ENTRIES, MOST_RUNS } from './history-log';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-history-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(directory, { recursive: true });
});

const entry = (id: string, change: Partial<HistoryEntry> = {}): HistoryEntry => ({
  id,
  at: '2026-11-29T00:00:00.000Z',
  who: 'anonymous',
  statement: `SELECT ${id}`,
  isRedacted: false,
  keyspace: null,
  consistency: 'LOCAL_ONE',
  isWrite: false,
  cost: 'one_partition',
  outcome: 'complete',
  rows: 1,
  elapsedMs: 1,
  ...change,
});
const file = () => join(directory, 'demo.ndjson');

describe('the history of a cluster', () => {
  it('is kept in the order of its runs, for its owner only, also by the next process', async () => {
    const log = new HistoryLog(directory);
    void log.append('demo', entry('1'));
    void log.append('other', entry('2'));
    await log.append('demo', entry('3'));
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const next = new HistoryLog(directory);
    await next.append('demo', entry('4'));
    const { entries, hasMore } = await next.list('demo', {});
    expect(entries.map(({ id }) => id)).toEqual(['4', '3', '1']);
    expect(hasMore).toBe(false);
    expect((await next.list('never', {})).entries).toEqual([]);
  });

  it('keeps a long statement whole, and lists its beginning', async () => {
    const log = new HistoryLog(directory);
    const statement = `SELECT * FROM t WHERE a IN (${'1, '.repeat(80_000)}1)`;
    await log.append('demo', entry('long', { statement }));
    const [listed] = (await log.list('demo', {})).entries;
    expect(listed).toMatchObject({ statement: statement.slice(0, LISTED_CHARACTERS), characters: statement.length });
    expect(await log.find('demo', 'long')).toMatchObject({ statement });
    expect(await log.find('demo', 'none')).toBeNull();
  });

  it('finds runs by words, outcome, keyspace, and writes alone', async () => {
    const log = new HistoryLog(directory);
    await log.append('demo', entry('a', { statement: 'SELECT name FROM airports', keyspace: 'flights' }));
    await log.append('demo', entry('b', { statement: 'INSERT INTO t', isWrite: true, outcome: 'done' }));
    await log.append('demo', entry('c', { outcome: 'failed', message: 'Unknown table airports' }));
    const found = async (request: Parameters<HistoryLog['list']>[1]) =>
      (await log.list('demo', request)).entries.map(({ id }) => id);
    expect(await found({ search: 'AIRPORTS' })).toEqual(['c', 'a']);
    expect(await found({ search: 'airports name' })).toEqual(['a']);
    expect(await found({ keyspace: 'flights' })).toEqual(['a']);
    expect(await found({ writesOnly: true })).toEqual(['b']);
    expect(await found({ outcome: 'failed', search: 'nothing' })).toEqual([]);
  });

  it('finds runs by person, time, cost, and what became of a change', async () => {
    const log = new HistoryLog(directory);
    const write = { isWrite: true, outcome: 'complete' } as const;
    await log.append('demo', entry('old', { at: '2026-11-28T00:00:00.000Z', who: 'ada' }));
    await log.append('demo', entry('ring', { cost: 'whole_ring', who: 'grace' }));
    await log.append('demo', entry('held', { ...write, applied: 'applied' }));
    await log.append('demo', entry('not', { ...write, applied: 'not_applied' }));
    await log.append('demo', entry('lost', { ...write, outcome: 'failed', applied: 'unknown' }));
    await log.append('demo', entry('refused', { ...write, outcome: 'failed', applied: 'not_applied' }));
    const found = async (request: Parameters<HistoryLog['list']>[1]) =>
      (await log.list('demo', request)).entries.map(({ id }) => id);
    expect(await found({ search: 'ADA' })).toEqual(['old']);
    expect(await found({ since: '2026-11-29T00:00:00Z' })).toEqual(['refused', 'lost', 'not', 'held', 'ring']);
    expect(await found({ cost: 'whole_ring' })).toEqual(['ring']);
    expect(await found({ outcome: 'complete' })).toEqual(['ring', 'old']);
    expect(await found({ outcome: 'applied' })).toEqual(['held']);
    expect(await found({ outcome: 'not_applied' })).toEqual(['not']);
    expect(await found({ outcome: 'unknown' })).toEqual(['lost']);
    expect(await found({ outcome: 'failed' })).toEqual(['refused']);
  });

  it('finds the last runs of one statement, whatever ran since', async () => {
    const log = new HistoryLog(directory);
    const statement = 'SELECT "a\\b" FROM t\n-- ü';
    const run = (id: string, change: Partial<HistoryEntry> = {}) =>
      log.append('demo', entry(id, { statement, ...change }));
    for (let index = 0; index < MOST_RUNS + 2; index++) await run(String(index), { elapsedMs: index });
    await run('spaced', { statement: `${statement}\n` });
    await run('elsewhere', { keyspace: 'k' });
    await run('longer', { statement: `${statement} LIMIT 1` });
    for (let index = 0; index <= MOST_ENTRIES; index++) await log.append('demo', entry(`other${index}`));
    const { runs } = await log.lastRuns('demo', { statement, keyspace: null });
    expect(runs.map(({ id }) => id)).toEqual([
      'spaced',
      ...Array.from({ length: MOST_RUNS - 1 }, (_, at) => `${21 - at}`),
    ]);
    expect(runs[1]).toEqual({ id: '21', at: '2026-11-29T00:00:00.000Z', outcome: 'complete', rows: 1, elapsedMs: 21 });
    expect((await log.lastRuns('demo', { statement, keyspace: 'k' })).runs).toHaveLength(1);
    expect((await log.lastRuns('demo', { statement: 'SELECT never', keyspace: null })).runs).toEqual([]);
  });

  it('is listed part by part', async () => {
    const log = new HistoryLog(directory);
    for (let index = 0; index <= MOST_ENTRIES; index++) await log.append('demo', entry(String(index)));
    const first = await log.list('demo', {});
    expect([first.entries.length, first.hasMore]).toEqual([MOST_ENTRIES, true]);
    const rest = await log.list('demo', { before: '1' });
    expect([rest.entries.map(({ id }) => id), rest.hasMore]).toEqual([['0'], false]);
  });

  it('is bounded: the oldest give way, file by file', async () => {
    const log = new HistoryLog(directory, 2_000);
    for (let index = 0; index < 40; index++) await log.append('demo', entry(String(index)));
    const { entries } = await log.list('demo', {});
    expect(readdirSync(directory).toSorted()).toEqual(['demo.ndjson', 'demo.old.ndjson']);
    expect(entries.length).toBeGreaterThan(7);
    expect(entries.map(({ id }) => Number(id))).toEqual(entries.map((_entry, index) => 39 - index));
    for (const name of readdirSync(directory)) expect(statSync(join(directory, name)).size).toBeLessThan(2_300);
  });

  it('survives a line that was cut by a crash, and whatever else is in the file', async () => {
    const log = new HistoryLog(directory);
    await log.append('demo', entry('1'));
    appendFileSync(file(), '{"id":"torn","at":"2026');
    const next = new HistoryLog(directory);
    await next.append('demo', entry('2'));
    appendFileSync(file(), '{"id":"of another version"}\n\n[]\n');
    expect((await next.list('demo', {})).entries.map(({ id }) => id)).toEqual(['2', '1']);
  });

  it('fails no statement when the disk refuses: the log says so', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const blocked = join(directory, 'plain');
    writeFileSync(blocked, '');
    await new HistoryLog(blocked).append('demo', entry('1'));
    expect(said.mock.calls[0]?.[0]).toBe('History: an entry of demo was not kept.');
    expect(readFileSync(blocked, 'utf8')).toBe('');
  });
});
