import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serverAudit } from '@/lib/audit/server-audit';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import type { Endpoint, Endpoints } from '@/lib/contract/endpoint';
import * as endpoints from '@/lib/contract/endpoints';
import { serverJobs } from '@/lib/server-jobs';
import { serverSchedules } from '@/lib/server-schedules';
import { encodePerson, PERSON_HEADER } from '@/lib/sign-in/person';
import { allRoutes, type Handler, nameOf } from './test-routes';

/** Every way of giving Ringside the text of a statement, with a password that must be nowhere afterwards. */

const CANARY = 'canary-7f3a';
const DATA = mkdtempSync(join(tmpdir(), 'ringside-passwords-'));
const STATEMENTS = join(DATA, 'statements');
vi.stubEnv('RINGSIDE_DATA_DIR', DATA);
vi.stubEnv('RINGSIDE_STATEMENTS_DIR', STATEMENTS);
vi.stubEnv('RINGSIDE_EXPORT_DIR', join(DATA, 'exports'));
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [clusterConfig()],
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    roles: [{ name: 'admin', subjects: [{ everybody: true }], as: 'admin' }],
    audit: { parameters: 'keep' },
  }),
);
const KEYSPACE = 'ringside_passwords_test';
testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY)`]);

let handlers: ReadonlyMap<string, Handler> = new Map();
const logged: string[] = [];
beforeAll(async () => {
  for (const level of ['log', 'info', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => void logged.push(args.map(textOf).join(' ')));
  }
  handlers = await allRoutes();
  await serverAudit()?.begin();
  mkdirSync(STATEMENTS, { recursive: true });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await serverSchedules().close();
  await serverJobs().suspend();
  await serverAudit()?.end();
  await closeClusters();
  rmSync(DATA, { recursive: true, force: true });
});

const textOf = (value: unknown) => (value instanceof Error ? `${value.stack} ${value.cause}` : JSON.stringify(value));

/** The whole answer, as the last line that anybody reads of it. */
async function ask(endpoint: Endpoint, input: unknown): Promise<string> {
  const url = new URL(`http://localhost${endpoint.path}`);
  const body = endpoint.input.in === 'body' ? { body: JSON.stringify(input) } : {};
  if (endpoint.input.in === 'parameter') url.searchParams.set(endpoint.input.name, JSON.stringify(input));
  if (endpoint.input.in === 'search') url.search = new URLSearchParams(Object(input)).toString();
  const person = { name: 'anna', way: 'oidc' as const, groups: [], session: 'x' };
  const headers = { [PERSON_HEADER]: encodePerson(person) };
  const handler = handlers.get(nameOf(endpoint));
  if (handler === undefined) throw new Error(`There is no route for ${nameOf(endpoint)}.`);
  const request = new Request(url, { method: endpoint.method, headers, ...body });
  const text = await (await handler(request, { params: Promise.resolve({ cluster: 'test' }) })).text();
  // An input that is not valid proves nothing.
  expect(text, nameOf(endpoint)).not.toContain('The request is invalid');
  return text;
}

const ALTER = `ALTER ROLE ringside_nobody WITH PASSWORD = '${CANARY}'`;
const TEXTS = [
  ALTER,
  `CREATE ROLE ringside_nobody WITH HASHED PASSWORD = '${CANARY}' AND LOGIN = true`,
  `CREATE USER ringside_nobody WITH PASSWORD '${CANARY}' NOSUPERUSER`,
  `ALTER USER ringside_nobody WITH PASSWORD $$${CANARY}$$`,
  `CRAETE ROLE ringside_nobody WITH PASSWORD = '${CANARY}'`,
  `CREATE ROLE ringside_nobody WITH PASSWORD = '${CANARY}`,
  `-- ${ALTER}`,
  `-- ${ALTER}\nSELECT * FROM ${KEYSPACE}.t`,
];

const saved = {
  cluster: null,
  keyspace: null,
  description: `ALTER ROLE a WITH PASSWORD = '${CANARY}'`,
  parameters: [],
  version: null,
};
const when = { pattern: '@daily', timeZone: 'UTC', keep: { runs: 1, days: null }, webhook: null };
const csv = { format: 'csv' };

/** Each endpoint that takes a statement, with what is asked of it. */
const WAYS: readonly (readonly [Endpoint, (text: string, at: number) => unknown])[] = [
  [endpoints.savedStatements.post, (text, at) => ({ ...saved, path: `shared ${at}`, text })],
  [endpoints.savedStatements.post, (text, at) => ({ ...saved, path: `private:/mine ${at}`, text })],
  [endpoints.importStatement.post, (text, at) => ({ path: `imported ${at}`, text: `-- note: ${text}\n\n${text}` })],
  [endpoints.keepText.post, (text) => ({ text, keyspace: null })],
  [endpoints.query.post, (text) => ({ statement: text, confirm: { statement: text } })],
  [
    endpoints.script.post,
    (text) => ({
      ...{ id: randomUUID(), onFailure: 'continue' },
      statements: [text, 'SELECT * FROM system.local'].map((statement) => ({ statement, confirm: { statement } })),
    }),
  ],
  [
    endpoints.each.post,
    (text) => ({
      ...{ id: randomUUID(), statement: text, confirm: { statement: text, rows: 1 }, markers: [{ column: 0 }] },
      rows: [['1']],
    }),
  ],
  [endpoints.classify.post, (statement) => ({ statement })],
  [endpoints.prepare.post, (statement) => ({ statement })],
  [endpoints.replicaResults.post, (statement) => ({ statement })],
  [endpoints.historyList.post, (statement) => ({ statement, keyspace: null })],
  [endpoints.jobStart.post, (statement) => ({ ...csv, statement })],
  [endpoints.holdExport.post, (statement) => ({ ...csv, statement })],
  [endpoints.download.get, (statement) => ({ ...csv, statement })],
  [endpoints.download.post, (statement) => ({ ...csv, statement })],
  [endpoints.copy.post, (statement) => ({ statement, target: { keyspace: KEYSPACE, table: 't' } })],
  [
    endpoints.scheduleCreate.post,
    (statement, at) => ({ ...when, name: `x${at}`, kind: 'export', request: { ...csv, statement } }),
  ],
  [endpoints.schedulePlan.post, (statement) => ({ kind: 'export', request: { ...csv, statement } })],
];

/** Every file below the data folder. */
function files(): string[] {
  const entries = readdirSync(DATA, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('a password in a statement', { timeout: 60_000 }, () => {
  it('is sent to every endpoint that takes one', () => {
    const all: readonly Endpoints[] = Object.values(endpoints);
    const takes = all.flatMap((address) => Object.values(address)).filter(({ input }) => takesStatement(input.schema));
    // The text of a cqlshrc is settings, and that of an audit is searched for.
    const none: readonly Endpoint[] = [endpoints.cqlshrc.post, endpoints.audit.get, endpoints.auditFile.get];
    const others = takes.filter((endpoint) => !none.includes(endpoint)).map(nameOf);
    expect(WAYS.map(([endpoint]) => nameOf(endpoint))).toEqual(expect.arrayContaining(others));
    expect(others.length).toBeGreaterThan(10);
  });

  it('is in no file and no line of the log', async () => {
    writeFileSync(join(STATEMENTS, 'by hand.cql'), ALTER);
    const byHand: { version?: string } = JSON.parse(await ask(endpoints.savedStatement.get, { path: 'by hand' }));
    await ask(endpoints.moveStatement.post, { path: 'by hand', to: 'private:/by hand', version: byHand.version });
    for (const [endpoint, inputOf] of WAYS) {
      for (const [at, text] of TEXTS.entries()) await ask(endpoint, inputOf(text, at));
    }
    await serverAudit()?.files();
    await expect
      .poll(() => places())
      .toEqual(expect.arrayContaining(['audit', 'history', 'private-statements', 'statements', 'texts']));
    for (const path of files()) {
      expect(path).not.toContain(CANARY);
      expect(readFileSync(path, 'utf8').includes(CANARY), path).toBe(false);
    }
    expect(logged.join('\n')).not.toContain(CANARY);
  });
});

const places = () => readdirSync(DATA).filter((name) => files().some((path) => path.startsWith(join(DATA, name))));

function takesStatement(schema: object): boolean {
  const { shape = {} } = Object(schema);
  return 'statement' in Object(shape) || 'text' in Object(shape);
}
