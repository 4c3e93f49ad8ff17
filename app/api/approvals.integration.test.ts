import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Approvals } from '@/lib/approval/approvals';
import { serverAudit } from '@/lib/audit/server-audit';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import {
  type ApprovalAction,
  type AskApproval,
  approvalSchema,
  approvalsResponseSchema,
} from '@/lib/contract/approvals';
import { auditEntrySchema } from '@/lib/contract/audit';
import { changeManyPlanSchema } from '@/lib/contract/change-many';
import { copyPlanSchema } from '@/lib/contract/copy';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { errorBodySchema } from '@/lib/contract/errors';
import { jobSchema } from '@/lib/contract/jobs';
import { mutationPlanSchema } from '@/lib/contract/mutations';
import { serverApprovals, startApprovals } from '@/lib/server-approvals';
import { serverJobs } from '@/lib/server-jobs';
import { serverSchedules } from '@/lib/server-schedules';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { allRoutes, type Handler, nameOf } from './test-routes';

/** Two people, and a cluster that wants both. */

const data = mkdtempSync(join(tmpdir(), 'ringside-approvals-'));
const KEYSPACE = 'ringside_approvals_test';
const ORDERS = `${KEYSPACE}.orders`;
const group = (name: string) => ({ name, subjects: [{ group: name }] });

vi.stubEnv('RINGSIDE_DATA_DIR', data);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [
      { ...clusterConfig(), approval: {} },
      { ...clusterConfig(), name: 'free' },
    ],
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    audit: { parameters: 'keep' },
    roles: [
      { ...group('anna'), as: 'admin' },
      { ...group('ben'), as: 'admin' },
      {
        ...group('elsewhere'),
        allow: [{ keyspaces: [KEYSPACE], tables: ['other'], verbs: ['read', 'write', 'approve'] }],
      },
      {
        ...group('masked'),
        allow: [{ verbs: ['read', 'write', 'approve'], masks: [{ columns: ['v'] }] }],
      },
      { ...group('writer'), as: 'editor' },
    ],
  }),
);

const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${ORDERS} (p int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.other (p int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.altered (p int PRIMARY KEY, v int)`,
  ],
);

let handlers: ReadonlyMap<string, Handler> = new Map();
beforeAll(async () => {
  handlers = await allRoutes();
  await serverAudit()?.begin();
  await startApprovals(serverAudit());
});
afterAll(async () => {
  await serverSchedules().close();
  await serverJobs().suspend();
  await serverAudit()?.end();
  await closeClusters();
  rmSync(data, { recursive: true, force: true });
});

type Params = Readonly<Record<string, string>>;

/** An API token that may do all that its person may. */
const TOKEN = { token: { id: 'x', name: 'ci', readOnly: false, clusters: null } };

/** Sends a request as somebody. @param by what it comes with instead of a session */
async function send(
  who: string,
  endpoint: Endpoint,
  input?: unknown,
  params: Params = {},
  by: object = {},
): Promise<Response> {
  const url = new URL(`http://localhost${endpoint.path}`);
  if (endpoint.input.in === 'search') {
    for (const [key, value] of Object.entries(input ?? {})) url.searchParams.set(key, String(value));
  }
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input) } : {};
  const person = { name: who, way: 'header' as const, groups: [who], session: 'x', ...by };
  const headers = { [PERSON_HEADER]: encodePerson(person) };
  const request = new Request(url, { method: endpoint.method, headers, ...body });
  const handler = handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  return handler(request, { params: Promise.resolve({ cluster: 'test', ...params }) });
}

const when = { pattern: '@daily', timeZone: 'UTC', keep: { runs: 1, days: null }, webhook: null };
const errorOf = async (response: Response) => errorBodySchema.parse(await response.json()).error;
const approvalIn = async (response: Response) => {
  const answer: unknown = await response.json();
  expect(answer).not.toHaveProperty('error');
  return approvalSchema.parse(answer);
};
const write = (statement: string, name?: string) => ({
  statement,
  confirm: { statement, ...(name === undefined ? {} : { name }) },
});
const ask = (input: AskApproval, who = 'anna') => send(who, endpoints.approvals.post, input);
const askFor = async (statement: string, name?: string) =>
  approvalIn(await ask({ of: 'statement', request: write(statement, name), reason: 'A test needs it.' }));
const act = (who: string, id: string, action: ApprovalAction) => send(who, endpoints.approval.post, action, { id });
const listFor = async (who: string) =>
  approvalsResponseSchema.parse(await (await send(who, endpoints.approvals.get)).json());
const valueAt = async (p: number) =>
  (await plain.execute(`SELECT v FROM ${ORDERS} WHERE p = ?`, [p], { prepare: true })).rows[0]?.get('v') ?? null;

describe('a change that waits for a second person', { timeout: 60_000 }, () => {
  it('runs once, after somebody else approved it, exactly as it was asked for', async () => {
    const statement = `UPDATE ${ORDERS} SET v = ? WHERE p = 1`;
    const request = { ...write(statement), params: [7] };
    const asked = await approvalIn(await ask({ of: 'statement', request, reason: 'Order 1 was counted wrong.' }));
    expect(asked).toMatchObject({ state: 'waiting', by: 'anna', tables: [ORDERS], isOwn: true, mayDecide: false });
    expect(asked.statements).toEqual([{ statement, keyspace: null, params: '[7]' }]);

    expect((await errorOf(await act('anna', asked.id, { action: 'run' }))).message).toMatch(/waits for approval/);
    expect((await errorOf(await act('anna', asked.id, { action: 'approve' }))).message).toMatch(/somebody else/);
    expect(await valueAt(1)).toBeNull();

    expect((await listFor('ben')).approvals[0]).toMatchObject({ id: asked.id, mayDecide: true, begins: statement });
    expect(await approvalIn(await act('ben', asked.id, { action: 'approve' }))).toMatchObject({
      state: 'approved',
      decision: { by: 'ben' },
    });
    expect((await errorOf(await act('ben', asked.id, { action: 'run' }))).message).toMatch(/Only the person who asked/);
    const ran = await approvalIn(await act('anna', asked.id, { action: 'run' }));
    expect(ran).toMatchObject({ state: 'ran', ran: { outcome: 'applied' } });
    expect(await valueAt(1)).toBe(7);
    expect((await errorOf(await act('anna', asked.id, { action: 'run' }))).message).toMatch(/has run/);
  });

  it('runs once of two that run it at the same moment', async () => {
    await plain.execute(`CREATE TABLE IF NOT EXISTS ${KEYSPACE}.counted (p int PRIMARY KEY, n counter)`);
    const asked = await askFor(`UPDATE ${KEYSPACE}.counted SET n = n + 1 WHERE p = 1`);
    await act('ben', asked.id, { action: 'approve' });
    const both = await Promise.all([1, 2, 3].map(() => act('anna', asked.id, { action: 'run' })));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 400, 400]);
    const { rows } = await plain.execute(`SELECT n FROM ${KEYSPACE}.counted WHERE p = 1`);
    expect(String(rows[0]?.get('n'))).toBe('1');
  });

  it('says what was not applied', async () => {
    const asked = await askFor(`UPDATE ${ORDERS} SET v = 2 WHERE p = 99 IF v = 1`);
    await act('ben', asked.id, { action: 'approve' });
    const ran = await approvalIn(await act('anna', asked.id, { action: 'run' }));
    expect(ran.ran).toMatchObject({ outcome: 'not_applied', statements: [{ outcome: 'not_applied' }] });
  });

  it.each(['approve', 'run'] as const)('is refused to %s when the table changed since', async (when) => {
    const asked = await askFor(`UPDATE ${KEYSPACE}.altered SET v = 3 WHERE p = 1`);
    if (when === 'run') await act('ben', asked.id, { action: 'approve' });
    await plain.execute(`ALTER TABLE ${KEYSPACE}.altered ADD added_before_${when} int`);
    const refused = await errorOf(await act(when === 'run' ? 'anna' : 'ben', asked.id, { action: when }));
    expect(refused).toMatchObject({ code: 'schema_changed', message: expect.stringContaining(`${KEYSPACE}.altered`) });
    const now = await approvalIn(await send('anna', endpoints.approval.get, undefined, { id: asked.id }));
    expect(now).toMatchObject({ state: 'changed', until: null, ran: null });
    expect((await plain.execute(`SELECT * FROM ${KEYSPACE}.altered`)).rowLength).toBe(0);
  });

  it('is refused with a reason, and withdrawn', async () => {
    const [one, other] = [
      await askFor(`DELETE FROM ${ORDERS} WHERE p = 5`),
      await askFor(`DELETE FROM ${ORDERS} WHERE p = 6`),
    ];
    const refused = await approvalIn(await act('ben', one.id, { action: 'refuse', reason: 'Not today.' }));
    expect(refused).toMatchObject({ state: 'refused', decision: { by: 'ben', reason: 'Not today.' } });
    expect(await approvalIn(await act('anna', other.id, { action: 'withdraw' }))).toMatchObject({ state: 'withdrawn' });
    for (const { id } of [one, other]) expect((await act('anna', id, { action: 'run' })).status).toBe(400);
  });

  it('changes the schema, after the name was typed', async () => {
    await plain.execute(`CREATE TABLE ${KEYSPACE}.dropped (p int PRIMARY KEY)`);
    const statement = `DROP TABLE ${KEYSPACE}.dropped`;
    const unnamed = await ask({ of: 'statement', request: write(statement), reason: 'Gone.' });
    expect((await errorOf(unnamed)).code).toBe('confirmation_required');
    const asked = await askFor(statement, 'dropped');
    await act('ben', asked.id, { action: 'approve' });
    expect(await approvalIn(await act('anna', asked.id, { action: 'run' }))).toMatchObject({
      ran: { outcome: 'applied' },
    });
    const tables = `SELECT table_name FROM system_schema.tables WHERE keyspace_name = '${KEYSPACE}'`;
    const namesNow = async () => (await plain.execute(tables)).rows.map((row) => row.get('table_name'));
    // The node that is asked may hear of the change last.
    await vi.waitFor(async () => expect(await namesNow()).not.toContain('dropped'), { timeout: 30_000 });
  });

  it('runs the statements of a script, and says how many were applied', async () => {
    const request = {
      statements: [write(`UPDATE ${ORDERS} SET v = 1 WHERE p = 21`), write(`UPDATE ${ORDERS} SET v = 2 WHERE p = 22`)],
      onFailure: 'stop' as const,
    };
    const asked = await approvalIn(await ask({ of: 'script', request, reason: 'Two at once.' }));
    expect(asked.statements).toHaveLength(2);
    await act('ben', asked.id, { action: 'approve' });
    const { ran } = await approvalIn(await act('anna', asked.id, { action: 'run' }));
    expect(ran).toMatchObject({ outcome: 'applied', message: 'All 2 statements were applied.' });
    expect([await valueAt(21), await valueAt(22)]).toEqual([1, 2]);
  });

  it('runs reviewed row changes as they were shown, only while the rows are as they were seen', async () => {
    for (const p of [31, 32]) await plain.execute(`INSERT INTO ${ORDERS} (p, v) VALUES (${p}, 1)`);
    const changes = [31, 32].map((p) => ({ kind: 'update', key: { p }, edits: { v: { set: 5 } } }));
    const changed = { keyspace: KEYSPACE, table: 'orders', changes };
    const review = async (options: object) =>
      mutationPlanSchema.parse(await (await send('anna', endpoints.mutations.post, { ...changed, options })).json());
    const plainly = await review({ mode: 'plain' });
    const plainAsk = await ask({ of: 'mutations', token: plainly.token ?? '', reason: 'Plain ones.' });
    expect((await errorOf(plainAsk)).hint).toMatch(/guarded/);

    const { token, statements } = await review({});
    const asked = await approvalIn(await ask({ of: 'mutations', token: token ?? '', reason: 'Both are 5.' }));
    expect(asked.statements.map(({ statement }) => statement)).toEqual(statements.map(({ cql }) => cql));
    await act('ben', asked.id, { action: 'approve' });
    await plain.execute(`UPDATE ${ORDERS} SET v = 9 WHERE p = 32`);
    const { ran, undo } = await approvalIn(await act('anna', asked.id, { action: 'run' }));
    expect(ran?.statements.map(({ outcome }) => outcome)).toEqual(['applied', 'not_applied']);
    expect([await valueAt(31), await valueAt(32)]).toEqual([5, 9]);

    // What undoes it is for whoever asked, is reviewed like any change, and waits for approval too.
    expect(undo).toMatchObject({ keyspace: KEYSPACE, table: 'orders', changes: [{ key: { p: 31 } }] });
    const shownTo = async (who: string) =>
      approvalIn(await send(who, endpoints.approval.get, undefined, { id: asked.id }));
    expect((await shownTo('anna')).undo).toEqual(undo);
    expect((await shownTo('ben')).undo).toBeNull();
    const back = { ...changed, changes: undo?.changes };
    const reviewed = mutationPlanSchema.parse(await (await send('anna', endpoints.mutations.post, back)).json());
    const again = await approvalIn(await ask({ of: 'mutations', token: reviewed.token ?? '', reason: 'Not yet 5.' }));
    await act('ben', again.id, { action: 'approve' });
    await act('anna', again.id, { action: 'run' });
    expect(await valueAt(31)).toBe(1);
  });

  it('is not kept with a password, and is in files of the owner alone', async () => {
    const refused = await ask({
      of: 'statement',
      request: write("CREATE ROLE r WITH PASSWORD = 'secret-word'"),
      reason: 'New.',
    });
    expect((await errorOf(refused)).message).toMatch(/password/);
    const files = readdirSync(join(data, 'approvals')).map((name) => join(data, 'approvals', name));
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(readFileSync(file, 'utf8')).not.toContain('secret-word');
    }
  });

  it('is seen by nobody who may not read and approve what it changes', async () => {
    const asked = await askFor(`UPDATE ${ORDERS} SET v = 8 WHERE p = 41`);
    for (const who of ['elsewhere', 'masked', 'writer']) {
      expect(
        (await listFor(who)).approvals.map(({ id }) => id),
        who,
      ).not.toContain(asked.id);
      expect((await send(who, endpoints.approval.get, undefined, { id: asked.id })).status, who).toBe(404);
      expect((await act(who, asked.id, { action: 'approve' })).status, who).toBe(404);
    }
    expect((await listFor('anna')).approvals[0]).toMatchObject({ id: asked.id, state: 'waiting' });
  });

  it('needs the rights of whoever asks, and a cluster that wants a second person', async () => {
    const other = await ask(
      { of: 'statement', request: write(`UPDATE ${ORDERS} SET v = 8 WHERE p = 1`), reason: 'Mine?' },
      'elsewhere',
    );
    expect((await errorOf(other)).code).toBe('forbidden');
    const free = await send(
      'anna',
      endpoints.approvals.post,
      { of: 'statement', request: write(`UPDATE ${ORDERS} SET v = 8 WHERE p = 1`), reason: 'Free.' },
      { cluster: 'free' },
    );
    expect((await errorOf(free)).message).toMatch(/no second person/);
  });

  it('outlives a restart, and what ran when Ringside ended is unknown and does not run again', async () => {
    const [waits, runs] = [
      await askFor(`UPDATE ${ORDERS} SET v = 1 WHERE p = 51`),
      await askFor(`UPDATE ${ORDERS} SET v = 1 WHERE p = 52`),
    ];
    await act('ben', waits.id, { action: 'approve' });
    // As the file is while it runs, when the process is killed.
    const file = join(data, 'approvals', `${runs.id}.json`);
    const kept: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify({ ...kept, state: 'running', untilMs: null }));
    const next = new Approvals(join(data, 'approvals'), {
      nowMs: () => Date.now(),
      changedPlace: async () => null,
      runMs: () => 1,
    });
    expect(await next.get('test', waits.id)).toMatchObject({ state: 'approved' });
    expect(await next.get('test', runs.id)).toMatchObject({ state: 'ran', ran: { outcome: 'unknown' } });
    const again = next.act('test', runs.id, {
      principal: { id: String(kept.asker) },
      action: { action: 'run' },
      run: () => Promise.reject(new Error('It ran again.')),
    });
    await expect(again).rejects.toThrow(/has run/);
  });
});

describe('a job that waits for a second person', { timeout: 60_000 }, () => {
  const many = { keyspace: KEYSPACE, table: 'many', set: { v: 2 }, options: { mode: 'plain' }, journal: 'values' };
  const planMany = async (more: object = {}) =>
    changeManyPlanSchema.parse(await (await send('anna', endpoints.changeMany.post, { ...many, ...more })).json());
  const fill = async () => {
    await plain.execute(`CREATE TABLE IF NOT EXISTS ${KEYSPACE}.many (p int PRIMARY KEY, v int)`);
    for (let p = 0; p < 8; p++) await plain.execute(`INSERT INTO ${KEYSPACE}.many (p, v) VALUES (${p}, 1)`);
  };
  const countOf = async (v: number) =>
    (await plain.execute(`SELECT v FROM ${KEYSPACE}.many`)).rows.filter((row) => row.get('v') === v).length;
  const rested = async (id: string, who = 'anna') => {
    const lines = (await (await send(who, endpoints.job.get, undefined, { id })).text()).trim().split('\n');
    return jobSchema.parse(JSON.parse(lines.at(-1) ?? ''));
  };
  const control = (id: string, action: 'pause' | 'resume') => send('anna', endpoints.job.post, { action }, { id });

  it('changes many rows once it is approved, goes on after a pause, and its undo waits too', async () => {
    await fill();
    const { token } = await planMany({ rowsPerSecond: 2 });
    const asked = await approvalIn(await ask({ of: 'change', token: token ?? '', reason: 'All are 2.' }));
    expect(asked.statements[0]?.statement).toContain(`${KEYSPACE}.many`);
    await act('ben', asked.id, { action: 'approve' });
    const { ran } = await approvalIn(await act('anna', asked.id, { action: 'run' }));
    expect(ran).toMatchObject({ outcome: 'started', job: expect.any(String) });
    const id = ran?.job ?? '';
    expect((await control(id, 'pause')).status).toBe(200);
    expect((await control(id, 'resume')).status).toBe(200);
    await send('anna', endpoints.job.post, { action: 'rate', maxRowsPerSecond: null }, { id });
    expect(await rested(id)).toMatchObject({ state: 'complete' });
    expect(await countOf(2)).toBe(8);

    const { keyspace, table } = many;
    const undo = await send('anna', endpoints.changeMany.post, { keyspace, table, again: { job: id, take: 'undo' } });
    const start = await send('anna', endpoints.changeManyStart.post, {
      token: changeManyPlanSchema.parse(await undo.json()).token,
    });
    expect((await errorOf(start)).code).toBe('approval_required');
  });

  it('that began by an emergency pass is not resumed without one', async () => {
    await fill();
    await send('anna', endpoints.pass.post, { reason: 'The shop is down.', minutes: 5 });
    const { token } = await planMany({ rowsPerSecond: 1 });
    const { id } = jobSchema.parse(await (await send('anna', endpoints.changeManyStart.post, { token })).json());
    await control(id, 'pause');
    await send('anna', endpoints.pass.delete);
    expect((await errorOf(await control(id, 'resume'))).message).toMatch(/without a second person/);
    await send('anna', endpoints.job.delete, undefined, { id });
  });

  it('copies from a cluster that wants nobody into one that does: it waits there', async () => {
    await fill();
    await plain.execute(`CREATE TABLE ${KEYSPACE}.copied (p int PRIMARY KEY, v int)`);
    const free = { cluster: 'free' };
    const target = { cluster: 'test', keyspace: KEYSPACE, table: 'copied' };
    const copy = async () => {
      const response = await send('anna', endpoints.copy.post, { keyspace: KEYSPACE, table: 'many', target }, free);
      return copyPlanSchema.parse(await response.json()).token;
    };
    const held = await send('anna', endpoints.copyStart.post, { token: await copy() }, free);
    expect((await errorOf(held)).code).toBe('approval_required');
    const wanted = { of: 'copy', token: await copy(), reason: 'A copy of all.' };
    const asked = await approvalIn(await send('anna', endpoints.approvals.post, wanted, free));
    expect(asked).toMatchObject({ cluster: 'test', state: 'waiting' });
    await act('ben', asked.id, { action: 'approve' });
    const { ran } = await approvalIn(await act('anna', asked.id, { action: 'run' }));
    expect(await rested(ran?.job ?? '')).toMatchObject({ state: 'complete' });
    expect((await plain.execute(`SELECT p FROM ${KEYSPACE}.copied`)).rowLength).toBe(8);
  });

  it('never runs by a schedule', async () => {
    const copy = { keyspace: KEYSPACE, table: 'orders', target: { keyspace: KEYSPACE, table: 'other' } };
    const asker = { name: 'anna', way: 'header' as const, groups: ['anna'] };
    const schedule = { ...when, name: 'nightly', kind: 'copy', request: copy };
    const made = serverSchedules().create({ id: 'person-x', name: 'anna', asker }, 'test', schedule);
    await expect(made).rejects.toMatchObject({ error: { code: 'approval_required' } });
  });
});

const ID = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11';
const named = { keyspace: KEYSPACE, table: 'orders' };
const script = (statement: string) => ({ id: ID, onFailure: 'stop', statements: [write(statement)] });
const UPDATE = `UPDATE ${ORDERS} SET v = 1 WHERE p = 1`;
const EACH = `UPDATE ${ORDERS} SET v = 1 WHERE p = ?`;

/** Whatever may change something in Cassandra: what is sent to it. Those of a token are held before the token counts. */
const HELD: readonly (readonly [Endpoint, unknown])[] = [
  [endpoints.query.post, write(UPDATE)],
  [endpoints.query.post, write(`INSERT INTO ${ORDERS} (p) VALUES (1)`)],
  [endpoints.query.post, write(`DELETE FROM ${ORDERS} WHERE p = 1`)],
  [endpoints.query.post, write(`BEGIN BATCH ${UPDATE}; APPLY BATCH`)],
  [endpoints.query.post, write(`TRUNCATE ${ORDERS}`, 'orders')],
  [endpoints.query.post, write(`ALTER TABLE ${ORDERS} ADD w int`)],
  [endpoints.query.post, write(`CREATE INDEX ON ${ORDERS} (v)`)],
  [endpoints.query.post, write(`DROP TABLE ${ORDERS}`, 'orders')],
  [endpoints.query.post, write('CREATE ROLE r')],
  [endpoints.query.post, write(`GRANT SELECT ON ${ORDERS} TO r`)],
  [endpoints.script.post, script(UPDATE)],
  [
    endpoints.each.post,
    { id: ID, statement: EACH, markers: [{ column: 0 }], rows: [['1']], confirm: { statement: EACH, rows: 1 } },
  ],
  [endpoints.mutationRun.post, { token: 'x' }],
  [endpoints.changeManyStart.post, { token: 'x' }],
  [endpoints.loadStart.post, { token: 'x' }],
  [
    endpoints.sparkStart.post,
    { request: { do: 'copy', ...named, to: named, mapping: [{ from: { field: 'p' }, to: 'p' }] } },
  ],
  [endpoints.scheduleCreate.post, { ...when, name: 'x', kind: 'load', request: { ...named, from: { path: '/x' } } }],
];

/** Right to change something, and why its requests are not held where they come in. */
const ELSEWHERE: ReadonlyMap<Endpoint, string> = new Map<Endpoint, string>([
  [endpoints.copyStart.post, 'its cluster is that of the token: held where the job starts'],
  [endpoints.savedStatements.post, 'a file of Ringside'],
  [endpoints.savedStatement.delete, 'a file of Ringside'],
  [endpoints.moveStatement.post, 'a file of Ringside'],
  [endpoints.importStatement.post, 'a file of Ringside'],
  [endpoints.configurationPlan.post, 'the configuration of Ringside'],
  [endpoints.configurationSave.post, 'the configuration of Ringside'],
  [endpoints.configurationTest.post, 'a connection, no statement'],
  [endpoints.connectTest.post, 'a connection, no statement'],
  [endpoints.cqlshrc.post, 'a text'],
  [endpoints.replicaResults.post, 'takes a SELECT alone'],
  [endpoints.peopleSession.delete, 'a session of Ringside'],
  [endpoints.personSessions.delete, 'sessions of Ringside'],
  [endpoints.peopleApiToken.delete, 'an API token of Ringside'],
]);

describe('a walk through every endpoint that may write', { timeout: 60_000 }, () => {
  it('leaves none out', () => {
    const all: readonly Endpoints[] = Object.values(endpoints);
    const writing = all
      .flatMap((address): Endpoint[] => Object.values(address))
      .filter((endpoint) => {
        const rights = [endpoint.right].flat();
        const isWriting = rights.some(
          (right) => /^(write|ddl|admin) /.test(right) || /(statement|spark|repeated)$/.test(right),
        );
        return isWriting && endpoint.method !== 'GET' && endpoint.secondPerson !== 'not needed';
      });
    const walked = new Set([...HELD.map(([endpoint]) => nameOf(endpoint)), ...[...ELSEWHERE.keys()].map(nameOf)]);
    expect(new Set(writing.map(nameOf))).toEqual(walked);
  });

  it.each(HELD.map(([endpoint, input]) => [`${nameOf(endpoint)} ${JSON.stringify(input)}`, endpoint, input] as const))(
    '%s',
    async (_name, endpoint, input) => {
      const response = await send('anna', endpoint, input);
      expect(await errorOf(response)).toMatchObject({ code: 'approval_required' });
    },
  );

  it('holds no read', async () => {
    const response = await send('anna', endpoints.query.post, { statement: `SELECT * FROM ${ORDERS}` });
    expect(response.status).toBe(200);
    await response.text();
  });
});

describe('an API token', { timeout: 60_000 }, () => {
  it('is no second person: it asks for nothing, decides on nothing, and takes no pass', async () => {
    const { id } = await askFor(`UPDATE ${ORDERS} SET v = 81 WHERE p = 81`);
    const by = (who: string, endpoint: Endpoint, input: unknown) => send(who, endpoint, input, { id }, TOKEN);
    const refused = await Promise.all([
      by('anna', endpoints.approvals.post, { of: 'statement', request: write(`TRUNCATE ${ORDERS}`), reason: 'why' }),
      by('ben', endpoints.approval.post, { action: 'approve' }),
      by('anna', endpoints.approval.post, { action: 'withdraw' }),
      by('anna', endpoints.pass.post, { reason: 'why', minutes: 1 }),
    ]);
    for (const response of refused) {
      const { code, message } = await errorOf(response);
      expect([code, message]).toEqual(['forbidden', expect.stringContaining('an API token cannot be used')]);
    }
    const { approvals } = await listFor('anna');
    expect(approvals.find((one) => one.id === id)?.state).toBe('waiting');
    expect(serverApprovals().passes.of('test')).toEqual([]);
    await act('anna', id, { action: 'withdraw' });
  });
});

describe('an emergency pass', { timeout: 60_000 }, () => {
  it('lets its person change the cluster until it ends, and each change is in the audit', async () => {
    const take = (who: string, minutes: number) =>
      send(who, endpoints.pass.post, { reason: 'The shop is down.', minutes });
    expect((await errorOf(await take('anna', 61))).message).toMatch(/60 minutes/);
    expect((await take('anna', 10)).status).toBe(201);
    expect((await listFor('ben')).passes).toMatchObject([
      { person: 'anna', isOwn: false, reason: 'The shop is down.' },
    ]);
    const run = (who: string) => send(who, endpoints.query.post, write(`UPDATE ${ORDERS} SET v = 77 WHERE p = 61`));
    await (await run('anna')).text();
    expect(await valueAt(61)).toBe(77);
    expect((await errorOf(await run('ben'))).code).toBe('approval_required');
    const update = write(`UPDATE ${ORDERS} SET v = 78 WHERE p = 61`);
    const byToken = await send('anna', endpoints.query.post, update, {}, TOKEN);
    expect((await errorOf(byToken)).code).toBe('approval_required');
    expect(await valueAt(61)).toBe(77);

    expect((await send('anna', endpoints.pass.delete)).status).toBe(204);
    expect((await errorOf(await run('anna'))).code).toBe('approval_required');
    expect(serverApprovals().passes.of('test')).toEqual([]);
    await vi.waitFor(async () => {
      const files = readdirSync(join(data, 'audit')).map((name) => readFileSync(join(data, 'audit', name), 'utf8'));
      const entries = files
        .join('')
        .trim()
        .split('\n')
        .map((line) => auditEntrySchema.parse(JSON.parse(line)));
      const passed = entries.filter(({ pass }) => pass !== undefined);
      const names = passed.map(({ event, endpoint }) => `${event} ${endpoint?.split('/').at(-1) ?? ''}`);
      expect(names).toEqual(expect.arrayContaining(['request pass', 'begun query', 'request query', 'pass ']));
      expect(entries.filter(({ approval }) => approval?.state === 'approved').length).toBeGreaterThan(0);
    });
  });
});
