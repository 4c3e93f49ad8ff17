import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { isAlive } from './processes.mjs';
import { until } from './until.mjs';

const file = (name: string) => JSON.stringify(fileURLToPath(new URL(name, import.meta.url)));

/**
 * A process that registers another one, deaf to SIGTERM, with the watchdog; `next`: what it does after that.
 * @returns it, and the other one's process id
 */
async function guardedPair({ graceMs, next }: { graceMs: number; next: string }) {
  const deaf = 'process.on("SIGTERM", () => {}); process.send("ready"); setInterval(() => {}, 1000)';
  const script = `
      import { spawn } from 'node:child_process';
      import { once } from 'node:events';
      import { guard, hurry } from ${file('./guard.mjs')};
      import { startOf } from ${file('./processes.mjs')};
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
      await once(child, 'message');
      guard({ process: { pid: child.pid, start: await startOf(child.pid), graceMs: ${graceMs} } });
      console.log(child.pid);
      ${next}`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (data) => resolve(Number(data))));
  return { parent, pid };
}

describe('the watchdog', () => {
  it('kills what a killed process had started, even if it ignores signals', async () => {
    const { parent, pid } = await guardedPair({ graceMs: 100, next: 'setInterval(() => {}, 1000);' });
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    expect(await until(() => !isAlive(pid), { timeoutMs: 20_000, everyMs: 50 })).toBe(true);
  }, 30_000);

  it('kills without asking when in a hurry', async () => {
    const { pid } = await guardedPair({ graceMs: 600_000, next: 'void hurry().then(() => process.exit());' });
    expect(await until(() => !isAlive(pid), { timeoutMs: 20_000, everyMs: 50 })).toBe(true);
  }, 30_000);

  it('leaves alone a process that merely reused a registered id', async () => {
    const bystander = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      detached: true,
      stdio: 'ignore',
    });
    const guarded = { process: { pid: bystander.pid, start: 'another time', graceMs: 0 } };
    const watchdog = spawn(process.execPath, [fileURLToPath(new URL('./watchdog.mjs', import.meta.url)), '1'], {
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    watchdog.stdin.end(`${JSON.stringify(guarded)}\n`);
    await new Promise((resolve) => watchdog.once('exit', resolve));
    expect(isAlive(bystander.pid ?? 0)).toBe(true);
    bystander.kill('SIGKILL');
  }, 30_000);
});
