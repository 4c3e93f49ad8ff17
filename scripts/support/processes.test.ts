import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commandLineOf, endGroup, isAlive, outputOf, run, startInBackground } from './processes.mjs';
import { until } from './until.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-processes-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Starts a script in the background and waits until it says "ready". */
async function background(script: string) {
  const logPath = join(directory, 'log');
  const child = await startInBackground(process.execPath, ['-e', script], { logPath });
  await until(() => readFileSync(logPath, 'utf8').includes('ready'), { timeoutMs: 10_000, everyMs: 20 });
  return child.pid;
}

describe('running a command', () => {
  it('returns its exit code and its output, all of it and standard output alone', async () => {
    const lines: string[] = [];
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    const { code, stdout, output } = await run(process.execPath, ['-e', script], {
      onLine: (line) => lines.push(line),
    });
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'out' });
    expect(output.split('\n').sort()).toEqual(['err', 'out']);
    expect(lines.sort()).toEqual(['err', 'out']);
  });

  it('fails when there is no such command', async () => {
    await expect(run(join(directory, 'nothing'), [])).rejects.toThrow('ENOENT');
    expect(await outputOf(join(directory, 'nothing'), [])).toBeUndefined();
  });
});

describe('ending a group of processes', () => {
  it('ends one that responds, one that ignores signals, and one that is stopped', async () => {
    const wait = 'console.log("ready"); setInterval(() => {}, 1000)';
    const listens = await background(wait);
    const deaf = await background(`process.on("SIGTERM", () => {}); ${wait}`);
    const stopped = await background(wait);
    expect(await commandLineOf(listens)).toContain('setInterval');
    process.kill(stopped, 'SIGSTOP');
    await Promise.all([endGroup(listens), endGroup(deaf, { graceMs: 200 }), endGroup(stopped)]);
    expect([listens, deaf, stopped].map(isAlive)).toEqual([false, false, false]);
  });

  it('ends the children of a leader that ended without waiting for them', async () => {
    const deaf = 'process.on("SIGTERM", () => {}); process.send("ready"); setInterval(() => {}, 1000)';
    const leader = await background(
      `const c = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(deaf)}], { stdio: ["ignore", "ignore", "ignore", "ipc"] });
       c.once("message", () => console.log("ready", c.pid)); process.on("SIGTERM", () => process.exit())`,
    );
    const child = Number(/ready (\d+)/.exec(readFileSync(join(directory, 'log'), 'utf8'))?.[1]);
    await endGroup(leader);
    expect(await until(() => !isAlive(child), { timeoutMs: 5000, everyMs: 20 })).toBe(true);
  });

  it('ends the children too, and does nothing when the group is gone', async () => {
    const child = 'setInterval(() => {}, 1000)';
    const parent = await background(
      `const c = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]); console.log("ready", c.pid); setInterval(() => {}, 1000)`,
    );
    const childPid = Number(/ready (\d+)/.exec(readFileSync(join(directory, 'log'), 'utf8'))?.[1]);
    expect(isAlive(childPid)).toBe(true);
    await endGroup(parent);
    expect(isAlive(parent)).toBe(false);
    expect(await until(() => !isAlive(childPid), { timeoutMs: 5000, everyMs: 20 })).toBe(true);
    await endGroup(parent);
  });
});
