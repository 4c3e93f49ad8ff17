import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Client } from 'cassandra-driver';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serverAudit } from '@/lib/audit/server-audit';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { roleClusters } from '@/lib/cassandra/client/role-clusters';
import { type SecuredRing, startSecuredRing } from '@/lib/cassandra/roles/test-secured-ring';
import { addressOf, type Endpoint } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { errorBodySchema } from '@/lib/contract/errors';
import { jobSchema, jobsResponseSchema } from '@/lib/contract/jobs';
import { ownRoleStatements } from '@/lib/roles/own-role';
import { createRole, grantPermission, grantRole, revokePermission } from '@/lib/roles/statements';
import { serverJobs } from '@/lib/server-jobs';
import { followRoles } from '@/lib/server-roles';
import { PERSON_HEADER, principalOfPerson } from '@/lib/sign-in/person';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';
import { type WebGate, webGate } from '@/lib/sign-in/web-gate';
import { allRoutes, type Handler, nameOf } from './test-routes';

/** People who sign in as roles of nodes that check logins and rights, through the gate and the routes. */

const ADDRESS = '127.0.46.31';
const SETTLED = { timeout: 60_000, interval: 500 };
vi.setConfig({ testTimeout: 180_000 });
const MINUTE_MS = 60_000;
const ID = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11';
const ORIGIN = 'http://localhost';
const PASSWORDS = { ada: `a'd"a`, ben: 'ben’s phrase' };

const principalNamed = (name: string) =>
  principalOfPerson({ name, way: 'cassandra', groups: [], provider: 'shop', subject: name });
const [ADA, BEN] = [principalNamed('ada'), principalNamed('ben')];

const data = mkdtempSync(join(tmpdir(), 'ringside-own-roles-'));
vi.stubEnv('RINGSIDE_DATA_DIR', data);
vi.stubEnv('RINGSIDE_EXPORT_DIR', join(data, 'exports'));
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [
      { name: 'shop', contactPoints: [ADDRESS], username: 'ringside', password: 'r', writes: true },
      { name: 'other', contactPoints: [ADDRESS], username: 'ringside', password: 'r' },
      { name: 'gone', contactPoints: ['127.0.46.99'] },
    ],
    signIn: { origin: ORIGIN, cassandra: { clusters: ['shop', 'gone'], checkMinutes: 5 } },
    roles: [
      {
        name: 'people',
        subjects: [{ everybody: true, way: 'cassandra' }],
        allow: [{ verbs: ['see', 'read', 'export', 'write', 'ddl'] }],
      },
    ],
  }),
);

/** What the server has said. */
const logged: string[] = [];
for (const method of ['log', 'error', 'warn'] as const) {
  vi.spyOn(console, method).mockImplementation((...said: unknown[]) => void logged.push(inspect(said, { depth: 20 })));
}

let secured: SecuredRing;
let root: Client;
let handlers: ReadonlyMap<string, Handler> = new Map();
let gate: WebGate;

/** A browser: what it has of cookies. */
type Browser = Map<string, string>;

/** Where Ben has signed in. */
const bens: Browser[] = [];

beforeAll(async () => {
  secured = await startSecuredRing('own-roles', { network: '127.0.46', directory: join(data, 'ring') });
  root = secured.root;
  const replication = "replication = {'class': 'SimpleStrategy', 'replication_factor': 3}";
  for (const statement of [
    `CREATE KEYSPACE shop WITH ${replication}`,
    `CREATE KEYSPACE private WITH ${replication}`,
    'CREATE TABLE shop.orders (id int PRIMARY KEY, total int)',
    'CREATE TABLE shop.secrets (id int PRIMARY KEY, total int)',
    'CREATE TABLE private.notes (id int PRIMARY KEY, note text)',
    ...Array.from({ length: 30 }, (_, id) => `INSERT INTO shop.orders (id, total) VALUES (${id}, ${id * 10})`),
    "INSERT INTO private.notes (id, note) VALUES (1, 'only for ben')",
    createRole('ada', { password: PASSWORDS.ada, login: true }),
    createRole('ben', { password: PASSWORDS.ben, login: true }),
    createRole('idle', { password: 'may not log in', login: false }),
    grantRole('staff', 'ada'),
    grantPermission('SELECT', 'TABLE shop.orders', 'staff'),
    grantPermission('SELECT', 'KEYSPACE private', 'ben'),
    grantPermission('MODIFY', 'KEYSPACE private', 'ben'),
    ...ownRoleStatements({ name: 'ringside', password: 'r', features: new Set(['read'] as const), keyspaces: [] }),
  ]) {
    await root.execute(statement);
  }
  handlers = await allRoutes();
  await serverAudit()?.begin();
  begin();
}, 300_000);

afterAll(async () => {
  await serverJobs().suspend();
  await serverAudit()?.end();
  await closeClusters();
  await root?.shutdown();
  await secured?.ring.stop();
  rmSync(data, { recursive: true, force: true });
}, 120_000);

/** As the server does when it starts. */
function begin(): void {
  const signIn = serverSignIn();
  if (signIn?.ownRoles == null) throw new Error('nobody signs in as a Cassandra role');
  followRoles(signIn.ownRoles);
  gate = webGate(signIn);
}

const headersOf = (browser: Browser): Record<string, string> => ({
  cookie: [...browser].map(([name, value]) => `${name}=${value}`).join('; '),
  origin: ORIGIN,
  'x-ringside-csrf': browser.get('__Host-ringside-csrf') ?? '',
});

/** A request through the gate, as the web server does it. */
function entered(browser: Browser, method: string, target: string) {
  const from = { address: '192.0.2.1', agent: 'test', isFromProxy: false };
  const path = target.split('?', 1)[0] ?? '';
  return gate.enter({ ...from, method, path, target, headers: headersOf(browser) });
}

interface Call {
  readonly input?: unknown;
  /** In the path. */
  readonly [name: string]: unknown;
}

async function asked(browser: Browser, endpoint: Endpoint, { input, ...names }: Call): Promise<Response> {
  const params = { ...(endpoint.path.includes('{cluster}') ? { cluster: 'shop' } : {}), ...names };
  const target = addressOf(endpoint, { ...params, input });
  const entry = await entered(browser, endpoint.method, target);
  if (entry.kind !== 'pass') return new Response(null, { status: 401 });
  const headers = { ...headersOf(browser), ...(entry.person === null ? {} : { [PERSON_HEADER]: entry.person }) };
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input) } : {};
  const request = new Request(`${ORIGIN}${target}`, { method: endpoint.method, headers, ...body });
  const handler = handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  const response = await handler(request, { params: Promise.resolve(params) });
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';', 1)[0] ?? '').split('=');
    browser.set(name, value);
  }
  return response;
}

const NOTES = { keyspace: 'private', table: 'notes' };
const NOTE = 'SELECT note FROM private.notes WHERE id = 1';
const CHANGE = 'UPDATE private.notes SET note = ? WHERE id = ?';
const UNCHANGED = "UPDATE private.notes SET note = 'only for ben' WHERE id = 1";
const SAME = { statement: UNCHANGED, confirm: { statement: UNCHANGED } };

/** Everything that shows or touches rows of a table, with what it is asked. */
const READS: readonly [name: string, Endpoint, Call][] = [
  ['its rows', endpoints.rows.post, { ...NOTES, input: {} }],
  ['its rows, linked', endpoints.rows.get, { ...NOTES, input: {} }],
  ['a statement', endpoints.query.post, { input: { statement: NOTE } }],
  ['a script', endpoints.script.post, { input: { id: ID, onFailure: 'stop', statements: [SAME] } }],
  ['each row of a list', endpoints.each.post, { input: eachOf(CHANGE) }],
  ['its replicas', endpoints.replicaResults.post, { input: { statement: NOTE } }],
  ['the copies of a row', endpoints.rowCopies.post, { ...NOTES, input: { key: { id: 1 } } }],
  ['a sample', endpoints.sample.post, { ...NOTES, input: {} }],
  ['a count', endpoints.count.post, { input: NOTES }],
  ['what is found in it', endpoints.find.post, { ...NOTES, input: { what: 'wide', places: 1 } }],
  ['a download', endpoints.download.post, { input: { ...NOTES, format: 'csv' } }],
  [
    'a change of a row',
    endpoints.mutations.post,
    { input: { ...NOTES, changes: [{ kind: 'delete', key: { id: 1 } }] } },
  ],
  ['a change of many rows', endpoints.changeMany.post, { input: { ...NOTES, set: { note: 'x' } } }],
  [
    'a count of what goes',
    endpoints.deletionCount.post,
    { input: { ...NOTES, change: { kind: 'delete_partition', key: { id: 1 } } } },
  ],
  ['its details', endpoints.tableDetails.get, NOTES],
  ['its figures', endpoints.tableStats.get, NOTES],
  ['its text', endpoints.describe.get, { input: NOTES }],
];

function eachOf(statement: string) {
  const markers = [{ column: 0 }, { column: 1 }];
  return { id: ID, statement, markers, rows: [['only for ben', '1']], confirm: { statement, rows: 1 } };
}

const refusalIn = async (response: Response) => errorBodySchema.parse(await response.json()).error;
const attempt = (name: string, password: string, cluster = 'shop') =>
  asked(new Map(), endpoints.signIn.post, { input: { name, password, cluster } });

async function signedIn(name: 'ada' | 'ben', password = PASSWORDS[name]): Promise<Browser> {
  const browser: Browser = new Map();
  const response = await asked(browser, endpoints.signIn.post, { input: { name, password, cluster: 'shop' } });
  expect([response.status, await response.text()]).toEqual([204, '']);
  if (name === 'ben') bens.push(browser);
  return browser;
}

const query = (browser: Browser, statement: string, more: object = {}) =>
  asked(browser, endpoints.query.post, { input: { statement, ...more } });
const write = (browser: Browser, statement: string) => query(browser, statement, { confirm: { statement } });

async function tablesSeenBy(browser: Browser): Promise<string[]> {
  const { keyspaces } = endpoints.schema.get.answer.schema.parse(
    await (await asked(browser, endpoints.schema.get, {})).json(),
  );
  return keyspaces
    .filter(({ name }) => !name.startsWith('system'))
    .flatMap(({ name, tables }) => tables.map((table) => `${name}.${table.name}`));
}

describe('people who sign in as their own Cassandra roles', () => {
  it('see and read what Cassandra lets each of them, and learn which permission is missing', async () => {
    const [ada, ben] = [await signedIn('ada'), await signedIn('ben')];
    expect(await tablesSeenBy(ada)).toEqual(['shop.orders']);
    expect(await tablesSeenBy(ben)).toEqual(['private.notes']);
    expect(await (await query(ada, 'SELECT total FROM shop.orders WHERE id = 3')).text()).toContain('[30]');
    expect(await (await query(ben, 'SELECT note FROM private.notes')).text()).toContain('only for ben');
    const refused = await refusalIn(await query(ada, 'SELECT note FROM private.notes'));
    expect(refused).toMatchObject({ code: 'unauthorized' });
    expect(refused.message).toContain('User ada has no SELECT permission on <table private.notes>');
    expect(await refusalIn(await query(ben, 'SELECT total FROM shop.orders'))).toMatchObject({ code: 'unauthorized' });
    const rows = { ...{ keyspace: 'private', table: 'notes' }, input: {} };
    expect(await (await asked(ben, endpoints.rows.post, rows)).text()).toContain('only for ben');
    expect(await (await asked(ada, endpoints.rows.post, rows)).text()).not.toContain('only for ben');
  });

  it.each(READS)('reach no row of another by %s, whatever it read before', async (_name, endpoint, call) => {
    const [ada, ben] = [await signedIn('ada'), await signedIn('ben')];
    const bens = await (await asked(ben, endpoint, call)).text();
    expect(bens).not.toMatch(/"code":"(unauthorized|forbidden|invalid_request)"/);
    const adas = await (await asked(ada, endpoint, call)).text();
    expect(adas).toMatch(/"code":"(unauthorized|forbidden)"|User ada has no (SELECT|MODIFY) permission/);
    expect(adas).not.toContain('only for ben');
  });

  it('write as themselves, and what Cassandra grants or revokes holds at once', async () => {
    const ada = await signedIn('ada');
    const insert = 'INSERT INTO shop.orders (id, total) VALUES (1000, 1)';
    expect(await refusalIn(await write(ada, insert))).toMatchObject({ code: 'unauthorized' });
    await root.execute(grantPermission('MODIFY', 'TABLE shop.orders', 'staff'));
    // Nodes keep rights for two seconds.
    await vi.waitFor(async () => expect((await write(ada, insert)).status).toBe(200), SETTLED);
    await root.execute(revokePermission('MODIFY', 'TABLE shop.orders', 'staff'));
    await vi.waitFor(async () => expect((await write(ada, insert)).status).toBe(403), SETTLED);
  });

  it('get the same answer for an unknown role, a wrong password, and a role that may not log in', async () => {
    const answers = [
      await refusalIn(await attempt('ada', 'wrong')),
      await refusalIn(await attempt('nobody', 'wrong')),
      await refusalIn(await attempt('idle', 'may not log in')),
      await refusalIn(await attempt('ada', PASSWORDS.ada, 'other')),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify({ ...answer, requestId: '' }))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'sign_in_refused', message: 'The name or the password is not right.' });
  });

  it('learn that no node could be reached, and nothing of the password', async () => {
    const refused = await refusalIn(await attempt('ada', 'any', 'gone'));
    expect(refused).toMatchObject({ code: 'cluster_unreachable' });
    expect(refused.message).toBe('No node of the cluster could be reached, so nobody could check the password.');
    expect(refused.detail).toBeUndefined();
  });

  it('find no other cluster, cannot use each other’s cursors, and cannot schedule', async () => {
    const [ada, ben] = [await signedIn('ada'), await signedIn('ben')];
    expect(await refusalIn(await asked(ada, endpoints.schema.get, { cluster: 'other' }))).toMatchObject({
      code: 'not_found',
    });
    await root.execute(grantPermission('SELECT', 'TABLE shop.orders', 'ben'));
    const statement = 'SELECT id FROM shop.orders';
    const page = await (await query(ada, statement, { pageRows: 10, maxPages: 1 })).text();
    const cursor = /"cursor":"([^"]+)"/.exec(page)?.[1];
    expect(cursor).toBeDefined();
    expect((await query(ada, statement, { pageRows: 10, maxPages: 1, cursor })).status).toBe(200);
    expect(await refusalIn(await query(ben, statement, { pageRows: 10, maxPages: 1, cursor }))).toMatchObject({
      code: 'cursor_refused',
    });
    const schedule = {
      ...{ name: 'nightly', kind: 'export', pattern: '@daily', timeZone: 'UTC', webhook: null },
      ...{ keep: { runs: 1, days: null }, request: { keyspace: 'shop', table: 'orders', format: 'csv' } },
    };
    const refused = await refusalIn(await asked(ada, endpoints.scheduleCreate.post, { input: schedule }));
    expect(refused).toMatchObject({ code: 'forbidden' });
    expect(refused.message).toContain('cannot be scheduled');
    const spark = { do: 'export', keyspace: 'shop', table: 'orders', format: 'csv' };
    const noSpark = await refusalIn(await asked(ada, endpoints.sparkPlan.post, { input: spark }));
    expect(noSpark.message).toContain('Spark would need the password');
  });

  it('are signed out by a restart, and their jobs wait for them', async () => {
    const ada = await signedIn('ada');
    await serverJobs().suspend();
    const input = { keyspace: 'shop', table: 'orders', format: 'csv' };
    expect((await asked(ada, endpoints.jobStart.post, { input })).status).toBe(201);
    await serverSignIn()?.sessions.close();
    await closeClusters();
    // Another process would have none of these.
    for (const name of ['sign-in', 'jobs', 'role-clusters'])
      Reflect.deleteProperty(globalThis, Symbol.for(`ringside.${name}`));
    await serverSignIn()?.sessions.load();
    begin();
    await serverJobs().recover();
    const page = await entered(ada, 'GET', '/shop');
    expect(page).toEqual({ kind: 'redirect', to: '/sign-in?problem=restart&to=%2Fshop' });
    expect((await asked(ada, endpoints.jobList.get, {})).status).toBe(401);

    const again = await signedIn('ada');
    await vi.waitFor(async () => {
      const { jobs } = jobsResponseSchema.parse(await (await asked(again, endpoints.jobList.get, {})).json());
      expect(jobs.map(({ state, rows }) => [state, rows])).toEqual([['complete', 31]]);
    }, SETTLED);
  });

  it('are out within the stated minutes when their password is changed, and nobody else is', async () => {
    const [ada, ben] = [await signedIn('ada'), await signedIn('ben')];
    const slow = { keyspace: 'shop', table: 'orders', format: 'csv', pageRows: 5, limits: { maxRowsPerSecond: 4 } };
    const { id } = jobSchema.parse(await (await asked(ada, endpoints.jobStart.post, { input: slow })).json());
    const jobOf = async (browser: Browser) => {
      const { jobs } = jobsResponseSchema.parse(await (await asked(browser, endpoints.jobList.get, {})).json());
      return jobs.find((job) => job.id === id);
    };
    await vi.waitFor(async () => expect((await jobOf(ada))?.rows).toBeGreaterThan(0), SETTLED);
    await root.execute("ALTER ROLE ada WITH PASSWORD = 'another'");
    // Nodes keep the hashes of passwords for two seconds.
    await vi.waitFor(async () => expect((await attempt('ada', PASSWORDS.ada)).status).toBe(403), SETTLED);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * MINUTE_MS });
    await serverSignIn()?.ownRoles?.look();
    vi.useRealTimers();
    const paused = await serverJobs().pausedFor(ADA, 'sign_in_needed');
    expect(paused.map((job) => job.id)).toEqual([id]);
    expect((await query(ada, 'SELECT total FROM shop.orders')).status).toBe(401);
    expect(await (await query(ben, 'SELECT note FROM private.notes')).text()).toContain('only for ben');
    expect(roleClusters().openCount()).toBe(1);
    const again = await signedIn('ada', 'another');
    expect(await tablesSeenBy(again)).toEqual(['shop.orders']);
    await vi.waitFor(async () => expect(await jobOf(again)).toMatchObject({ state: 'complete', rows: 31 }), SETTLED);
  });

  it('are forgotten when they sign out', async () => {
    const ben = await signedIn('ben');
    await asked(ben, endpoints.signIn.delete, {});
    expect(roleClusters().loginOf(BEN)).not.toBeNull();
    for (const browser of bens) await asked(browser, endpoints.signIn.delete, {});
    expect(roleClusters().loginOf(BEN)).toBeNull();
  });

  it('find their passwords in no file and no line of a log', async () => {
    const ada = await signedIn('ada', 'another');
    await query(ada, 'SELECT total FROM shop.orders');
    await serverSignIn()?.sessions.close();
    await serverAudit()?.end();
    const files = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter(
      (file) => !file.startsWith('ring/') && statSync(join(data, file)).isFile(),
    );
    expect(files).toContain('sign-in/sessions.json');
    expect(files.some((file) => file.endsWith('job.json'))).toBe(true);
    expect(files.some((file) => file.startsWith('audit/'))).toBe(true);
    const written = new Map(files.map((file) => [file, readFileSync(join(data, file), 'utf8')]));
    written.set('the log', logged.join('\n'));
    for (const password of [PASSWORDS.ada, PASSWORDS.ben, 'may not log in', "'another'", '"another"']) {
      const escaped = JSON.stringify(password).slice(1, -1);
      const found = [...written].filter(([, text]) => text.includes(password) || text.includes(escaped));
      expect(found.map(([file]) => file)).toEqual([]);
    }
  });
});
