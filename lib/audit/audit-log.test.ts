import { afterEach, describe, expect, it, vi } from 'vitest';
import type { AuditEntry } from '@/lib/contract/audit';
import { AuditLog } from './audit-log';

const entry = (id: string): AuditEntry => ({
  id,
  time: '2026-11-30T00:00:00.000Z',
  event: 'request',
  person: null,
  outcome: 'done',
});
const full = () => Object.assign(new Error('no space'), { code: 'ENOSPC' });

/** A disk whose room can be taken away. */
function disk() {
  const state = { isFull: false, text: '' };
  const sink = (lines: Buffer): Promise<void> => {
    if (state.isFull) return Promise.reject(full());
    state.text += lines.toString('utf8');
    return Promise.resolve();
  };
  const lines = () =>
    state.text
      .split('\n')
      .filter(Boolean)
      .map((line): AuditEntry => JSON.parse(line));
  return { state, lines, log: new AuditLog(sink, '/there') };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('the lines of an audit', () => {
  it('are written in their order, and counted', async () => {
    const { log, lines } = disk();
    expect(await Promise.all([log.append(entry('1')), log.announce(entry('2')), log.append(entry('3'))])).toEqual([
      true,
      true,
      true,
    ]);
    expect(lines().map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(log.standing).toEqual({ failing: null, lines: 3, lost: 0 });
  });

  it('wait for a full disk, and what was announced is not', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { state, log, lines } = disk();
    state.isFull = true;
    expect(await Promise.all([log.append(entry('1')), log.announce(entry('2'))])).toEqual([false, false]);
    expect(log.standing.failing?.why).toBe('The disk is full (/there).');
    expect(await log.append(entry('3'))).toBe(false);
    state.isFull = false;
    expect(await log.announce(entry('4'))).toBe(true);
    expect(lines().map(({ id }) => id)).toEqual(['1', '3', '4']);
    expect(log.standing).toEqual({ failing: null, lines: 3, lost: 0 });
  });

  it('go on by themselves when there is room', async () => {
    vi.useFakeTimers();
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { state, log, lines } = disk();
    state.isFull = true;
    await log.append(entry('1'));
    state.isFull = false;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(lines().map(({ id }) => id)).toEqual(['1']);
  });

  it('are never lost in silence: how many were is a line', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const { state, log, lines } = disk();
    state.isFull = true;
    for (let index = 0; index < 10_025; index++) void log.append(entry(String(index)));
    await log.append(entry('last'));
    expect(log.standing.lost).toBe(26);
    state.isFull = false;
    await log.close();
    expect(lines()).toHaveLength(10_001);
    expect(lines().at(-1)).toMatchObject({ event: 'lost', outcome: 'failed', lost: { lines: 26 } });
    await log.append(entry('next'));
    expect(lines()).toHaveLength(10_002);
  });

  it('that come while a batch fails get their answer too', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    let fail: (error: Error) => void = () => undefined;
    const log = new AuditLog(() => new Promise((_, reject) => (fail = reject)), '/there');
    const first = log.append(entry('1'));
    await vi.waitFor(() => fail(full()));
    const second = log.announce(entry('2'));
    fail(full());
    expect(await Promise.all([first, second])).toEqual([false, false]);
  });
});
