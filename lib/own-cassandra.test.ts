import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clearRequest, isRequested, writeOwnState } from '@/scripts/start/own-state.mjs';
import { until } from '@/scripts/support/until.mjs';
import { ownCassandra, restartOwnCassandra } from './own-cassandra';

const ENDED = { cluster: 'demo', state: 'ended' as const, message: 'It ended.', hint: 'Restart it.' };

describe('the Cassandra of npm start, as its web server sees it', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'ringside-own-'));
    vi.stubEnv('RINGSIDE_OWN_CASSANDRA', directory);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is what npm start has written about it, and nothing while it runs', async () => {
    expect(await ownCassandra()).toBeNull();
    writeOwnState(ENDED, directory);
    expect(await ownCassandra()).toEqual(ENDED);
    writeOwnState(null, directory);
    expect(await ownCassandra()).toBeNull();
  });

  it('counts as restarted once npm start takes the request', async () => {
    writeOwnState(ENDED, directory);
    const restarting = restartOwnCassandra();
    expect(await until(() => isRequested(directory), { timeoutMs: 5_000, everyMs: 10 })).toBe(true);
    writeOwnState({ ...ENDED, state: 'starting' }, directory);
    clearRequest(directory);
    await restarting;
    // A second press while it starts does nothing more.
    await restartOwnCassandra();
    expect(isRequested(directory)).toBe(false);
  });

  it('cannot be started while it runs, or if npm start has none', async () => {
    await expect(restartOwnCassandra()).rejects.toMatchObject({ error: { code: 'not_found' } });
    writeOwnState(ENDED, directory);
    vi.stubEnv('RINGSIDE_OWN_CASSANDRA', undefined);
    await expect(restartOwnCassandra()).rejects.toMatchObject({ error: { code: 'not_found' } });
    expect(isRequested(directory)).toBe(false);
  });
});
