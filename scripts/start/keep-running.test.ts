import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../support/problem.mjs';
import { until } from '../support/until.mjs';
import { keepRunning } from './keep-running.mjs';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-own-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const PATIENCE = { timeoutMs: 20_000, everyMs: 20 };

function stateOnDisk(): { state: string; message: string; hint: string } | undefined {
  const path = join(directory, 'state.json');
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

/** A node whose server is an idle process; `start` starts another. */
function waitingNode() {
  const begin = () => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  let child = begin();
  let failures = 0;
  const never = () => Promise.reject(new Error('not asked for here'));
  return {
    end: () => child.kill('SIGKILL'),
    failNextStart: () => {
      failures = 1;
    },
    control: {
      index: 0,
      address: '127.0.0.101',
      port: 9042,
      launch: never,
      ready: never,
      stop: never,
      kill: never,
      pause: never,
      resume: never,
      isRunning: async () => child.exitCode === null && child.signalCode === null,
      death: async () => new Problem('It ended.', 'Do something about it.'),
      start: async () => {
        failures -= 1;
        if (failures >= 0) throw new Problem('It ended once more.', 'Do more.');
        child = begin();
      },
    },
  };
}

describe('a Cassandra that npm start runs', () => {
  it('restarts on the page’s request, as often as it ends', async () => {
    const node = waitingNode();
    const ended = new AbortController();
    let restarts = 0;
    const watching = keepRunning(
      { node: () => node.control, contactPoints: ['127.0.0.101'] },
      {
        cluster: 'demo',
        signal: ended.signal,
        directory,
        lookEveryMs: 20,
        onRestarted: () => {
          restarts += 1;
        },
      },
    );
    try {
      for (const round of [1, 2]) {
        node.end();
        expect(await until(() => stateOnDisk()?.state === 'ended', PATIENCE)).toBe(true);
        expect(stateOnDisk()).toMatchObject({ cluster: 'demo', message: 'It ended.' });
        writeFileSync(join(directory, 'restart'), '');
        expect(await until(() => restarts === round, PATIENCE)).toBe(true);
        expect(stateOnDisk()).toBeUndefined();
        expect(existsSync(join(directory, 'restart'))).toBe(false);
        expect(await node.control.isRunning()).toBe(true);
      }
    } finally {
      ended.abort(new Error('the test is over'));
      node.end();
    }
    await expect(watching).rejects.toThrow();
  });

  it('is offered again when the restart fails', async () => {
    const node = waitingNode();
    const ended = new AbortController();
    const watching = keepRunning(
      { node: () => node.control, contactPoints: ['127.0.0.101'] },
      { cluster: 'demo', signal: ended.signal, directory, lookEveryMs: 20 },
    );
    try {
      node.failNextStart();
      node.end();
      await until(() => stateOnDisk()?.state === 'ended', PATIENCE);
      writeFileSync(join(directory, 'restart'), '');
      expect(await until(() => stateOnDisk()?.message === 'It ended once more.', PATIENCE)).toBe(true);
      writeFileSync(join(directory, 'restart'), '');
      expect(await until(() => stateOnDisk() === undefined, PATIENCE)).toBe(true);
    } finally {
      ended.abort(new Error('the test is over'));
      node.end();
    }
    await expect(watching).rejects.toThrow();
  });
});
