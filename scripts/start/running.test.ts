import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findRunning } from './running.mjs';

let directory: string;
let path: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-running-'));
  path = join(directory, 'running.json');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A process that runs until it is killed, with these words on its command line. */
async function processCalled(...words: string[]) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...words]);
  await new Promise((resolve) => child.once('spawn', resolve));
  return { pid: child.pid ?? 0, end: () => child.kill('SIGKILL') };
}

describe('the Ringside that is already running', () => {
  it('is found by its record while its process runs', async () => {
    const { pid, end } = await processCalled('/x/scripts/start.mjs');
    const record = {
      pid,
      url: 'http://127.0.0.1:3000',
      ready: true,
      demo: { contactPoints: ['127.0.0.1'], port: 9142 },
    };
    writeFileSync(path, JSON.stringify(record));
    expect(await findRunning(path)).toEqual(record);
    end();
  });

  it('is not another process that reused its id', async () => {
    const { pid, end } = await processCalled('something else');
    writeFileSync(path, JSON.stringify({ pid, url: 'http://127.0.0.1:3000', ready: true, demo: null }));
    expect(await findRunning(path)).toBeUndefined();
    end();
  });

  it.each(['', '{', 'null', '{"pid":"x"}', '{"pid":99999999,"url":"http://127.0.0.1:3000"}'])(
    'is not found in %j',
    async (text) => {
      writeFileSync(path, text);
      expect(await findRunning(path)).toBeUndefined();
    },
  );

  it('is not found without a record', async () => {
    expect(await findRunning(path)).toBeUndefined();
  });
});
