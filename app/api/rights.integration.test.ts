import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import type { Narrowing } from '@/lib/contract/api-tokens';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { errorBodySchema } from '@/lib/contract/errors';
import { Failure } from '@/lib/failure';
import { principalOf } from '@/lib/http/principal';
import { rightsOfRequest } from '@/lib/http/rights';
import { routes } from '@/lib/http/route';
import { serverJobs } from '@/lib/server-jobs';
import { serverSchedules } from '@/lib/server-schedules';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { allRoutes, type Handler, nameOf } from './test-routes';

/** Every route and every ready-made role, before a real Cassandra that is read-only, so that nothing changes. */

const data = mkdtempSync(join(tmpdir(), 'ringside-rights-'));
const KEYSPACE = 'ringside_rights_test';
const ORDERS = { keyspace: KEYSPACE, table: 'orders' };
const SECRETS = { keyspace: KEYSPACE, table: 'secrets' };
const group = (name: string) => ({ name, subjects: [{ group: name }] });
const ROLES = [
  ...(['viewer', 'analyst', 'editor', 'operator', 'admin'] as const).map((as) => ({ ...group(as), as })),
  { ...group('partial'), as: 'editor', keyspaces: [KEYSPACE], tables: ['orders', 'secrets_by_v'] },
];
/** In the order of the letters in which outcomes are written below. */
const PEOPLE = ['viewer', 'analyst', 'editor', 'operator', 'admin', 'partial', 'nobody'];
const LETTERS = 'vaeoxpn';

vi.stubEnv('RINGSIDE_DATA_DIR', data);
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [{ ...clusterConfig({ writes: false }) }, { ...clusterConfig(), name: 'other' }],
    // Without passwords, whose hashes take their time.
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    roles: ROLES,
  }),
);

testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.orders (p int PRIMARY KEY, v int)`,
    `CREATE TABLE ${KEYSPACE}.secrets (p int PRIMARY KEY, v int)`,
    `CREATE MATERIALIZED VIEW ${KEYSPACE}.secrets_by_v AS SELECT * FROM ${KEYSPACE}.secrets
      WHERE v IS NOT NULL AND p IS NOT NULL PRIMARY KEY (v, p)`,
  ],
);

let handlers: ReadonlyMap<string, Handler> = new Map();

beforeAll(async () => {
  handlers = await allRoutes();
});
afterAll(async () => {
  await serverSchedules().close();
  await serverJobs().suspend();
  await closeClusters();
  rmSync(data, { recursive: true, force: true });
});

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly input?: unknown;
}

/** The same check before a handler that only says it was reached: what real handlers do, they need not do for everybody. */
function probe(endpoint: Endpoint): Handler {
  const check = routes({ principalOf, rightsOf: rightsOfRequest, auditedCall: () => null });
  return check(endpoint, () => {
    throw new Failure({ code: 'not_found', message: 'Reached.', retryable: false });
  });
}

/** Whether a handler answered, whatever it says, or why not. @param token an API token of theirs that it comes with */
async function outcomeOf(
  endpoint: Endpoint,
  { params = {}, input }: Asked,
  who: string,
  isProbe: boolean,
  token?: Narrowing,
) {
  const url = new URL(`http://localhost${endpoint.path}`);
  if (endpoint.input.in === 'parameter') url.searchParams.set(endpoint.input.name, JSON.stringify(input));
  if (endpoint.input.in === 'search') {
    for (const [key, value] of Object.entries(input ?? {})) url.searchParams.set(key, String(value));
  }
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input) } : {};
  const person = { name: who, way: 'header' as const, groups: [who], session: 'x' };
  const came = token === undefined ? person : { ...person, token: { id: 'x', name: 'ci', ...token } };
  const headers = { [PERSON_HEADER]: encodePerson(came) };
  const request = new Request(url, { method: endpoint.method, headers, ...body });
  const handler = isProbe ? probe(endpoint) : handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  const inPath = endpoint.path.includes('{cluster}') ? { cluster: 'test', ...params } : params;
  const response = await handler(request, { params: Promise.resolve(inPath) });
  if (response.ok || response.status === 303) {
    await response.body?.cancel();
    return 'passes';
  }
  const { error } = errorBodySchema.parse(await response.json());
  // An input that is not valid proves nothing.
  if (error.message.startsWith('The request is invalid')) throw new Error(`${nameOf(endpoint)}: ${error.message}`);
  const isUnseen = error.message.startsWith('No cluster named');
  if (isUnseen) return 'unseen';
  return error.code === 'forbidden' ? 'forbidden' : 'passes';
}

const ID = '4f8f1b0e-6c0c-4f6e-9a53-0e6f4f4a9b11';
const ALL = 'vaeoxpn';
const SEES = 'vaeoxp';
const SEES_ALL = 'vaeox';
const key = { key: { p: 1 } };
const select = { statement: `SELECT * FROM ${KEYSPACE}.orders` };
const hidden = { statement: `SELECT * FROM ${KEYSPACE}.secrets` };
const csv = { format: 'csv' };
const spark = { ...csv, do: 'export', ...ORDERS };
const change = { changes: [{ kind: 'delete', ...key }] };
const range = { change: { kind: 'delete_partition', key: { p: 1 } } };
const load = { from: { path: '/nowhere' } };
const dry = { ...load, source: { format: 'csv' }, bind: { mapping: [{ from: { field: 'p' }, to: 'p' }] } };
const when = { pattern: '@daily', timeZone: 'UTC', keep: { runs: 1, days: null }, webhook: null };
const connection = { contactPoints: ['127.0.0.1'], port: 1 };
const saved = { cluster: null, keyspace: null, description: null, parameters: [] };
const version = 'A'.repeat(22);
const configured = {
  cluster: {
    ...{ name: 'made', isNew: true, disabled: false, contactPoints: ['127.0.0.1'], port: 1, tls: null },
    ...{ username: 'none', password: 'none', consistency: 'LOCAL_ONE', pageRows: 100, writes: false },
  },
};
const write = (statement: string) => ({ statement, confirm: { statement } });
const script = (...statements: string[]) => ({ id: ID, onFailure: 'stop', statements: statements.map(write) });
const each = (statement: string) => ({ id: ID, statement, markers: [{ column: 0 }], rows: [['1']] });

/** What is asked of each endpoint, and the people who may. */
const WALK: readonly (readonly [Endpoint, Asked, string])[] = [
  [endpoints.approvals.get, {}, SEES],
  [endpoints.approvals.post, { input: { of: 'statement', request: write('TRUNCATE a.b'), reason: 'why' } }, SEES],
  [endpoints.approval.get, { params: { id: ID } }, SEES],
  [endpoints.approval.post, { params: { id: ID }, input: { action: 'withdraw' } }, SEES],
  [endpoints.pass.post, { input: { reason: 'why', minutes: 1 } }, 'exp'],
  [endpoints.pass.delete, {}, SEES],
  [endpoints.audit.get, {}, 'x'],
  [endpoints.auditFile.get, {}, 'x'],
  [endpoints.changeMany.post, { input: { ...ORDERS, set: { v: 1 } } }, 'exp'],
  [endpoints.changeMany.post, { input: { ...SECRETS, set: { v: 1 } } }, 'ex'],
  [endpoints.changeManyStart.post, { input: { token: 'x' } }, 'exp'],
  [endpoints.deletionCount.post, { input: { ...ORDERS, ...range } }, 'exp'],
  [endpoints.deletionCount.post, { input: { ...SECRETS, ...range } }, 'ex'],
  [endpoints.schema.get, {}, SEES],
  [endpoints.describe.get, { input: ORDERS }, SEES],
  [endpoints.describe.get, { input: SECRETS }, SEES_ALL],
  [endpoints.describe.get, { input: { keyspace: KEYSPACE } }, SEES_ALL],
  [endpoints.sizes.get, {}, SEES],
  [endpoints.topology.get, {}, SEES],
  [endpoints.topology.get, { input: { keyspace: KEYSPACE } }, SEES],
  [endpoints.topology.get, { input: { keyspace: 'elsewhere' } }, SEES_ALL],
  [endpoints.replicas.post, { input: { ...ORDERS, ...key } }, SEES],
  [endpoints.replicas.post, { input: { ...SECRETS, ...key } }, SEES_ALL],
  [endpoints.clusterEvents.get, {}, SEES_ALL],
  [endpoints.compare.post, { input: { ...ORDERS, target: ORDERS } }, 'aexp'],
  [endpoints.compare.post, { input: { ...ORDERS, target: SECRETS } }, 'aex'],
  [endpoints.compare.post, { input: { ...SECRETS, target: ORDERS } }, 'aex'],
  [endpoints.compareStart.post, { input: { ...SECRETS, target: ORDERS } }, 'aex'],
  [endpoints.configuration.get, {}, 'x'],
  [endpoints.configurationPlan.post, { input: configured }, 'x'],
  [endpoints.configurationSave.post, { input: { ...configured, revision: 'x' } }, 'x'],
  [endpoints.configurationTest.post, { input: configured }, 'x'],
  [endpoints.copy.post, { input: { ...ORDERS, target: { cluster: 'other', ...ORDERS } } }, 'exp'],
  [endpoints.copy.post, { input: { ...SECRETS, target: ORDERS } }, 'ex'],
  [endpoints.copy.post, { input: { ...ORDERS, target: SECRETS } }, 'ex'],
  [endpoints.copy.post, { input: { ...select, target: ORDERS, create: true } }, 'x'],
  [endpoints.copyStart.post, { input: { token: 'x' } }, 'exp'],
  [endpoints.download.get, { input: { ...csv, ...ORDERS } }, 'aexp'],
  [endpoints.download.get, { input: { ...csv, ...SECRETS } }, 'aex'],
  [endpoints.download.post, { input: { ...csv, ...hidden } }, 'aex'],
  [endpoints.exportList.get, {}, ALL],
  [endpoints.exportProgress.get, { params: { id: ID } }, ALL],
  [endpoints.exportProgress.delete, { params: { id: ID } }, ALL],
  [endpoints.jobStart.post, { input: { ...csv, ...SECRETS } }, 'aex'],
  [endpoints.jobList.get, {}, ALL],
  [endpoints.job.get, { params: { id: ID } }, ALL],
  [endpoints.job.post, { params: { id: ID }, input: { action: 'pause' } }, ALL],
  [endpoints.job.delete, { params: { id: ID } }, ALL],
  [endpoints.jobPart.get, { params: { id: ID, name: 'manifest.json' } }, 'aexp'],
  [endpoints.holdExport.post, { input: { ...csv, ...select } }, 'aexp'],
  [endpoints.holdExport.post, { input: { ...csv, ...SECRETS } }, 'aex'],
  [endpoints.heldDownload.get, { params: { id: ID } }, 'aexp'],
  [endpoints.loadUploads.get, {}, 'exp'],
  [endpoints.loadUploads.post, { input: { name: 'a.csv', bytes: 1 } }, 'exp'],
  [endpoints.loadUpload.post, { params: { id: ID }, input: { at: 0 } }, 'exp'],
  [endpoints.loadUpload.delete, { params: { id: ID } }, 'exp'],
  [endpoints.loadFiles.get, {}, 'exp'],
  [endpoints.loadPreview.post, { input: { ...ORDERS, ...load } }, 'exp'],
  [endpoints.loadPreview.post, { input: { ...SECRETS, ...load } }, 'ex'],
  [endpoints.loadDryRun.post, { input: { ...ORDERS, ...dry } }, 'exp'],
  [endpoints.loadDryRun.post, { input: { ...SECRETS, ...dry } }, 'ex'],
  [endpoints.loadStart.post, { input: { token: 'x' } }, 'exp'],
  [endpoints.mutations.post, { input: { ...ORDERS, ...change } }, 'exp'],
  [endpoints.mutations.post, { input: { ...SECRETS, ...change } }, 'ex'],
  [endpoints.mutationRun.post, { input: { token: 'x' } }, 'exp'],
  [endpoints.mutationStop.post, { input: { token: 'x' } }, 'exp'],
  [endpoints.mutationLook.post, { input: { token: 'x', statements: [0] } }, 'exp'],
  [endpoints.verdict.get, {}, SEES_ALL],
  [endpoints.mutes.post, { input: { id: 'x', reason: 'y', days: 1 } }, 'ox'],
  [endpoints.mutes.delete, { input: { id: 'x' } }, 'ox'],
  [endpoints.nodeViews.get, {}, 'ox'],
  [endpoints.live.get, {}, SEES_ALL],
  [endpoints.live.get, { input: ORDERS }, SEES],
  [endpoints.live.get, { input: SECRETS }, SEES_ALL],
  [endpoints.tables.get, {}, SEES],
  [endpoints.tableNodes.get, { params: ORDERS }, SEES],
  [endpoints.tableNodes.get, { params: SECRETS }, SEES_ALL],
  [endpoints.tableRepair.get, { params: ORDERS }, SEES],
  [endpoints.tableRepair.get, { params: SECRETS }, SEES_ALL],
  [endpoints.find.post, { params: ORDERS, input: { what: 'wide', places: 1 } }, 'aexp'],
  [endpoints.find.post, { params: SECRETS, input: { what: 'wide', places: 1 } }, 'aex'],
  [endpoints.nodes.get, {}, 'ox'],
  [endpoints.nodeSection.get, { input: { node: 'x', section: 'clients' } }, 'ox'],
  [endpoints.ownRights.get, { input: SECRETS }, SEES],
  [endpoints.personRights.get, { input: { name: 'zoe', way: 'oidc', ...SECRETS } }, 'x'],
  [endpoints.roles.get, {}, 'ox'],
  [endpoints.savedStatements.get, {}, SEES],
  [endpoints.savedStatements.post, { input: { ...saved, path: 'a', text: 'SELECT', version: null } }, 'exp'],
  [endpoints.savedStatements.post, { input: { ...saved, path: 'private:/a', text: 'SELECT', version: null } }, SEES],
  [endpoints.savedStatement.get, { input: { path: 'private:/b' } }, SEES],
  [endpoints.savedStatement.delete, { input: { path: 'private:/b', version } }, SEES],
  [endpoints.moveStatement.post, { input: { path: 'private:/b', to: 'private:/c', version } }, SEES],
  [endpoints.moveStatement.post, { input: { path: 'private:/b', to: 'c', version } }, 'exp'],
  [endpoints.moveStatement.post, { input: { path: 'c', to: 'private:/b', version } }, 'exp'],
  [endpoints.importStatement.post, { input: { path: 'private:/d', text: 'x' } }, SEES],
  [endpoints.savedStatement.get, { input: { path: 'b' } }, SEES],
  [endpoints.savedStatement.delete, { input: { path: 'b', version } }, 'exp'],
  [endpoints.moveStatement.post, { input: { path: 'b', to: 'c', version } }, 'exp'],
  [endpoints.importStatement.post, { input: { path: 'd', text: 'x' } }, 'exp'],
  [endpoints.savedFiles.get, {}, SEES],
  [endpoints.keepText.post, { input: { text: 'x', keyspace: null } }, SEES],
  [endpoints.keptText.get, { params: { id: 'x' } }, SEES],
  [
    endpoints.scheduleCreate.post,
    { input: { ...when, name: 'x', kind: 'export', request: { ...csv, ...SECRETS } } },
    'aex',
  ],
  [endpoints.schedulePlan.post, { input: { kind: 'export', request: { ...csv, ...ORDERS } } }, 'aexp'],
  [endpoints.schedulePlan.post, { input: { kind: 'load', request: { ...ORDERS, ...load } } }, 'exp'],
  [endpoints.schedulePlan.post, { input: { kind: 'change', request: SECRETS } }, 'ex'],
  [endpoints.scheduleList.get, {}, ALL],
  [endpoints.schedule.get, { params: { name: 'y' } }, ALL],
  [endpoints.schedule.post, { params: { name: 'y' }, input: { action: 'run' } }, ALL],
  [endpoints.schedule.delete, { params: { name: 'y' } }, ALL],
  [endpoints.scheduleTimes.get, { input: { pattern: '@daily', timeZone: 'UTC' } }, ALL],
  [endpoints.health.get, {}, ALL],
  [endpoints.state.get, {}, ALL],
  [endpoints.clusters.get, {}, ALL],
  [endpoints.ownCassandraRestart.post, {}, 'ox'],
  [endpoints.connectTest.post, { input: connection }, 'x'],
  [endpoints.cqlshrc.post, { input: { text: '' } }, 'x'],
  [endpoints.signIn.get, {}, ALL],
  [endpoints.signIn.post, { input: { name: 'zoe', password: 'not the right one' } }, ALL],
  [endpoints.signIn.delete, {}, ALL],
  [endpoints.signInOidc.get, { params: { provider: 'x' } }, ALL],
  [endpoints.signInOidcCallback.get, { params: { provider: 'x' } }, ALL],
  [endpoints.sessions.get, {}, ALL],
  [endpoints.session.delete, { params: { id: 'x' } }, ALL],
  [endpoints.ownPassword.post, { input: { current: 'not the right one', password: 'another one' } }, ALL],
  [endpoints.apiTokens.get, {}, ALL],
  [endpoints.apiTokens.post, { input: { name: 'ci', days: 7 } }, ALL],
  [endpoints.apiToken.delete, { params: { id: 'x' } }, ALL],
  [endpoints.peopleApiTokens.get, {}, 'x'],
  [endpoints.peopleApiToken.delete, { params: { id: 'x' } }, 'x'],
  [endpoints.peopleSessions.get, {}, 'x'],
  [endpoints.peopleSession.delete, { params: { id: 'x' } }, 'x'],
  [endpoints.personSessions.delete, { params: { person: 'x' } }, 'x'],
  [endpoints.sparkPlan.post, { input: { ...spark, ...SECRETS } }, 'aex'],
  [endpoints.sparkStart.post, { input: { request: { ...spark, ...SECRETS, target: '/not/allowed' } } }, 'aex'],
  [endpoints.classify.post, { input: hidden }, SEES],
  [endpoints.query.post, { input: select }, 'aexp'],
  [endpoints.query.post, { input: hidden }, 'aex'],
  [endpoints.query.post, { input: { ...select, statement: 'SELECT * FROM orders', keyspace: KEYSPACE } }, 'aexp'],
  [endpoints.query.post, { input: { statement: `SELECT * FROM ${KEYSPACE}.secrets_by_v` } }, 'aex'],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system_schema.tables' } }, SEES],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system.local' } }, SEES],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system.paxos' } }, 'ox'],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system_auth.roles' } }, 'ox'],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system_views.clients' } }, 'ox'],
  [endpoints.query.post, { input: { statement: 'SELECT * FROM system_traces.sessions' } }, 'ox'],
  [endpoints.query.post, { input: write(`UPDATE ${KEYSPACE}.orders SET v = 1 WHERE p = 1`) }, 'exp'],
  [endpoints.query.post, { input: write(`TRUNCATE ${KEYSPACE}.orders`) }, 'x'],
  [endpoints.query.post, { input: write(`DROP TABLE ${KEYSPACE}.orders`) }, 'x'],
  [endpoints.query.post, { input: write("CREATE ROLE r WITH PASSWORD = 'x'") }, 'x'],
  [endpoints.query.post, { input: { statement: 'LIST ROLES' } }, 'ox'],
  [endpoints.query.post, { input: { statement: `DESCRIBE TABLE ${KEYSPACE}.orders` } }, SEES],
  [endpoints.query.post, { input: { statement: 'DESCRIBE SCHEMA' } }, SEES_ALL],
  [endpoints.query.post, { input: { statement: 'EXPLAIN THIS' } }, ''],
  [endpoints.script.post, { input: script(`UPDATE ${KEYSPACE}.orders SET v = 1 WHERE p = 1`) }, 'exp'],
  [
    endpoints.script.post,
    { input: script(`DELETE FROM ${KEYSPACE}.orders WHERE p = 1`, `DELETE FROM ${KEYSPACE}.secrets WHERE p = 1`) },
    'ex',
  ],
  [endpoints.scriptRun.delete, { params: { id: ID } }, SEES],
  [endpoints.prepare.post, { input: select }, 'aexp'],
  [endpoints.prepare.post, { input: hidden }, 'aex'],
  [endpoints.each.post, { input: each(`SELECT * FROM ${KEYSPACE}.orders WHERE p = ?`) }, 'aexp'],
  [endpoints.each.post, { input: each(`DELETE FROM ${KEYSPACE}.secrets WHERE p = ?`) }, 'ex'],
  [endpoints.eachRun.delete, { params: { id: ID } }, SEES],
  [endpoints.trace.get, { params: { id: 'x' } }, 'ox'],
  [endpoints.replicaResults.post, { input: { statement: `${select.statement} WHERE p = 1` } }, 'aexp'],
  [endpoints.replicaResults.post, { input: { statement: `${hidden.statement} WHERE p = 1` } }, 'aex'],
  [endpoints.historyList.get, {}, SEES],
  [endpoints.historyList.post, { input: { statement: 'x', keyspace: null } }, SEES],
  [endpoints.historyEntry.get, { params: { id: ID } }, SEES],
  [endpoints.rows.get, { params: ORDERS }, 'aexp'],
  [endpoints.rows.get, { params: SECRETS }, 'aex'],
  [endpoints.rows.post, { params: { ...SECRETS, table: 'secrets_by_v' }, input: {} }, 'aex'],
  [endpoints.rowCopies.post, { params: ORDERS, input: key }, 'aexp'],
  [endpoints.rowCopies.post, { params: SECRETS, input: key }, 'aex'],
  [endpoints.tableStats.get, { params: ORDERS }, SEES],
  [endpoints.tableStats.get, { params: SECRETS }, SEES_ALL],
  [endpoints.sample.post, { params: ORDERS, input: {} }, 'aexp'],
  [endpoints.sample.post, { params: SECRETS, input: {} }, 'aex'],
  [endpoints.tableDetails.get, { params: ORDERS }, SEES],
  [endpoints.tableDetails.get, { params: SECRETS }, SEES_ALL],
  [endpoints.count.post, { input: ORDERS }, 'aexp'],
  [endpoints.count.post, { input: SECRETS }, 'aex'],
];

describe('a walk through every route by every role', { timeout: 60_000 }, () => {
  it('leaves none out', () => {
    const all: readonly Endpoints[] = Object.values(endpoints);
    const routed = all.filter((address) => address !== endpoints.tickets).flatMap((address) => Object.values(address));
    expect(new Set(WALK.map(([endpoint]) => nameOf(endpoint)))).toEqual(new Set(routed.map(nameOf)));
  });

  it.each(WALK.map((cell) => [`${nameOf(cell[0])} ${JSON.stringify(cell[1].input ?? {})}`, ...cell] as const))(
    '%s',
    async (_name, endpoint, asked, expected) => {
      const passed: string[] = [];
      for (const [at, who] of PEOPLE.entries()) {
        const letter = LETTERS.charAt(at);
        // Whoever must not pass asks the real route, and so does the first who may.
        const outcome = await outcomeOf(endpoint, asked, who, expected.slice(1).includes(letter));
        if (outcome === 'passes') passed.push(letter);
        // To somebody without a role, no cluster is there.
        if (who === 'nobody' && endpoint.path.includes('{cluster}')) expect(outcome).toBe('unseen');
      }
      expect(passed.join('')).toBe(expected);
    },
  );
});

/** Of an admin, so that only the token can be what refuses. */
const TOKENS: readonly (readonly [what: string, Narrowing, (expected: string, endpoint: Endpoint) => string])[] = [
  [
    'may do what its person may',
    { readOnly: false, clusters: null },
    (expected) => (expected.includes('x') ? 'passes' : 'forbidden'),
  ],
  // See, read and export are what an analyst may.
  [
    'that is read-only may do what an analyst may, and keep nothing',
    { readOnly: true, clusters: null },
    (expected, { tokens }) => (expected.includes('a') && tokens === undefined ? 'passes' : 'forbidden'),
  ],
  [
    'for another cluster finds none here, and no right for all',
    { readOnly: false, clusters: ['other'] },
    (expected, { path, right }) => {
      if (path.includes('{cluster}')) return 'unseen';
      return expected.includes('x') && !`${right}`.includes('every cluster') ? 'passes' : 'forbidden';
    },
  ],
];

describe('a walk through every route with an API token of an admin', { timeout: 60_000 }, () => {
  it.each(WALK.map((cell) => [`${nameOf(cell[0])} ${JSON.stringify(cell[1].input ?? {})}`, ...cell] as const))(
    '%s',
    async (_name, endpoint, asked, expected) => {
      for (const [what, token, outcome] of TOKENS) {
        const wanted = endpoint.tokens === 'never' ? 'forbidden' : outcome(expected, endpoint);
        // The handlers themselves were reached by the walk above.
        const got = await outcomeOf(endpoint, asked, 'admin', wanted === 'passes', token);
        expect([what, got]).toEqual([what, wanted]);
      }
    },
  );
});
