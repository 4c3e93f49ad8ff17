import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeRing } from '../../embedded/index.mjs';
import { endGroup, isAlive, startInBackground } from '../support/processes.mjs';
import { until } from '../support/until.mjs';
import { endAll } from './ending.mjs';

let directory: string;
const started: number[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'ringside-ending-'));
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((pid) => endGroup(pid, { graceMs: 0 })));
  rmSync(directory, { recursive: true, force: true });
});

const path = (name: string) => join(directory, name);

/** A process that runs `onTerm` on SIGTERM; `fs` and `path` (of a file in the test's folder) are in scope. */
async function program(name: string, onTerm: string) {
  const script = `
    const fs = require('node:fs'), path = (name) => ${JSON.stringify(directory)} + '/' + name;
    process.on('SIGTERM', () => { ${onTerm} });
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const { pid } = await startInBackground(process.execPath, ['-e', script, directory], { logPath: path(name) });
  started.push(pid);
  await until(() => readFileSync(path(name), 'utf8').includes('ready'), { timeoutMs: 10_000, everyMs: 20 });
  return pid;
}

/** Records that it was asked to end, and ends once the other was asked too. */
const endAfter = (own: string, other: string) =>
  `fs.writeFileSync(path('${own}'), ''); setInterval(() => fs.existsSync(path('${other}')) && process.exit(), 10);`;

function recordOf(pid: number, owner = process.pid) {
  const run = { kind: 'process' as const, pid, command: process.execPath, args: [] };
  const node = { index: 0, address: '127.0.0.101', dc: 'dc1', rack: 'rack1', jmxPort: 1, logPath: path('log'), run };
  const ring = { engine: 'jvm' as const, owner, release: 'test', port: 1, storagePort: 1, directory, nodetool: [] };
  writeRing(path('ring.json'), { ...ring, nodes: [node] });
  return path('ring.json');
}

describe('the end of npm start', () => {
  it('asks the web server and Cassandra in parallel: neither waits for the other', async () => {
    const web = await program('web', endAfter('web-asked', 'cassandra-asked'));
    const cassandra = await program('cassandra', `${endAfter('cassandra-asked', 'web-asked')}`);
    await endAll({ web: { stop: () => endGroup(web, { graceMs: 60_000 }) }, records: [recordOf(cassandra)] });
    expect([web, cassandra].map(isAlive)).toEqual([false, false]);
  }, 50_000);

  it('kills what does not respond', async () => {
    const [web, cassandra] = [await program('web', ''), await program('cassandra', '')];
    await endAll({
      web: { stop: () => endGroup(web, { graceMs: 100 }) },
      records: [recordOf(cassandra)],
      graceMs: 100,
    });
    expect([web, cassandra].map(isAlive)).toEqual([false, false]);
  });

  it('stops Cassandra even if stopping the web server fails, and leaves alone what another start owns', async () => {
    const cassandra = await program('cassandra', 'process.exit()');
    const web = { stop: () => Promise.reject(new Error('no such thing')) };
    const foreign = recordOf(cassandra, process.ppid);
    await endAll({ web, records: [foreign] });
    expect(isAlive(cassandra)).toBe(true);
    await endAll({ web, records: [recordOf(cassandra)] });
    expect(isAlive(cassandra)).toBe(false);
  });
});
