import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import type { Job, JobState } from '@/lib/contract/jobs';
import type { Schedule } from '@/lib/contract/schedules';
import { newTokenText } from '@/lib/sign-in/token-text';
import { parseArguments } from './arguments';
import { exitStatus, explainEnd } from './outcome';
import { Reporter } from './reporter';
import { runSchedule } from './run-schedule';
import { tokenFor } from './token';
import { UsageError } from './usage';

const RUN = {
  by: 'person',
  times: 1,
  endedAt: null,
  rows: 0,
  bytes: 0,
  failedRows: 0,
  message: null,
  removed: 0,
  hook: null,
} as const;
const SCHEDULE: Schedule = {
  id: 'nightly-id',
  name: 'nightly',
  cluster: 'demo',
  kind: 'export',
  title: 'k.t',
  statement: 'SELECT * FROM k.t',
  request: { keyspace: 'k', table: 't', format: 'csv' },
  pattern: '30 2 * * *',
  timeZone: 'Europe/Berlin',
  keep: { runs: 7, days: null },
  webhook: null,
  isPaused: false,
  createdAt: '2026-11-29T00:00:00.000Z',
  nextAt: '2026-11-30T01:30:00.000Z',
  runs: [{ ...RUN, id: 'r', at: '2026-11-29T12:00:00.000Z', state: 'running', jobId: 'job' }],
};
const JOB: Job = {
  ...{ id: 'job', kind: 'export', cluster: 'demo', title: 'k.t', statement: 'SELECT', consistency: 'ONE', parts: [] },
  ...{ directory: '/data/job', state: 'running', rows: 5, bytes: 10, elapsedMs: 1, error: null, scan: null },
  ...{ createdAt: SCHEDULE.createdAt, startedAt: null, endedAt: null },
};
const SIGNED_OUT = { error: { code: 'signed_out', message: 'You are not signed in.', retryable: false } };
const REVOKED = {
  error: { code: 'signed_out', message: 'This API token opens nothing here.', hint: 'H', retryable: false },
};
const NOT_THERE = { error: { code: 'not_found', message: 'There is no schedule named “other”.', retryable: false } };

const PLAN = {
  title: 'k.t',
  statement: 'INSERT INTO k.t (p) VALUES (?)',
  isWrite: true,
  confirmName: 't',
  notes: ['N'],
};

/** How the job ends. */
let end: JobState = 'complete';
let more: Partial<Job> = {};
const sent: unknown[] = [];
const asked: string[] = [];
const authorized: unknown[] = [];
/** The only token that opens the server; null: nobody signs in there. */
let opens: string | null = null;
const server = createServer(async (request, response) => {
  const { method, url = '' } = request;
  const body = await text(request);
  if (body !== '') sent.push(JSON.parse(body));
  asked.push(`${method} ${url} ${request.headers['x-ringside']}`);
  authorized.push(request.headers.authorization);
  if (opens !== null && request.headers.authorization !== `Bearer ${opens}`)
    response.writeHead(401).end(JSON.stringify(request.headers.authorization === undefined ? SIGNED_OUT : REVOKED));
  else if (url === '/api/schedules/other') response.writeHead(404).end(JSON.stringify(NOT_THERE));
  else if (url === '/api/schedules')
    response.end(JSON.stringify({ schedules: [SCHEDULE], webhooks: [], standstill: null }));
  else if (url === '/api/jobs/job') {
    response.write(`${JSON.stringify(JOB)}\n`);
    response.end(`${JSON.stringify({ ...JOB, state: end, ...more })}\n`);
  } else if (url === '/api/clusters/demo/schedules/plan') response.end(JSON.stringify(PLAN));
  else response.end(JSON.stringify(SCHEDULE));
}).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port }: AddressInfo = Object(server.address());
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
afterEach(() => vi.restoreAllMocks());

/** What a command prints and how it ends. */
async function run(...args: string[]) {
  const command = parseArguments(['schedule', ...args, '--server', `http://127.0.0.1:${port}`], '1');
  if (command.kind !== 'schedule') throw new Error(`${command.kind} is not a schedule`);
  let text = '';
  const write = (part: unknown) => {
    text += String(part);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(write);
  const reporter = new Reporter(false, { write });
  const error: unknown = await runSchedule(command.given, { reporter, signal: new AbortController().signal }).then(
    () => null,
    (reason: unknown) => reason,
  );
  vi.restoreAllMocks();
  const said = error === null ? '' : explainEnd(error, () => []).join('\n');
  return { status: error === null ? 0 : exitStatus(error), text: text + said };
}

describe('ringside schedule', () => {
  it('waits for the end of the run and says what it came to', async () => {
    end = 'complete';
    expect(await run('run', 'nightly')).toEqual({ status: 0, text: expect.stringContaining('complete: 5 rows') });
    expect(asked).toEqual(['POST /api/schedules/nightly 1', 'GET /api/jobs/job 1']);
  });

  it.each<JobState>(['failed', 'cancelled', 'paused'])('does not call a run complete that is %s', async (state) => {
    end = state;
    expect(await run('run', 'nightly')).toEqual({ status: 1, text: expect.stringContaining(`nightly is ${state}`) });
  });

  it('does not call a run a success whose rows are not all in the table', async () => {
    end = 'complete';
    const copied = {
      read: 5,
      applied: 3,
      refused: 2,
      unknown: 0,
      skipped: 0,
      merged: 0,
      readBack: null,
      compared: null,
    };
    more = { kind: 'copy', copied };
    const ended = await run('run', 'nightly');
    more = {};
    expect(ended).toEqual({ status: 1, text: expect.stringContaining('2 of 5 rows were not written') });
  });

  it('adds one: what it sends is shown, and kept only once it is confirmed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-schedule-add-'));
    const file = join(folder, 'request.json');
    const request = { keyspace: 'k', table: 't', from: { path: '/data' } };
    await writeFile(file, JSON.stringify(request));
    const when = ['--pattern', '@daily', '--time-zone', 'UTC', '--keep-runs', '7'];
    const add = (...args: string[]) =>
      run('add', 'nightly', '--cluster', 'demo', '--kind', 'load', '--request', file, ...when, ...args);
    sent.length = 0;
    expect(await add('--yes')).toEqual({ status: 2, text: expect.stringContaining('--confirm t') });
    expect(sent).toEqual([{ kind: 'load', request }]);
    expect(await add('--confirm', 't')).toEqual({
      status: 0,
      text: `${PLAN.statement}\n- N\n✓ nightly: next ${SCHEDULE.nextAt}\n`,
    });
    expect(sent.at(-1)).toEqual({
      ...{ name: 'nightly', kind: 'load', request, pattern: '@daily', timeZone: 'UTC', webhook: null },
      ...{ keep: { runs: 7, days: null }, confirm: { statement: PLAN.statement, name: 't' } },
    });
    await writeFile(file, '{');
    expect(await add('--confirm', 't')).toEqual({ status: 2, text: expect.stringContaining('is not JSON') });
    await rm(folder, { recursive: true });
  });

  it('is not satisfied with a job whose end nobody saw', async () => {
    end = 'running';
    expect((await run('run', 'nightly')).status).toBe(1);
  });

  it('lists and shows', async () => {
    expect(await run('list')).toEqual({
      status: 0,
      text: 'nightly\t2026-11-30T01:30:00.000Z\trunning 2026-11-29T12:00:00.000Z\n',
    });
    expect((await run('show', 'nightly')).text).toContain('30 2 * * * (Europe/Berlin)');
  });

  it('brings the token of the environment or of a file, and says where to make one if there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-schedule-token-'));
    const file = join(folder, 'token');
    opens = newTokenText();
    const needed = await run('list');
    expect(needed).toEqual({ status: 1, text: expect.stringContaining('this command needs an API token there') });
    expect(needed.text).toContain('the menu with your name, API tokens');
    expect(needed.text).toMatch(/RINGSIDE_TOKEN.*--token-file/s);
    vi.stubEnv('RINGSIDE_TOKEN', opens);
    expect((await run('list')).status).toBe(0);
    vi.stubEnv('RINGSIDE_TOKEN', newTokenText());
    expect(await run('list')).toEqual({ status: 1, text: '✗ This API token opens nothing here.\n  → H' });
    await writeFile(file, `${opens}\n`);
    expect((await run('list', '--token-file', file)).status).toBe(0);
    opens = null;
    vi.unstubAllEnvs();
    expect((await run('list')).status).toBe(0);
    expect(authorized.at(-1)).toBeUndefined();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['half a token', newTokenText().slice(0, 30), []],
    ['the password of something else', 'hunter2', []],
    ['a file that is not there', '', ['--token-file', '/nowhere/token']],
  ])('sends nothing for %s', async (_what, token, args) => {
    vi.stubEnv('RINGSIDE_TOKEN', token);
    authorized.length = 0;
    const ended = await run('list', ...args);
    vi.unstubAllEnvs();
    expect([ended.status, authorized]).toEqual([2, []]);
    if (token !== '') expect(ended.text).not.toContain(token);
  });

  it('sends no token over a network in the clear', async () => {
    const text = newTokenText();
    const to = (server: string) => tokenFor({ server }, { RINGSIDE_TOKEN: text });
    await expect(to('http://ringside.example')).rejects.toThrow('unencrypted');
    for (const server of ['https://ringside.example', 'http://127.0.0.1:3000', 'http://localhost', 'http://[::1]:3000'])
      expect(await to(server)).toBe(text);
  });

  it('says what the server refuses, without hints of other commands', async () => {
    expect(await run('show', 'other')).toEqual({ status: 1, text: '✗ There is no schedule named “other”.' });
  });

  it.each([
    [['run'], 'missing required argument'],
    [['list', '--server', 'nowhere'], '--server takes an address'],
    [['list', '--server', 'ftp://x'], '--server takes an address'],
  ])('refuses %j', (args, message) => {
    const parse = () => parseArguments(['schedule', ...args], '1');
    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
  });
});
