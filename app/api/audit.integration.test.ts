import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serverAudit } from '@/lib/audit/server-audit';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { type AuditEntry, auditEntrySchema, auditResponseSchema } from '@/lib/contract/audit';
import { errorBodySchema } from '@/lib/contract/errors';
import { GET as getFile } from './audit/file/route';
import { GET as getAudit } from './audit/route';
import { POST as exportTable } from './clusters/[cluster]/export/route';
import { POST as query } from './clusters/[cluster]/query/route';
import { POST as readRows } from './clusters/[cluster]/tables/[keyspace]/[table]/rows/route';

const DATA = mkdtempSync(join(tmpdir(), 'ringside-audit-'));
const FILE = join(DATA, 'audit', 'audit.ndjson');
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({ clusters: [clusterConfig()], audit: { ifFailing: 'refuse_writes', fileMb: 1 } }),
);
vi.stubEnv('RINGSIDE_DATA_DIR', DATA);

const KEYSPACE = 'ringside_audit_test';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int, c int, v text, PRIMARY KEY (k, c))`]);
beforeAll(async () => {
  await serverAudit()?.begin();
  const rows = Array.from({ length: 30 }, (_, at) => [1, at, `value ${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, c, v) VALUES (?, ?, ?)`, rows);
});
afterAll(async () => {
  await closeClusters();
  rmSync(DATA, { recursive: true });
});

const on = <T extends object>(params: T) => ({ params: Promise.resolve({ cluster: 'test', ...params }) });
const post = (body: object) => new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) });
const run = (statement: string, more: object = {}) =>
  query(post({ statement, confirm: { statement }, ...more }), on({}));

function lines(): AuditEntry[] {
  if (!existsSync(FILE)) return [];
  const texts = readFileSync(FILE, 'utf8').split('\n').filter(Boolean);
  return texts.map((text) => auditEntrySchema.parse(JSON.parse(text)));
}

const answered = () => lines().filter(({ event }) => event === 'request');
let seen = 0;

/** The newest line, once so many more requests have theirs. */
async function newest(endpoint: string, requests = 1): Promise<AuditEntry | undefined> {
  seen += requests;
  await expect.poll(() => answered().length).toBe(seen);
  expect(answered().at(-1)?.endpoint).toBe(`POST /api/clusters/{cluster}/${endpoint}`);
  return answered().at(-1);
}

describe('the audit of a real cluster', () => {
  it('says how a statement ended: rows, bytes, coordinator', async () => {
    const statement = `SELECT c FROM t WHERE k = ? LIMIT 20`;
    const text = await (await run(statement, { keyspace: KEYSPACE, params: [1], consistency: 'ONE' })).text();
    expect(await newest('query')).toMatchObject({
      ...{ event: 'request', outcome: 'done', cluster: 'test', tables: [`${KEYSPACE}.t`], statement, rows: 20 },
      ...{ consistency: 'ONE', bytes: Buffer.byteLength(text), coordinators: [expect.stringMatching(/:\d+$/)] },
      input: { keyspace: KEYSPACE, params: '•••', consistency: 'ONE' },
    });
  });

  it('announces a change before it is made, and has neither its password nor an error that quotes it', async () => {
    const statement = `CREATE ROLE ringside_audit_nobody WITH PASSWORD = 'hunter2' AND NONSENSE = true`;
    await (await run(statement)).text();
    expect(await newest('query')).toMatchObject({ outcome: 'failed', statement: expect.stringContaining("'•••'") });
    expect(lines().at(-2)).toMatchObject({ event: 'begun', outcome: 'begun' });
    expect(readFileSync(FILE, 'utf8')).not.toContain('hunter2');
  });

  it('says how a browsed table ended, without the values that it was filtered by', async () => {
    const filters = [{ column: 'k', operator: '=', value: 1 }];
    await (await readRows(post({ filters, maxPages: 0 }), on({ keyspace: KEYSPACE, table: 't' }))).text();
    const line = await newest('tables/{keyspace}/{table}/rows');
    expect(line).toMatchObject({ outcome: 'done', rows: 30, tables: [`${KEYSPACE}.t`] });
    expect(line?.statement).toMatch(/WHERE .*k.* = '•••'/);
  });

  it('says how much was exported, and that a reader left', async () => {
    const request = { keyspace: KEYSPACE, table: 't', format: 'csv' };
    const text = await (await exportTable(post(request), on({}))).text();
    expect(await newest('export')).toMatchObject({ outcome: 'done', rows: 30, bytes: Buffer.byteLength(text) });
    const response = await run(`SELECT * FROM ${KEYSPACE}.t`, { pageRows: 5, maxPages: 0 });
    const reader = response.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(await newest('query')).toMatchObject({ outcome: 'stopped' });
  });

  it('refuses a change while it cannot be written, sends nothing, and goes on when it can', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const insert = `INSERT INTO ${KEYSPACE}.t (k, c) VALUES (2, 2)`;
    renameSync(join(DATA, 'audit'), join(DATA, 'away'));
    const refused = await run(insert);
    expect(refused.status).toBe(503);
    expect(errorBodySchema.parse(await refused.json()).error.code).toBe('audit_unavailable');
    const select = `SELECT c FROM ${KEYSPACE}.t WHERE k = 2`;
    expect(await (await run(select)).text()).toContain('"end":{"rows":0');
    renameSync(join(DATA, 'away'), join(DATA, 'audit'));
    await (await run(insert)).text();
    await newest('query', 3);
    expect(lines().slice(-4)).toMatchObject([
      { event: 'request', outcome: 'refused', error: 'audit_unavailable', statement: insert },
      { event: 'request', outcome: 'done', statement: select },
      { event: 'begun', statement: insert },
      { event: 'request', outcome: 'done', applied: 'applied' },
    ]);
    vi.restoreAllMocks();
  });

  it('is searched and exported, and whoever did so is in it', async () => {
    const none = { params: Promise.resolve({}) };
    const found = await getAudit(new Request(`http://localhost/?table=${KEYSPACE}.t&outcome=stopped`), none);
    const { entries, next, standing } = auditResponseSchema.parse(await found.json());
    expect([entries.map(({ outcome }) => outcome), next]).toEqual([['stopped'], null]);
    expect(standing).toMatchObject({ file: FILE, failing: null, lost: 0 });
    const file = await getFile(new Request('http://localhost/?outcome=refused'), none);
    const refusals = (await file.text()).trim().split('\n');
    expect(refusals.map((line) => auditEntrySchema.parse(JSON.parse(line)).error)).toEqual(['audit_unavailable']);
    await expect
      .poll(() =>
        lines()
          .slice(-2)
          .map(({ endpoint }) => endpoint),
      )
      .toEqual(['GET /api/audit', 'GET /api/audit/file']);
    expect(lines().at(-1)).toMatchObject({ rows: 1, input: { outcome: 'refused' } });
  });
});
