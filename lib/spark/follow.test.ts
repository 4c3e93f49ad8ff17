import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import type { Life, Way } from './application';
import { follow } from './follow';
import { restServer } from './test-rest-server';

const driver = await restServer();
afterAll(driver.close);

const HANDLE = { by: 'rest', submission: 'driver-1' } as const;
const line = (event: object) => `${JSON.stringify(event)}\n`;

describe('an application that is followed', () => {
  it('is at what its lines say, and at the rows and bytes that its driver counts, until it ends', async () => {
    const events = join(mkdtempSync(join(tmpdir(), 'ringside-follow-')), 'events.ndjson');
    writeFileSync(events, `not ours\n${line({ event: 'started', applicationId: 'app-1', ui: driver.address })}`);
    appendFileSync(events, line({ event: 'stage', step: 'write', tasks: 8, done: 3, failed: 1 }));
    driver.answers.applications = [
      { status: 'ACTIVE', inputRecords: 700, outputBytes: 9_000 },
      { status: 'ACTIVE', inputRecords: 50, outputBytes: 0 },
    ];
    let life: Life = 'running';
    const way: Way = {
      start: () => Promise.reject(new Error('not here')),
      life: async () => life,
      end: async () => {},
    };
    const onSaid = vi.fn();
    const following = follow({ way, handle: HANDLE, events, signal: new AbortController().signal, onSaid });
    await vi.waitFor(() => expect(onSaid).toHaveBeenCalled());
    const [said, moved] = onSaid.mock.lastCall ?? [];
    expect(said.progress).toMatchObject({ stage: 'write', tasks: 8, tasksDone: 3, tasksFailed: 1 });
    expect(moved).toEqual({ rows: 750, bytes: 9_000 });
    expect(driver.asked.map(({ url }) => url)).toEqual(['/api/v1/applications/app-1/stages?status=active']);
    // A master that does not answer once has not lost it.
    life = 'unknown';
    const calls = onSaid.mock.calls.length;
    await vi.waitFor(() => expect(onSaid.mock.calls.length).toBeGreaterThan(calls + 1), { timeout: 10_000 });
    appendFileSync(events, line({ event: 'failed', message: 'no more disk' }));
    life = 'ended';
    expect(await following).toMatchObject({ life: 'ended', said: { failure: 'no more disk', ended: null } });
  });
});
