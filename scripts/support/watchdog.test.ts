import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAlive } from './processes.mjs';
import { until } from './until.mjs';

const GUARD = fileURLToPath(new URL('./guard.mjs', import.meta.url));

describe('the watchdog', () => {
  it('ends what a killed process had started', async () => {
    const script = `
      import { spawn } from 'node:child_process';
      import { guard } from ${JSON.stringify(GUARD)};
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000) // guarded'], { detached: true, stdio: 'ignore' });
      guard({ process: { pid: child.pid, marker: 'guarded' } });
      console.log(child.pid);
      setInterval(() => {}, 1000);`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid), { timeoutMs: 20_000, everyMs: 50 })).toBe(true);
  }, 30_000);
});
