import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { explain, Problem } from './problem.mjs';

describe('a problem', () => {
  it('says what happened, why, and what to do', () => {
    const cause = new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') });
    expect(explain(new Problem('No jar.', 'Check the network.\nTry again.', { cause }))).toBe(
      '✗ No jar.\n  because: fetch failed: getaddrinfo ENOTFOUND\n  → Check the network.\n  → Try again.',
    );
  });

  it('shows the end of the log with its path', () => {
    const directory = mkdtempSync(join(tmpdir(), 'ringside-problem-'));
    const logPath = join(directory, 'x.log');
    writeFileSync(logPath, `${Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n')}\n`);
    const text = explain(new Problem('It ended.', 'Start again.', { logPath }));
    rmSync(directory, { recursive: true });
    expect(text).toContain(`the end of ${logPath}:`);
    expect(text).toContain('│ line 99\n  → Start again.');
    expect(text).not.toContain('line 50\n');
  });

  it('keeps the stack of an unexpected error', () => {
    expect(explain(new RangeError('defect'))).toMatch(/RangeError: defect\n\s+at /);
  });
});
