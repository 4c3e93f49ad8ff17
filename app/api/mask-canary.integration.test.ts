import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serverAudit } from '@/lib/audit/server-audit';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { changeManyPlanSchema } from '@/lib/contract/change-many';
import { copyPlanSchema } from '@/lib/contract/copy';
import type { Endpoint, EndpointRight, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import { loadPreviewSchema } from '@/lib/contract/load';
import { mutationLineSchema, mutationPlanSchema, type RowChange } from '@/lib/contract/mutations';
import { rowCopiesResponseSchema } from '@/lib/contract/row-copies';
import { sampleResponseSchema } from '@/lib/contract/stats';
import { serverJobs } from '@/lib/server-jobs';
import { serverSchedules } from '@/lib/server-schedules';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { CanaryWatch } from './test-canary';
import { allRoutes, type Handler, nameOf } from './test-routes';

/**
 * Values that are masked for a person are inserted into a real table. Whatever the person asks, of every route and in every
 * job, no byte that they get, and none that Ringside keeps or logs, has one of them.
 */

const DATA = mkdtempSync(join(tmpdir(), 'ringside-canary-'));
const INBOX = mkdtempSync(join(tmpdir(), 'ringside-canary-inbox-'));
const KEYSPACE = 'ringside_canary_test';
const OPEN = 'ringside_canary_open';
const PEOPLE = { keyspace: KEYSPACE, table: 'people' };
const ROWS = 120;
/** Its masked columns, in the schema's order. */
const MASKED = ['note', 'email', 'photo', 'salary', 'tags'];
const TEXT = 'Canary7f3a9e51Zq0Kx';
const NUMBER = 1_234_605_616_436_508_552n;
const watch = new CanaryWatch([TEXT, NUMBER]);

vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
vi.stubEnv('RINGSIDE_LOG', 'json');
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [clusterConfig()],
    audit: { literals: 'keep' },
    load: { directories: [INBOX] },
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    roles: [
      {
        name: 'reports',
        subjects: [{ group: 'masked' }],
        as: 'admin',
        keyspaces: [KEYSPACE],
        masks: [{ columns: ['email', 'tags', 'photo'] }, { columns: ['salary', 'note'], as: 'null' }],
      },
      { name: 'elsewhere', subjects: [{ group: 'masked' }], as: 'admin', keyspaces: [OPEN] },
      { name: 'nodes', subjects: [{ group: 'masked' }], as: 'operator' },
      { name: 'whole', subjects: [{ group: 'open' }], as: 'admin' },
    ],
  }),
);

const COLUMNS = 'email text, salary bigint, tags map<text, text>, photo blob, note text static';
const { plain } = testBed(
  [KEYSPACE, OPEN],
  [
    `CREATE TABLE ${KEYSPACE}.people (id int, c int, name text, city text, ${COLUMNS}, PRIMARY KEY (id, c))`,
    `CREATE MATERIALIZED VIEW ${KEYSPACE}.by_city AS SELECT id, c, city, name, email, salary, tags, photo
      FROM ${KEYSPACE}.people WHERE city IS NOT NULL AND id IS NOT NULL AND c IS NOT NULL PRIMARY KEY (city, id, c)`,
    `CREATE TABLE ${OPEN}.people (id int, c int, name text, city text, ${COLUMNS}, PRIMARY KEY (id, c))`,
  ],
);

let handlers: ReadonlyMap<string, Handler> = new Map();
let logged = '';

beforeAll(async () => {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
      logged += `${parts.map((part) => (part instanceof Error ? `${part.stack}` : JSON.stringify(part))).join(' ')}\n`;
    });
  }
  const rows = Array.from({ length: ROWS }, (_, at) => [
    ...[at % 7, at, `name ${at}`, `city ${at % 3}`],
    ...[`${TEXT}${at}`, NUMBER, { [`${TEXT}key`]: TEXT }, Buffer.from(TEXT), TEXT],
  ]);
  await insertAll(
    plain,
    `INSERT INTO ${KEYSPACE}.people (id, c, name, city, email, salary, tags, photo, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    rows,
  );
  await serverAudit()?.begin();
  handlers = await allRoutes();
});
afterAll(async () => {
  await serverSchedules().close();
  await serverJobs().suspend();
  await closeClusters();
  for (const folder of [DATA, INBOX]) rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly input?: unknown;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** What the masked person gets, which has no masked value. */
async function ask(endpoint: Endpoint, asked: Asked = {}): Promise<Answer> {
  const { status, bytes } = await answerOf(endpoint, asked, 'masked');
  expect(watch.find(bytes), nameOf(endpoint)).toBeNull();
  return { status, text: bytes.subarray(bytes.indexOf(']]') + 2).toString('utf8') };
}

async function answerOf(endpoint: Endpoint, { params = {}, input }: Asked, group: 'masked' | 'open') {
  const url = new URL(`http://localhost${endpoint.path}`);
  if (endpoint.input.in === 'parameter') url.searchParams.set(endpoint.input.name, JSON.stringify(input ?? {}));
  if (endpoint.input.in === 'search') {
    for (const [key, value] of Object.entries(input ?? {})) url.searchParams.set(key, String(value));
  }
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input ?? {}) } : {};
  const person = { name: 'zoe', way: 'header' as const, groups: [group], session: 'x' };
  const headers = { [PERSON_HEADER]: encodePerson(person) };
  const request = new Request(url, { method: endpoint.method, headers, ...body });
  const handler = handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  const inPath = endpoint.path.includes('{cluster}') ? { cluster: 'test', ...params } : params;
  const response = await handler(request, { params: Promise.resolve(inPath) });
  const bytes = Buffer.concat([
    Buffer.from(JSON.stringify([...response.headers])),
    Buffer.from(await response.arrayBuffer()),
  ]);
  return { status: response.status, bytes };
}

/** An answer that is no refusal. */
async function allowed(endpoint: Endpoint, asked: Asked): Promise<string> {
  const { status, text } = await ask(endpoint, asked);
  expect({ status: status < 300, text: status < 300 ? '' : text }).toEqual({ status: true, text: '' });
  return text;
}

/** A job of the person when it has come to rest, with each of its files. */
async function ended(start: string): Promise<Job> {
  const { id } = jobSchema.parse(JSON.parse(start));
  const lines = (await allowed(endpoints.job.get, { params: { id } })).trim().split('\n');
  const job = jobSchema.parse(JSON.parse(lines.at(-1) ?? ''));
  for (const { name } of [...job.parts, { name: 'manifest.json' }]) {
    await ask(endpoints.jobPart.get, { params: { id, name } });
  }
  return job;
}

const ID = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11';
const KEY = { id: 1, c: 1 };
const statement = `SELECT * FROM ${KEYSPACE}.people WHERE id = 1`;
const select = { statement };
const csv = { ...PEOPLE, format: 'csv' };
const load = { ...PEOPLE, from: { path: '/nowhere' } };
const write = (text: string) => ({ statement: text, confirm: { statement: text } });
const bind = { mapping: [{ from: { field: 'id' }, to: 'id' }] };
const spark = { ...csv, do: 'export' };
const when = { pattern: '@yearly', timeZone: 'UTC', keep: { runs: 1, days: null }, webhook: null };

/** What has to do with rows of a table; all other routes are asked with nothing. */
const WALK: readonly (readonly [Endpoint, Asked])[] = [
  [endpoints.rows.get, { params: PEOPLE }],
  [endpoints.rows.post, { params: PEOPLE, input: { maxPages: 0 } }],
  [endpoints.rows.post, { params: PEOPLE, input: { filters: [{ column: 'email', operator: '=', value: 'x' }] } }],
  [endpoints.rows.post, { params: { ...PEOPLE, table: 'by_city' }, input: { maxPages: 0 } }],
  [endpoints.rowCopies.post, { params: PEOPLE, input: { key: KEY } }],
  [endpoints.rowCopies.post, { params: PEOPLE, input: { key: { id: 1 } } }],
  [endpoints.sample.post, { params: PEOPLE, input: {} }],
  [endpoints.sample.post, { params: { ...PEOPLE, table: 'by_city' }, input: {} }],
  [endpoints.find.post, { params: PEOPLE, input: { what: 'wide', places: 1 } }],
  [endpoints.count.post, { input: PEOPLE }],
  [endpoints.query.post, { input: { ...select, trace: true } }],
  [endpoints.query.post, { input: { statement: `SELECT email AS e FROM ${KEYSPACE}.people` } }],
  [endpoints.query.post, { input: { statement: `SELECT JSON * FROM ${KEYSPACE}.people` } }],
  [endpoints.query.post, { input: { statement: `SELECT * FROM ${KEYSPACE}.by_city` } }],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system_traces.events' } }],
  [endpoints.query.post, { input: write(`INSERT INTO ${KEYSPACE}.people (id, c) VALUES (1, 1) IF NOT EXISTS`) }],
  [
    endpoints.query.post,
    { input: write(`UPDATE ${KEYSPACE}.people SET name = 'x' WHERE id = 1 AND c = 1 IF email = 'x'`) },
  ],
  [endpoints.prepare.post, { input: select }],
  [endpoints.classify.post, { input: select }],
  [
    endpoints.script.post,
    {
      input: {
        id: ID,
        onFailure: 'continue',
        statements: [write(`INSERT INTO ${OPEN}.people (id, c) VALUES (0, 0)`), write(statement)],
      },
    },
  ],
  [
    endpoints.each.post,
    { input: { id: ID, statement: `${statement} AND c = ?`, markers: [{ column: 0 }], rows: [['1']] } },
  ],
  [endpoints.replicaResults.post, { input: select }],
  [endpoints.download.get, { input: csv }],
  ...['csv', 'ndjson', 'json', 'cql', 'parquet'].map(
    (format) => [endpoints.download.post, { input: { ...PEOPLE, format } }] as const,
  ),
  [endpoints.holdExport.post, { input: csv }],
  [endpoints.heldDownload.get, { params: { id: ID } }],
  [endpoints.jobStart.post, { input: { ...csv, extras: { writetime: true } } }],
  [endpoints.jobPart.get, { params: { id: ID, name: 'manifest.json' } }],
  [endpoints.compare.post, { input: { ...PEOPLE, target: { keyspace: OPEN, table: 'people' } } }],
  [
    endpoints.compareStart.post,
    { input: { ...PEOPLE, columns: ['email'], target: { keyspace: OPEN, table: 'people' } } },
  ],
  [endpoints.copy.post, { input: { ...PEOPLE, target: { keyspace: OPEN, table: 'gone' } } }],
  [endpoints.copy.post, { input: { ...PEOPLE, table: 'by_city', target: PEOPLE } }],
  [endpoints.copy.post, { input: { keyspace: OPEN, table: 'people', target: PEOPLE } }],
  [endpoints.copyStart.post, { input: { token: 'x' } }],
  [endpoints.changeMany.post, { input: { ...PEOPLE, set: { email: 'x' } } }],
  [endpoints.changeManyStart.post, { input: { token: 'x' } }],
  [endpoints.deletionCount.post, { input: { ...PEOPLE, change: { kind: 'delete_partition', key: { id: 1 } } } }],
  [
    endpoints.mutations.post,
    { input: { ...PEOPLE, changes: [{ kind: 'update', key: KEY, edits: { email: { set: 'x' } } }] } },
  ],
  [endpoints.mutationRun.post, { input: { token: 'x' } }],
  [endpoints.mutationStop.post, { input: { token: 'x' } }],
  [endpoints.mutationLook.post, { input: { token: 'x', statements: [0] } }],
  [endpoints.loadPreview.post, { input: load }],
  [endpoints.loadDryRun.post, { input: { ...load, source: { format: 'csv' }, bind } }],
  [endpoints.loadStart.post, { input: { token: 'x' } }],
  [endpoints.sparkPlan.post, { input: spark }],
  [endpoints.sparkStart.post, { input: { request: { ...spark, target: '/not/allowed' } } }],
  [endpoints.schedulePlan.post, { input: { kind: 'export', request: csv } }],
  [
    endpoints.schedulePlan.post,
    { input: { kind: 'copy', request: { ...PEOPLE, target: { keyspace: OPEN, table: 'people' } } } },
  ],
  [
    endpoints.scheduleCreate.post,
    { input: { ...when, name: 'x', kind: 'export', request: { ...csv, format: 'cql' } } },
  ],
  [endpoints.describe.get, { input: PEOPLE }],
  [endpoints.tableStats.get, { params: PEOPLE }],
  [endpoints.tableDetails.get, { params: PEOPLE }],
  [endpoints.historyList.get, {}],
];

const ROW_VERBS = ['read', 'export', 'write'];
const OF_TABLES = ['table', 'statement', 'source', 'target', 'spark', 'repeated', 'any cluster'];

/** Whether a right is for rows; those of uploads have none. */
function isOfRows(right: EndpointRight): boolean {
  const rights = typeof right === 'string' ? [right] : right;
  return rights.some((one) => {
    const [verb = '', ...of] = one.split(' ');
    return ROW_VERBS.includes(verb) && OF_TABLES.includes(of.join(' '));
  });
}

describe('no answer has a masked value', { timeout: 60_000 }, () => {
  const all: readonly Endpoints[] = Object.values(endpoints);
  const routed: readonly Endpoint[] = all
    .filter((address) => address !== endpoints.tickets)
    .flatMap((address) => Object.values(address));
  const asked = new Set(WALK.map(([endpoint]) => nameOf(endpoint)));

  it('of the routes that are for rows, all of which are asked', () => {
    const ofUploads = new Set(Object.values(endpoints.loadUploads).map(nameOf));
    const missing = routed.filter(
      (one) => isOfRows(one.right) && !asked.has(nameOf(one)) && !ofUploads.has(nameOf(one)),
    );
    expect(missing.map(nameOf)).toEqual([]);
  });

  it.each(WALK.map((way) => [`${nameOf(way[0])} ${JSON.stringify(way[1].input ?? {})}`, ...way] as const))(
    '%s',
    async (_name, endpoint, input) => {
      await ask(endpoint, input);
    },
  );

  it.each(routed.filter((one) => !asked.has(nameOf(one))).map((one) => [nameOf(one), one] as const))(
    '%s',
    async (_name, endpoint) => {
      const params = { ...PEOPLE, id: ID, name: 'x', provider: 'x', node: 'x' };
      await ask(endpoint, { params });
    },
  );
});

describe('what a person does with such a table', { timeout: 60_000 }, () => {
  it('samples it, and looks at a row on each replica', async () => {
    const sample = sampleResponseSchema.parse(
      JSON.parse(await allowed(endpoints.sample.post, { params: PEOPLE, input: {} })),
    );
    const email = sample.columns.find(({ name }) => name === 'email');
    expect(email).toMatchObject({ masked: 'reports', filled: 0, distinct: 0, examples: [] });
    const copies = rowCopiesResponseSchema.parse(
      JSON.parse(await allowed(endpoints.rowCopies.post, { params: PEOPLE, input: { key: KEY } })),
    );
    expect(copies.masked).toEqual(MASKED);
    expect(copies.columns.map(({ name }) => name)).toEqual(['id', 'c', 'city', 'name']);
    expect(copies.copies[0]?.cells?.[3]?.value).toBe('name 1');
    expect(await allowed(endpoints.replicaResults.post, { input: select })).toContain('•••');
  });

  it.each([
    { format: 'csv' },
    { format: 'ndjson' },
    { format: 'json' },
    { format: 'parquet', parquet: { compression: 'none' } },
    { format: 'csv', statement, keyspace: undefined, table: undefined },
  ])('exports it as a job: %j', async (more) => {
    const job = await ended(await allowed(endpoints.jobStart.post, { input: { ...PEOPLE, ...more } }));
    expect(job).toMatchObject({ state: 'complete', error: null });
    const { text } = await ask(endpoints.jobPart.get, { params: { id: job.id, name: 'manifest.json' } });
    expect(JSON.parse(text).masked).toEqual(MASKED);
    const part = await ask(endpoints.jobPart.get, { params: { id: job.id, name: job.parts[0]?.name ?? '' } });
    expect(part.text).toContain('•••');
  });

  it('exports it again and again', async () => {
    await allowed(endpoints.scheduleCreate.post, { input: { ...when, name: 'yearly', kind: 'export', request: csv } });
    await allowed(endpoints.schedule.post, { params: { name: 'yearly' }, input: { action: 'run' } });
    const jobs = async () => JSON.parse((await ask(endpoints.jobList.get)).text).jobs as Job[];
    await expect.poll(async () => (await jobs()).find(({ schedule }) => schedule)?.state).toBe('complete');
    const made = (await jobs()).find(({ schedule }) => schedule);
    await ended(JSON.stringify(made));
  });

  it('copies it with the masks, and compares what is not masked', async () => {
    const target = { keyspace: OPEN, table: 'people' };
    const planned = await allowed(endpoints.copy.post, {
      input: { ...PEOPLE, target, keepTtl: true, keepWriteTime: true, verify: 'compare' },
    });
    const plan = copyPlanSchema.parse(JSON.parse(planned));
    expect(plan.mapping.map(({ to }) => to)).toEqual(['id', 'c', 'note', 'city', 'email', 'name', 'salary']);
    const job = await ended(await allowed(endpoints.copyStart.post, { input: { token: plan.token } }));
    expect(job).toMatchObject({ state: 'complete', copied: { applied: ROWS, compared: { missing: 0, different: 0 } } });
    const { rows } = await plain.execute(`SELECT * FROM ${OPEN}.people WHERE id = 1`);
    expect(rows).toHaveLength(17);
    for (const row of rows) {
      expect({ ...row, c: 0, name: '', city: '' }).toMatchObject({
        email: '•••',
        salary: null,
        tags: null,
        photo: null,
      });
    }
    const compared = await ended(await allowed(endpoints.compareStart.post, { input: { ...PEOPLE, target } }));
    expect(compared).toMatchObject({ state: 'complete', compared: { missing: 0, extra: 0, different: 0 } });
    const manifest = await ask(endpoints.jobPart.get, { params: { id: compared.id, name: 'manifest.json' } });
    expect(JSON.parse(manifest.text).masked).toEqual(MASKED);
  });

  it('copies the rows of a statement with the masks', async () => {
    const target = { keyspace: OPEN, table: 'some' };
    await plain.execute(`CREATE TABLE ${OPEN}.some (id int, c int, email text, PRIMARY KEY (id, c))`);
    const source = `SELECT id, c, email FROM ${KEYSPACE}.people LIMIT 10`;
    const input = { statement: source, target, verify: 'none' };
    const { token } = copyPlanSchema.parse(JSON.parse(await allowed(endpoints.copy.post, { input })));
    await ended(await allowed(endpoints.copyStart.post, { input: { token } }));
    const { rows } = await plain.execute(`SELECT email FROM ${OPEN}.some`);
    expect(rows.map((row) => row.get('email'))).toEqual(Array(10).fill('•••'));
  });

  const mutate = async (changes: readonly object[], options?: object) => {
    const input = { ...PEOPLE, changes, ...(options && { options }) };
    const plan = mutationPlanSchema.parse(JSON.parse(await allowed(endpoints.mutations.post, { input })));
    const lines = (await allowed(endpoints.mutationRun.post, { input: { token: plan.token } })).trim().split('\n');
    await allowed(endpoints.mutationLook.post, { input: { token: plan.token, statements: [0] } });
    const last = mutationLineSchema.parse(JSON.parse(lines.at(-1) ?? ''));
    return { plan, lines, undo: 'end' in last ? last.end.undo : [] };
  };
  const stored = async (c: number) =>
    (await plain.execute(`SELECT name, email, salary FROM ${KEYSPACE}.people WHERE id = 2 AND c = ${c}`)).first();

  it('edits other cells, which stay guarded, and takes the edit back', async () => {
    const key = { id: 2, c: 2 };
    const edit = { kind: 'update', key, seen: { name: 'name 2', email: '•••' }, edits: { name: { set: 'new' } } };
    const { plan, lines, undo } = await mutate([edit]);
    expect(plan.statements[0]?.cql).toMatch(/IF name = 'name 2'$/);
    expect(plan.notes.map(({ code }) => code)).toContain('masked');
    expect(lines[0]).toContain('"applied"');
    expect(await stored(2)).toMatchObject({ name: 'new', email: `${TEXT}2` });
    await mutate(undo);
    expect(await stored(2)).toMatchObject({ name: 'name 2', email: `${TEXT}2` });
  });

  it('deletes a row, whose masked values do not come back', async () => {
    const key = { id: 2, c: 9 };
    const { plan, undo } = await mutate([{ kind: 'delete', key }]);
    expect(plan.statements[0]?.cql).not.toMatch(/email|salary|note/);
    expect(plan.statements[0]?.notes.map(({ code }) => code)).toContain('masked_deleted');
    await mutate(undo);
    expect(await stored(9)).toMatchObject({ name: 'name 9', email: null, salary: null });
  });

  it.each<readonly [string, RowChange, string]>([
    ['writes a masked cell', { kind: 'update', key: KEY, edits: { email: { set: 'x' } } }, '“email” is masked'],
    ['inserts one', { kind: 'insert', key: { id: 1, c: 999 }, values: { salary: '1' } }, '“salary” is masked'],
    ['moves a row', { kind: 'move', key: KEY, to: { id: 1, c: 999 } }, 'cannot get another key'],
  ])('never %s', async (_name, change, message) => {
    const { status, text } = await ask(endpoints.mutations.post, { input: { ...PEOPLE, changes: [change] } });
    expect({ status, text }).toEqual({ status: 400, text: expect.stringContaining(message) });
  });

  it('changes many rows, found by other columns, with a journal that takes it back', async () => {
    const filters = [{ column: 'city', operator: '=', value: 'city 1' }];
    const many = async (input: object) => {
      const planned = await allowed(endpoints.changeMany.post, { input: { ...PEOPLE, ...input } });
      const { token, confirmName } = changeManyPlanSchema.parse(JSON.parse(planned));
      const confirm = confirmName === null ? {} : { confirmName };
      return ended(await allowed(endpoints.changeManyStart.post, { input: { token, ...confirm } }));
    };
    const changed = await many({ filters, allowFiltering: true, set: { name: 'many' } });
    expect(changed).toMatchObject({ state: 'complete', changes: { applied: ROWS / 3 } });
    const undone = await many({ again: { job: changed.id, take: 'undo' } });
    expect(undone).toMatchObject({ state: 'complete', changes: { applied: ROWS / 3 } });
    const deleted = await many({
      filters: [{ column: 'city', operator: '=', value: 'city 0' }],
      allowFiltering: true,
      delete: true,
    });
    expect(deleted).toMatchObject({ state: 'complete' });
    await many({ again: { job: deleted.id, take: 'undo' } });
    const byMasked = {
      filters: [{ column: 'email', operator: '=', value: 'x' }],
      allowFiltering: true,
      set: { name: 'x' },
    };
    expect((await ask(endpoints.changeMany.post, { input: { ...PEOPLE, ...byMasked } })).text).toContain(
      'email is masked',
    );
  });

  const named = async (c: number) =>
    (await plain.execute(`SELECT name, email, salary FROM ${KEYSPACE}.people WHERE id = 5 AND c = ${c}`)).first();

  it.each(['sample', 'full'] as const)('loads a file into its other columns, and reads it back: %s', async (verify) => {
    const path = join(INBOX, `${verify}.csv`);
    // One is no row, and the last has the key of an earlier one.
    const lines = ['id,c,name,email', '5,5,first,mine', '5,26,loaded,mine', 'five,5,bad,mine', `5,5,${verify},mine`];
    writeFileSync(path, lines.join('\n'));
    const input = { ...PEOPLE, from: { path }, options: { verify } };
    const preview = loadPreviewSchema.parse(JSON.parse(await allowed(endpoints.loadPreview.post, { input })));
    expect(preview.mapping.map(({ to }) => to)).toEqual(['id', 'c', 'name']);
    expect(preview.columns.map(({ name }) => name)).toEqual(['id', 'c', 'city', 'name']);
    expect(preview.notes[0]).toContain(`Masked for you: ${MASKED.join(', ')}.`);
    const dry = await allowed(endpoints.loadDryRun.post, { input: preview.request });
    expect(dry).toContain('"duplicates":1');
    const job = await ended(await allowed(endpoints.loadStart.post, { input: { token: preview.token } }));
    expect(job).toMatchObject({ state: 'complete', load: { written: 3, bad: 1 } });
    expect(job.load?.verified).toMatchObject({ extent: verify, different: 0, missing: 0 });
    expect(job.parts.map(({ name }) => name)).toContain('failed.csv');
    expect(await named(5)).toMatchObject({ name: verify, email: `${TEXT}5` });
    expect(await named(26)).toMatchObject({ name: 'loaded', email: `${TEXT}26` });
  });

  it('never loads a file into a masked column', async () => {
    const path = join(INBOX, 'masked.csv');
    writeFileSync(path, 'id,c,email\n5,5,mine');
    const mapping = ['id', 'c', 'email'].map((to) => ({ to, from: { field: to } }));
    const input = { ...PEOPLE, from: { path }, source: { format: 'csv' }, bind: { mapping } };
    const preview = loadPreviewSchema.parse(JSON.parse(await allowed(endpoints.loadPreview.post, { input })));
    expect(preview).toMatchObject({ token: null, problem: expect.stringContaining('email: It is masked for you') });
    const { status, text } = await ask(endpoints.loadDryRun.post, { input });
    expect({ status, text }).toEqual({ status: 403, text: expect.stringContaining('email of') });
  });

  it('copies into its other columns, and compares them afterwards', async () => {
    const source = { keyspace: OPEN, table: 'people' };
    await plain.execute(`UPDATE ${OPEN}.people SET name = 'copied' WHERE id = 5 AND c = 19`);
    const planned = await allowed(endpoints.copy.post, { input: { ...source, target: PEOPLE, verify: 'compare' } });
    const plan = copyPlanSchema.parse(JSON.parse(planned));
    expect(plan.mapping.map(({ to }) => to)).toEqual(['id', 'c', 'city', 'name']);
    expect(plan.notes.join()).toContain('Masked for you in the target: ');
    const job = await ended(await allowed(endpoints.copyStart.post, { input: { token: plan.token } }));
    expect(job).toMatchObject({ state: 'complete', copied: { applied: ROWS, compared: { missing: 0, different: 0 } } });
    expect(await named(19)).toMatchObject({ name: 'copied', email: `${TEXT}19` });
  });

  it.each([
    ['that is there', PEOPLE, {}],
    ['that it makes', { keyspace: KEYSPACE, table: 'made' }, { create: true }],
  ])('never copies into a masked column of a table %s', async (_name, target, more) => {
    const mapping = ['id', 'c', 'email'].map((to) => ({ to, from: { field: to } }));
    const input = { keyspace: OPEN, table: 'people', target, mapping, ...more };
    const { status, text } = await ask(endpoints.copy.post, { input });
    expect({ status, text }).toEqual({
      status: 403,
      text: expect.stringContaining(`email of ${KEYSPACE}.${target.table}`),
    });
  });
});

it('no file of the data folder and no line of the log has one either', async () => {
  for (const [endpoint] of WALK.filter(([one]) => one.method === 'GET')) await ask(endpoint, { params: PEOPLE });
  await serverAudit()?.end();
  expect(readdirSync(DATA).length).toBeGreaterThan(2);
  expect(watch.filesIn(DATA)).toEqual([]);
  expect(logged).toContain('"message":"request"');
  expect(watch.find(logged)).toBeNull();
});

it.each([
  ['a text', `x${TEXT}y`],
  ['hex', Buffer.from(`x${TEXT}`).toString('hex')],
  ['base64', Buffer.from(`xy${TEXT}z`).toString('base64')],
  ['a number', `[${NUMBER}]`],
])('a canary would be found as %s', (_name, text) => {
  expect(watch.find(text)).not.toBeNull();
});

it('the same requests have them for somebody without a mask', { timeout: 60_000 }, async () => {
  const starts = new Set(
    [endpoints.jobStart.post, endpoints.compareStart.post, endpoints.scheduleCreate.post].map(nameOf),
  );
  const found = new Set<string>();
  for (const [endpoint, asked] of WALK.filter(([one]) => !starts.has(nameOf(one)))) {
    const { bytes } = await answerOf(endpoint, asked, 'open');
    if (watch.find(bytes) !== null) found.add(nameOf(endpoint));
  }
  const showing = [
    ...[endpoints.rows.get, endpoints.rows.post, endpoints.rowCopies.post, endpoints.sample.post],
    ...[endpoints.query.post, endpoints.replicaResults.post, endpoints.download.get, endpoints.download.post],
    ...[endpoints.mutations.post, endpoints.deletionCount.post],
  ];
  expect([...found]).toEqual(expect.arrayContaining(showing.map(nameOf)));
});
