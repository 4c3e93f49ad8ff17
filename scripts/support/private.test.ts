import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { privateDirectory } from './private.mjs';
import { startInBackground } from './processes.mjs';

const base = mkdtempSync(join(tmpdir(), 'ringside-private-'));
afterAll(() => rmSync(base, { recursive: true }));

const modeOf = (...path: string[]) => statSync(join(base, ...path)).mode & 0o777;

describe('what a run leaves behind', () => {
  it('is in a folder that only this user may enter, even if it was open to all before', () => {
    privateDirectory(join(base, 'new', 'log'));
    expect([modeOf('new'), modeOf('new', 'log')]).toEqual([0o700, 0o700]);
    mkdirSync(join(base, 'open'));
    chmodSync(join(base, 'open'), 0o755);
    privateDirectory(join(base, 'open'));
    expect(modeOf('open')).toBe(0o700);
  });

  it('includes a log that only this user may read', async () => {
    const logPath = join(base, 'started', 'log', 'web.log');
    const child = await startInBackground(process.execPath, ['-e', 'console.log("rows")'], { logPath });
    await new Promise((resolve) => child.once('exit', resolve));
    expect([modeOf('started', 'log'), modeOf('started', 'log', 'web.log')]).toEqual([0o700, 0o600]);
  });
});
