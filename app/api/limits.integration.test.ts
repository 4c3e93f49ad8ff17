import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { closeClusters, getCluster } from '@/lib/cassandra/client/registry';
import { LimitRooms } from '@/lib/cassandra/read/limit-rooms';
import { MOST_WAIT_MS } from '@/lib/cassandra/read/limited-work';
import { TestClock } from '@/lib/cassandra/read/test-clock';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import type { Endpoint } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { errorBodySchema } from '@/lib/contract/errors';
import { FRAMED_TYPE, heldExportSchema } from '@/lib/contract/exports';
import { controlFrameSchema } from '@/lib/contract/frames';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import { serverJobs } from '@/lib/server-jobs';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { allRoutes, type Handler, nameOf } from './test-routes';

/** What limits of roles do to each way of reading, over HTTP, with a clock that moves only when a test moves it. */

const data = mkdtempSync(join(tmpdir(), 'ringside-limits-'));
const KEYSPACE = 'ringside_limits_test';
const [ROWS, MOST, RATE, SECONDS] = [400, 100, 50, 5];
const ORDERS = { keyspace: KEYSPACE, table: 'orders' };
const role = (name: string, limits: object) => ({ name, subjects: [{ group: name }], as: 'editor', limits });

vi.stubEnv('RINGSIDE_DATA_DIR', data);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [{ ...clusterConfig() }],
    audit: false,
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    roles: [
      role('few', { rows: MOST }),
      role('slow', { rowsPerSecond: RATE }),
      role('single', { reads: 1 }),
      role('brief', { statementSeconds: SECONDS }),
      role('whole', {}),
    ],
  }),
);

const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.orders (id int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.exact (id int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.heavy (id int PRIMARY KEY, v text)`,
    `CREATE TABLE ${KEYSPACE}.wide (id int, c int, v int, PRIMARY KEY (id, c))`,
  ],
);

let handlers: ReadonlyMap<string, Handler> = new Map();
let clock = new TestClock();

beforeAll(async () => {
  const rows = (count: number) => Array.from({ length: count }, (_, at) => [at, at]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.orders (id, v) VALUES (?, ?)`, rows(ROWS));
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.exact (id, v) VALUES (?, ?)`, rows(MOST));
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.wide (id, c, v) VALUES (?, ?, 0)`,
    rows(ROWS).map(([c]) => [1, c]),
  );
  const heavy = rows(ROWS).map(([id]) => [id, 'x'.repeat(4_000)]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.heavy (id, v) VALUES (?, ?)`, heavy);
  handlers = await allRoutes();
});
beforeEach(() => {
  clock = new TestClock();
  Object.assign(globalThis, { [Symbol.for('ringside.limit-rooms')]: new LimitRooms(clock) });
});
afterAll(async () => {
  await serverJobs().suspend();
  await closeClusters();
  rmSync(data, { recursive: true, force: true });
});

interface Asked {
  readonly who: string;
  readonly params?: object;
  readonly input?: unknown;
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
}

async function ask(endpoint: Endpoint, { who, params = {}, input, headers = {}, signal }: Asked): Promise<Response> {
  const person = { name: who, way: 'header' as const, groups: [who], session: 'x' };
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input) } : {};
  const request = new Request('http://localhost/', {
    method: endpoint.method,
    headers: { ...headers, [PERSON_HEADER]: encodePerson(person) },
    ...(signal === undefined ? {} : { signal }),
    ...body,
  });
  const handler = handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  return handler(request, { params: Promise.resolve({ cluster: 'test', ...params }) });
}

const browse = (who: string, table: string, more: object = {}) =>
  ask(endpoints.rows.post, {
    who,
    params: { keyspace: KEYSPACE, table },
    input: { maxPages: 0, pageRows: 30, ...more },
  });
const query = (who: string, rest: string, more: object = {}) =>
  ask(endpoints.query.post, { who, input: { statement: `SELECT * FROM ${KEYSPACE}.${rest}`, maxPages: 0, ...more } });
const HEAVY = { ...ORDERS, table: 'heavy' };
/** Its first chunk is sent before the limit is reached, so that a status can no longer say so. */
const download = (who: string, format: string, headers: Record<string, string> = {}) =>
  ask(endpoints.download.post, { who, headers, input: { ...HEAVY, format } });
const count = (who: string) => ask(endpoints.count.post, { who, input: ORDERS });

/** Rows, and the last frame of a stream. */
async function streamOf(response: Response) {
  expect(response.status).toBe(200);
  const values: unknown[] = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const rows = values.filter((value) => Array.isArray(value)).length;
  return { rows, last: controlFrameSchema.parse(values.at(-1)) };
}

const REACHED = {
  code: 'limit_reached',
  message: `This ended after ${MOST} rows, as many as your role “few” allows, so it is not complete.`,
  hint: expect.stringContaining('raise rows in the limits of few'),
};

async function jobOf(response: Response): Promise<Job> {
  const { id } = jobSchema.parse(await response.json());
  return vi.waitFor(
    async () => {
      const job = [...(await jobsNow())].find((one) => one.id === id);
      expect(job?.state).toMatch(/complete|failed|paused/);
      return jobSchema.parse(job);
    },
    { timeout: 30_000 },
  );
}

async function jobsNow(): Promise<readonly Job[]> {
  const all = await Promise.all(
    ['few', 'slow'].map(async (who) => (await ask(endpoints.jobList.get, { who })).json() as Promise<{ jobs: Job[] }>),
  );
  return all.flatMap(({ jobs }) => jobs);
}

describe('a limit of rows', () => {
  it.each(['orders', 'wide'])('ends the rows of %s after as many, and says so in the last line', async (table) => {
    const { rows, last } = await streamOf(await browse('few', table));
    expect(rows).toBe(MOST);
    expect(last).toMatchObject({ error: { ...REACHED, rows: MOST } });
  });

  it('holds over pages that are read one by one', async () => {
    let [rows, cursor, pages] = [0, undefined as string | undefined, 0];
    for (; pages < 10; pages++) {
      const response = await browse('few', 'orders', { maxPages: 1, cursor });
      if (!response.ok) {
        expect(response.status).toBe(403);
        expect(errorBodySchema.parse(await response.json()).error).toMatchObject(REACHED);
        break;
      }
      const page = await streamOf(response);
      rows += page.rows;
      if ('error' in page.last) {
        expect(page.last.error).toMatchObject(REACHED);
        break;
      }
      cursor = 'end' in page.last ? (page.last.end.next ?? undefined) : undefined;
    }
    expect([rows, pages]).toEqual([MOST, 3]);
  });

  it('leaves a result with exactly as many rows complete', async () => {
    const { rows, last } = await streamOf(await browse('few', 'exact'));
    expect([rows, last]).toMatchObject([MOST, { end: { rows: MOST, next: null } }]);
    const file = await (
      await ask(endpoints.download.post, { who: 'few', input: { keyspace: KEYSPACE, table: 'exact', format: 'csv' } })
    ).text();
    expect(file.trimEnd().split('\n')).toHaveLength(MOST + 1);
  });

  it('ends a statement, also one that Cassandra answers at once, but not one with a LIMIT below it', async () => {
    for (const rest of [
      'orders',
      'wide WHERE id = 1',
      `orders LIMIT ${ROWS}`,
      'wide WHERE id IN (1, 2) ORDER BY c DESC',
    ]) {
      const { rows, last } = await streamOf(await query('few', rest));
      expect([rest, rows, last]).toMatchObject([rest, MOST, { error: REACHED }]);
    }
    expect((await streamOf(await query('few', `orders LIMIT ${MOST}`))).last).toMatchObject({ end: { rows: MOST } });
  });

  it('breaks a download, whose record says why', async () => {
    const response = await download('few', 'csv');
    await expect(response.text()).rejects.toThrow();
    const { exports } = (await (await ask(endpoints.exportList.get, { who: 'few' })).json()) as { exports: object[] };
    expect(exports).toContainEqual(
      expect.objectContaining({ state: 'failed', error: expect.objectContaining(REACHED) }),
    );
  });

  it('breaks a file that a format would close, and one that was held', async () => {
    for (const format of ['json', 'parquet', 'cql']) {
      const response = await download('few', format);
      // A format whose first bytes come late has no response yet.
      if (response.ok) await expect(response.arrayBuffer()).rejects.toThrow();
      else expect(errorBodySchema.parse(await response.json()).error).toMatchObject(REACHED);
    }
    const held = await ask(endpoints.holdExport.post, { who: 'few', input: { ...HEAVY, format: 'csv' } });
    const { id } = heldExportSchema.parse(await held.json());
    await expect((await ask(endpoints.heldDownload.get, { who: 'few', params: { id } })).text()).rejects.toThrow();
  });

  it('is the last frame of a download as frames, for the prompt', async () => {
    const text = await (await download('few', 'ndjson', { accept: FRAMED_TYPE })).text();
    expect(text).toContain(REACHED.message);
    expect(text).not.toContain(`{"rows":${MOST},`);
  });

  it('ends a job, whose manifest says that it is not complete and why; resuming it adds no row', async () => {
    const job = await jobOf(await ask(endpoints.jobStart.post, { who: 'few', input: { ...ORDERS, format: 'ndjson' } }));
    expect(job).toMatchObject({ state: 'failed', rows: MOST, error: REACHED });
    const manifest: unknown = JSON.parse(await readFile(join(job.directory, 'manifest.json'), 'utf8'));
    expect(manifest).toMatchObject({ isComplete: false, rows: MOST, endedBy: { message: REACHED.message } });
    const resumed = await ask(endpoints.job.post, { who: 'few', params: { id: job.id }, input: { action: 'resume' } });
    expect(await jobOf(resumed)).toMatchObject({ state: 'failed', rows: MOST, error: REACHED });
  });

  it('is not one of what is counted', async () => {
    expect(await (await count('few')).text()).toContain(`"end":{"rows":${ROWS}`);
  });

  it('keeps a job from Spark, which would not keep it', async () => {
    const input = { request: { ...ORDERS, format: 'parquet', do: 'export' } };
    const response = await ask(endpoints.sparkStart.post, { who: 'few', input });
    expect(errorBodySchema.parse(await response.json()).error).toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('Your role “few”'),
    });
  });
});

describe('a limit of rows a second', () => {
  /** Lets something run to its end, moving the clock only where it waits. @returns the seconds that it took */
  async function paced(run: Promise<unknown>): Promise<number> {
    const { taken } = getCluster('test').reads;
    const before = taken.rows;
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    run.then(over, over);
    while (!isOver) {
      await new Promise((resolve) => setImmediate(resolve));
      clock.moveToNext();
      // A quarter of a second's rows at first, and one page of at most a second's.
      expect(taken.rows - before).toBeLessThanOrEqual(RATE / 4 + (clock.nowMs() / 1_000) * RATE + RATE);
    }
    await run;
    return clock.nowMs() / 1_000;
  }
  const fastest = (rows: number) => (rows - RATE / 4 - RATE) / RATE;
  const textOf = async (response: Promise<Response>) => (await response).text();

  it.each<[string, () => Promise<string>, number]>([
    ['rows of a table', () => textOf(browse('slow', 'orders')), ROWS],
    ['a statement', () => textOf(query('slow', 'wide WHERE id = 1')), ROWS],
    ['a count', () => textOf(count('slow')), ROWS],
    ['a download', () => textOf(download('slow', 'csv')), ROWS],
    [
      'two of them together',
      async () => (await Promise.all([textOf(count('slow')), textOf(download('slow', 'csv'))])).join(),
      2 * ROWS,
    ],
  ])('is kept by %s', async (_name, run, rows) => {
    expect(await paced(run())).toBeGreaterThanOrEqual(fastest(rows));
  });

  it('is kept by a job', async () => {
    const start = ask(endpoints.jobStart.post, { who: 'slow', input: { ...ORDERS, format: 'csv' } });
    const done = start.then(jobOf);
    expect(await paced(done)).toBeGreaterThanOrEqual(fastest(ROWS));
    expect(await done).toMatchObject({ state: 'complete', rows: ROWS });
  });

  it('is kept where a statement writes for each row of a list', async () => {
    const rows = Array.from({ length: 100 }, (_, at) => [String(1_000 + at)]);
    const statement = `INSERT INTO ${KEYSPACE}.exact (id, v) VALUES (?, 0)`;
    const id = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11';
    const input = { id, statement, markers: [{ column: 0 }], rows, confirm: { statement, rows: rows.length } };
    const response = textOf(ask(endpoints.each.post, { who: 'slow', input }));
    expect(await paced(response)).toBeGreaterThanOrEqual(fastest(100));
    expect(await response).toContain('"done":100');
    await plain.execute(`TRUNCATE ${KEYSPACE}.exact`);
  });
});

describe('a limit of reads at the same time', () => {
  async function firstChunk(response: Response) {
    const reader = response.body?.getReader();
    await reader?.read();
    return reader;
  }

  it('lets the next read begin when one ends, and refuses it after a stated time', async () => {
    const first = await firstChunk(await browse('single', 'orders'));
    const second = browse('single', 'orders');
    const stream = await second;
    const lines = stream.text();
    await vi.waitFor(() => expect(clock.timers).toBe(1));
    clock.move(MOST_WAIT_MS);
    expect(
      (await lines)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toMatchObject([
      { waiting: { reads: 1 } },
      {
        error: {
          code: 'too_many_reads',
          message: expect.stringContaining('as many as your role “single” allows'),
          rows: 0,
        },
      },
    ]);
    const third = browse('single', 'orders');
    await first?.cancel();
    expect(await streamOf(await third)).toMatchObject({ rows: ROWS, last: { end: { rows: ROWS } } });
  });

  it('is of one person', async () => {
    const first = await firstChunk(await browse('single', 'orders'));
    expect(await streamOf(await browse('whole', 'orders'))).toMatchObject({ rows: ROWS });
    await first?.cancel();
  });

  it('answers a download that waited too long with a status of its own', async () => {
    const first = await firstChunk(await browse('single', 'orders'));
    const second = download('single', 'csv');
    await vi.waitFor(() => expect(clock.timers).toBe(1));
    clock.move(MOST_WAIT_MS);
    const response = await second;
    expect(response.status).toBe(429);
    expect(errorBodySchema.parse(await response.json()).error.code).toBe('too_many_reads');
    await first?.cancel();
  });
});

describe('a limit of time', () => {
  const LATE = {
    code: 'limit_reached',
    message: expect.stringContaining(`after ${SECONDS} s, as long as your role “brief”`),
  };

  async function late(response: Response): Promise<string> {
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = (await reader?.read())?.value ?? '';
    clock.move(SECONDS * 1_000);
    for (let step = await reader?.read(); step?.value !== undefined; step = await reader?.read()) text += step.value;
    return text;
  }

  it('ends a read with a line that says so, after the rows that came', async () => {
    const lines = (await late(await browse('brief', 'orders', { pageRows: 10 }))).trimEnd().split('\n');
    const rows = lines.filter((line) => line.startsWith('[')).length;
    expect(rows).toBeGreaterThan(0);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ error: { ...LATE, rows } });
  });

  it('breaks a download', async () => {
    const asked = { ...HEAVY, format: 'csv', pageRows: 2 };
    const response = await ask(endpoints.download.post, { who: 'brief', input: asked });
    await expect(late(response)).rejects.toThrow();
    const { exports } = (await (await ask(endpoints.exportList.get, { who: 'brief' })).json()) as { exports: object[] };
    expect(exports).toContainEqual(expect.objectContaining({ state: 'failed', error: expect.objectContaining(LATE) }));
  });
});
