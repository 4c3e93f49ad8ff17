import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters, getCluster } from '@/lib/cassandra/client/registry';
import { FIRST_PAGE_ROWS } from '@/lib/cassandra/read/page-sizer';
import { clusterConfig, countAnswers, insertAll, testBed } from '@/lib/cassandra/test-support';
import { stateResponseSchema } from '@/lib/contract/clusters';
import { errorBodySchema } from '@/lib/contract/errors';
import { type ControlFrame, controlFrameSchema } from '@/lib/contract/frames';
import { jsonText } from '@/lib/contract/json';
import { sampleResponseSchema } from '@/lib/contract/stats';
import { POST as query } from './clusters/[cluster]/query/route';
import { GET as getRows, POST as postRows } from './clusters/[cluster]/tables/[keyspace]/[table]/rows/route';
import { POST as postSample } from './clusters/[cluster]/tables/[keyspace]/[table]/sample/route';
import { GET as clusters } from './clusters/route';
import { GET as health } from './health/route';
import { GET as state } from './state/route';

vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify([
    { ...clusterConfig(), password: 'hunter2', username: 'reader' },
    { ...clusterConfig(), name: 'readonly', writes: false },
    { ...clusterConfig(), name: 'nowhere', contactPoints: ['127.0.0.1:1'] },
  ]),
);

const KEYSPACE = 'ringside_read_test';
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (k int, c int, v text, PRIMARY KEY (k, c))`,
    `CREATE TABLE ${KEYSPACE}.zeros (k int, d double, PRIMARY KEY (k, d))`,
  ],
);

beforeAll(async () => {
  const rows = Array.from({ length: 500 }, (_, at) => [at % 50, at, `v${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, c, v) VALUES (?, ?, ?)`, rows);
});
afterAll(() => closeClusters());

const onCluster = (cluster = 'test') => ({ params: Promise.resolve({ cluster }) });
const onTable = { params: Promise.resolve({ cluster: 'test', keyspace: KEYSPACE, table: 't' }) };
const post = (body: unknown, signal?: AbortSignal) =>
  new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body), ...(signal ? { signal } : {}) });

const onZeros = { params: Promise.resolve({ cluster: 'test', keyspace: KEYSPACE, table: 'zeros' }) };

async function errorOf(response: Response) {
  return { status: response.status, ...errorBodySchema.parse(await response.json()).error };
}

/** A parsed stream: its rows, and its frames in order. */
async function streamOf(response: Response): Promise<{ rows: unknown[][]; frames: ControlFrame[] }> {
  expect(response.status).toBe(200);
  const [rows, frames]: [unknown[][], ControlFrame[]] = [[], []];
  for (const line of (await response.text()).trimEnd().split('\n')) {
    const value: unknown = JSON.parse(line);
    if (Array.isArray(value)) rows.push(value);
    else frames.push(controlFrameSchema.parse(value));
  }
  return { rows, frames };
}

describe('a query', () => {
  it('is a stream of frames that ends with its end', async () => {
    const statement = `SELECT k, c, v, token(k) FROM ${KEYSPACE}.t`;
    const { rows, frames } = await streamOf(await query(post({ statement, pageRows: 200, maxPages: 0 }), onCluster()));
    expect(rows).toHaveLength(500);
    expect(frames.map((frame) => Object.keys(frame)[0])).toEqual(['header', 'page', 'page', 'page', 'end']);
    expect(frames[0]).toMatchObject({
      header: {
        statement,
        columns: [
          { name: 'k', type: 'int', kind: 'partition_key' },
          { name: 'c', type: 'int', kind: 'clustering' },
          { name: 'v', type: 'text', kind: 'regular' },
          { name: 'system.token(k)', type: 'bigint', kind: 'computed' },
        ],
      },
    });
    expect(frames.at(-1)).toMatchObject({ end: { rows: 500, pages: 3, next: null, result: 'rows' } });
  });

  it('with a trace names it in its page', async () => {
    const statement = `SELECT * FROM ${KEYSPACE}.t WHERE k = 1`;
    const { frames } = await streamOf(await query(post({ statement, trace: true }), onCluster()));
    expect(frames.map((frame) => Object.keys(frame)[0])).toEqual(['header', 'page', 'end']);
    const [page] = frames.flatMap((frame) => ('page' in frame ? [frame.page] : []));
    for (const { id } of page?.traces ?? []) expect(id).toMatch(/^[0-9a-f-]{36}$/);
    // A page may take several requests, each with a trace.
    expect(page?.traces?.reduce((sum, { rows }) => sum + rows, 0)).toBe(page?.rows);
  });

  it('that writes is a header without columns, and void', async () => {
    const statement = `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (1000, 1)`;
    const { rows, frames } = await streamOf(await query(post({ statement, confirm: { statement } }), onCluster()));
    expect(rows).toEqual([]);
    expect(frames[0]).toMatchObject({ header: { columns: [] } });
    expect(frames.at(-1)).toMatchObject({ end: { rows: 0, next: null, result: 'void' } });
    await plain.execute(`DELETE FROM ${KEYSPACE}.t WHERE k = 1000`);
  });

  it.each<[string, unknown, string, number, string]>([
    ['not JSON of the contract', { statement: 1 }, 'test', 400, 'invalid_request'],
    ['with an unknown field', { statement: 'SELECT 1', confirmed: true }, 'test', 400, 'invalid_request'],
    ['known to be no CQL', { statement: 'SELEKT 1' }, 'test', 400, 'syntax_error'],
    ['invalid in CQL', { statement: 'SELECT 1' }, 'test', 400, 'syntax_error'],
    ['unconfirmed', { statement: `TRUNCATE ${KEYSPACE}.t` }, 'test', 409, 'confirmation_required'],
    ['a write on a read-only cluster', { statement: `TRUNCATE ${KEYSPACE}.t` }, 'readonly', 403, 'read_only'],
    ['to an unknown cluster', { statement: 'SELECT 1' }, 'other', 404, 'not_found'],
    ['to a cluster that is down', { statement: 'SELECT 1' }, 'nowhere', 503, 'cluster_unreachable'],
    [
      'with somebody else’s cursor',
      { statement: `SELECT * FROM ${KEYSPACE}.t`, cursor: 'a.b' },
      'test',
      409,
      'cursor_refused',
    ],
  ])('%s has a status and an error', async (_, body, cluster, status, code) => {
    expect(await errorOf(await query(post(body), onCluster(cluster)))).toMatchObject({ status, code });
  });

  it('whose reader leaves requests no more pages', async () => {
    const answers = countAnswers(await getCluster('test').client(), '/* leaves */');
    const leave = new AbortController();
    const statement = `SELECT /* leaves */ * FROM ${KEYSPACE}.t`;
    // As many rows as in the first request, so that each page is one request.
    const asked = { statement, pageRows: FIRST_PAGE_ROWS, maxPages: 0 };
    const response = await query(post(asked, leave.signal), onCluster());
    const reader = response.body?.getReader();
    await reader?.read();
    leave.abort();
    expect(await reader?.read()).toEqual({ done: true, value: undefined });
    await expect.poll(answers).toBe(2);
    for (let waits = 0; waits < 5; waits++) await plain.execute('SELECT key FROM system.local');
    expect(answers()).toBe(2);
  });
});

describe('a read that waits for another', () => {
  /** Holds the whole budget of the cluster until it is released. */
  function holdBudget(): () => void {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    void getCluster('test')
      .reads.reader()
      .page(null, new AbortController().signal, () => held);
    return () => letGo();
  }

  const open: [string, (signal: AbortSignal) => Promise<Response>][] = [
    ['a table', (signal) => postRows(post({ pageRows: 10 }, signal), onTable)],
    ['a statement', (signal) => query(post({ statement: `SELECT * FROM ${KEYSPACE}.t` }, signal), onCluster())],
  ];

  it.each(open)('of %s says so, and continues when its turn has come', async (_name, ask) => {
    const letGo = holdBudget();
    const response = await ask(new AbortController().signal);
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('{"waiting":{"reads":1}}\n');
    letGo();
    let text = '';
    for (let step = await reader?.read(); step?.value; step = await reader?.read()) text += step.value;
    expect(text).toMatch(/^\{"header"/);
    expect(text.trimEnd().split('\n').at(-1)).toMatch(/^\{"end"/);
  });

  it.each(open)('of %s gives up its place when its client leaves', async (_name, ask) => {
    const letGo = holdBudget();
    const leave = new AbortController();
    const response = await ask(leave.signal);
    expect(getCluster('test').reads.state.waiting).toHaveLength(1);
    leave.abort();
    await response.body?.cancel();
    expect(getCluster('test').reads.state.waiting).toEqual([]);
    letGo();
  });
});

describe('the rows of a table', () => {
  const filters = [
    { column: 'k', operator: '=', value: 7 },
    { column: 'c', operator: '>=', value: 100 },
  ];

  it('are the same by GET and by POST, with the executed statement', async () => {
    const search = new URLSearchParams({
      filters: JSON.stringify(filters),
      columns: '["c","v"]',
      pageRows: '3',
      maxPages: '0',
    });
    const got = await streamOf(await getRows(new Request(`http://localhost/?${search}`), onTable));
    const posted = await streamOf(
      await postRows(post({ filters, columns: ['c', 'v'], pageRows: 3, maxPages: 0 }), onTable),
    );
    expect(got.rows).toEqual([107, 157, 207, 257, 307, 357, 407, 457].map((c) => [c, `v${c}`]));
    expect(posted.rows).toEqual(got.rows);
    expect(got.frames[0]).toMatchObject({
      header: { statement: `SELECT c, v FROM ${KEYSPACE}.t WHERE k = 7 AND c >= 100` },
    });
  });

  it.each([
    ['a filter that Cassandra cannot serve', { filters: [{ column: 'v', operator: '=', value: 'v1' }] }, /./],
    ['a filter on half a key', { filters: [{ column: 'c', operator: '=', value: 1 }] }, /also needs k/],
    ['a value of another type', { filters: [{ column: 'k', operator: '=', value: 'seven' }] }, /k: /],
    ['an unknown column', { columns: ['nothing'] }, /nothing/],
    ['a page of no rows', { pageRows: 0 }, /pageRows/],
    ['an invalid token', { fromToken: '9223372036854775808' }, /token/],
  ])('with %s are refused with a reason', async (_, body, message) => {
    const failure = await errorOf(await postRows(post(body), onTable));
    expect(failure).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(failure.message).toMatch(message);
  });
});

describe('the clusters', () => {
  it('reveal no address and no secret', async () => {
    const params = { params: Promise.resolve({}) };
    const text = await (await clusters(new Request('http://localhost/'), params)).text();
    const known = await (await state(new Request('http://localhost/'), params)).text();
    expect(text).not.toMatch(/hunter2|reader|127\.0\.0/);
    expect(known).not.toMatch(/hunter2|"reader"/);
    expect(await (await health(new Request('http://localhost/'), params)).text()).toBe('{"status":"alive"}');
    expect(stateResponseSchema.parse(JSON.parse(known)).clusters.map(({ name, status }) => [name, status])).toEqual([
      ['test', 'connected'],
      ['readonly', expect.stringMatching(/idle|connected/)],
      ['nowhere', 'unreachable'],
    ]);
  });
});

describe('-0 and 0 of a double', () => {
  beforeAll(async () => {
    for (const d of ['-0.0', '0.0']) await plain.execute(`INSERT INTO ${KEYSPACE}.zeros (k, d) VALUES (1, ${d})`);
  });

  it.each([-0, 0])('are two keys, and each is found: %s', async (d) => {
    const filters = [
      { column: 'k', operator: '=', value: 1 },
      { column: 'd', operator: '=', value: d },
    ];
    const request = new Request('http://localhost/', { method: 'POST', body: jsonText({ filters }) });
    const { rows } = await streamOf(await postRows(request, onZeros));
    expect(rows).toEqual([[1, d]]);
  });

  it('are distinct in a sample too', async () => {
    const response = await postSample(post({}), onZeros);
    const { columns } = sampleResponseSchema.parse(await response.json());
    // The first row of a partition is sampled, and -0 comes first.
    expect(columns.find(({ name }) => name === 'd')?.examples).toEqual([-0]);
  });
});
