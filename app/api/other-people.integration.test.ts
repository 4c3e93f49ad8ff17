import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serverAudit } from '@/lib/audit/server-audit';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import { jobSchema } from '@/lib/contract/jobs';
import { savedStatementSchema } from '@/lib/contract/saved-statements';
import { serverJobs } from '@/lib/server-jobs';
import { serverSchedules } from '@/lib/server-schedules';
import { encodePerson, PERSON_HEADER, type Person } from '@/lib/sign-in/person';
import { serverSignIn } from '@/lib/sign-in/server-sign-in';
import { GET as heldDownload } from './clusters/[cluster]/export/requests/[id]/route';
import { POST as holdExport } from './clusters/[cluster]/export/requests/route';
import { POST as exportTable } from './clusters/[cluster]/export/route';
import { POST as startJob } from './clusters/[cluster]/jobs/route';
import { POST as preview } from './clusters/[cluster]/load/preview/route';
import { DELETE as removeUpload, POST as sendPiece } from './clusters/[cluster]/load/uploads/[id]/route';
import { POST as createUpload, GET as listUploads } from './clusters/[cluster]/load/uploads/route';
import { POST as query } from './clusters/[cluster]/query/route';
import { POST as createSchedule } from './clusters/[cluster]/schedules/route';
import { DELETE as stopExport, GET as watchExport } from './exports/[id]/route';
import { GET as listExports } from './exports/route';
import { GET as downloadPart } from './jobs/[id]/parts/[name]/route';
import { POST as actOnJob, DELETE as deleteJob, GET as watchJob } from './jobs/[id]/route';
import { GET as listJobs } from './jobs/route';
import { POST as actOnSchedule, DELETE as deleteSchedule, GET as readSchedule } from './schedules/[name]/route';
import { GET as listSchedules } from './schedules/route';
import { DELETE as endSession } from './sessions/[id]/route';
import { GET as listSessions } from './sessions/route';
import { GET as downloadSaved } from './statements/download/route';
import { DELETE as deleteSaved, GET as readSaved } from './statements/file/route';
import { POST as moveSaved } from './statements/move/route';
import { GET as listSaved, POST as save } from './statements/route';

/** Two people with every right: what is somebody else's answers like what nobody has. */

const data = await mkdtemp(join(tmpdir(), 'ringside-others-'));
vi.stubEnv('RINGSIDE_DATA_DIR', data);
vi.stubEnv('RINGSIDE_EXPORT_DIR', join(data, 'exports'));
vi.stubEnv(
  'RINGSIDE_CLUSTERS',
  JSON.stringify({
    clusters: [clusterConfig()],
    audit: false,
    signIn: { origin: 'http://localhost', oidc: [{ issuer: 'https://127.0.0.1:1', clientId: 'x' }] },
    roles: [{ name: 'all', subjects: [{ everybody: true }], as: 'admin' }],
  }),
);

const KEYSPACE = 'ringside_others_test';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, name text)`]);

beforeAll(async () => {
  await serverAudit()?.begin();
  const rows = Array.from({ length: 50 }, (_, at) => [at, `name ${at}`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, name) VALUES (?, ?)`, rows);
});
afterAll(async () => {
  await serverSchedules().close();
  await serverJobs().suspend();
  await closeClusters();
  await serverAudit()?.end();
  await rm(data, { recursive: true });
});

const personOf = (name: string): Person => ({ name, way: 'header', groups: [] });
const on = <P>(params: P) => ({ params: Promise.resolve(params) });
const onCluster = on({ cluster: 'test' });

interface Sent {
  readonly body?: object;
  readonly search?: Readonly<Record<string, string>>;
}

/** A request as the gate passes it on. */
function from(name: string, { body, search = {} }: Sent = {}): Request {
  const headers = { [PERSON_HEADER]: encodePerson({ ...personOf(name), session: `session of ${name}` }) };
  const url = `http://localhost/?${new URLSearchParams(search)}`;
  return new Request(url, body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) });
}

/** An answer without the id that was asked for. */
async function said(response: Response, id: string) {
  return { status: response.status, text: (await response.text()).replaceAll(id, 'ID') };
}

/** Ben asks for what is Anna's, and for what nobody has. */
async function expectSame(
  ask: (id: string) => Promise<Response>,
  [annas, nobodys]: readonly [string, string],
  status = 404,
) {
  const theirs = await said(await ask(annas), annas);
  expect(theirs).toEqual(await said(await ask(nobodys), nobodys));
  expect(theirs.status).toBe(status);
}

const OF_TABLE = { keyspace: KEYSPACE, table: 't' };
const CSV = { ...OF_TABLE, format: 'csv' };

describe('what is somebody else’s answers like what is not there', { timeout: 60_000 }, () => {
  it('a cursor', async () => {
    const asked = { statement: `SELECT * FROM ${KEYSPACE}.t`, pageRows: 10 };
    const read = async (name: string, cursor?: string) =>
      query(from(name, { body: { ...asked, ...(cursor === undefined ? {} : { cursor }) } }), onCluster);
    const cursor = /"next":"([^"]+)"/.exec(await (await read('anna')).text())?.[1] ?? '';
    const [payload = '', mac = ''] = cursor.split('.');
    const made = `${payload}.${mac.startsWith('A') ? 'B' : 'A'}${mac.slice(1)}`;
    await expectSame((id) => read('ben', id), [cursor, made], 409);
    expect((await read('anna', cursor)).status).toBe(200);
  });

  it('an export', async () => {
    const id = randomUUID();
    await (await exportTable(from('anna', { body: { ...CSV, id } }), onCluster)).text();
    const ids = [id, randomUUID()] as const;
    await expectSame((one) => watchExport(from('ben'), on({ id: one })), ids);
    await expectSame((one) => stopExport(from('ben'), on({ id: one })), ids);
    expect(await (await listExports(from('ben'), on({}))).json()).toMatchObject({ exports: [] });
    expect((await watchExport(from('anna'), on({ id }))).status).toBe(200);
  });

  it('a request of an export that is held, which stays for its person', async () => {
    const response = await holdExport(from('anna', { body: CSV }), onCluster);
    const { id }: { id: string } = Object(await response.json());
    const fetched = (name: string, one: string) => heldDownload(from(name), on({ cluster: 'test', id: one }));
    await expectSame((one) => fetched('ben', one), [id, 'x'.repeat(id.length)]);
    const file = await fetched('anna', id);
    expect((await file.text()).split('\r\n')).toHaveLength(52);
    expect((await fetched('anna', id)).status).toBe(404);
  });

  it('a job and its files', async () => {
    const started = await startJob(from('anna', { body: CSV }), onCluster);
    const { id } = jobSchema.parse(await started.json());
    await (await watchJob(from('anna'), on({ id }))).text();
    const ids = [id, randomUUID()] as const;
    await expectSame((one) => watchJob(from('ben'), on({ id: one })), ids);
    for (const action of ['pause', 'resume', 'cancel']) {
      await expectSame((one) => actOnJob(from('ben', { body: { action } }), on({ id: one })), ids);
    }
    await expectSame((one) => downloadPart(from('ben'), on({ id: one, name: 'manifest.json' })), ids);
    await expectSame((one) => deleteJob(from('ben'), on({ id: one })), ids);
    await expectSame((job) => preview(from('ben', { body: { ...OF_TABLE, from: { job } } }), onCluster), ids);
    expect(await (await listJobs(from('ben'), on({}))).json()).toMatchObject({ jobs: [] });
    expect((await downloadPart(from('anna'), on({ id, name: 'manifest.json' }))).status).toBe(200);
  });

  it('an upload', async () => {
    const created = await createUpload(from('anna', { body: { name: 'a.csv', bytes: 8 } }), onCluster);
    const { id }: { id: string } = Object(await created.json());
    const ids = [id, randomUUID()] as const;
    const send = (name: string, one: string) =>
      sendPiece(from(name, { body: { a: 12 }, search: { at: '0' } }), on({ cluster: 'test', id: one }));
    await expectSame((one) => send('ben', one), ids);
    await expectSame((upload) => preview(from('ben', { body: { ...OF_TABLE, from: { upload } } }), onCluster), ids);
    await expectSame((one) => removeUpload(from('ben'), on({ cluster: 'test', id: one })), ids);
    expect(await (await listUploads(from('ben'), onCluster)).json()).toMatchObject({ uploads: [] });
    expect((await send('anna', id)).status).toBe(200);
  });

  it('a schedule', async () => {
    const when = { pattern: '@daily', timeZone: 'UTC', keep: { runs: 1, days: null }, webhook: null };
    const body = { ...when, name: 'hers', kind: 'export', request: CSV };
    expect((await createSchedule(from('anna', { body }), onCluster)).status).toBe(201);
    const names = ['hers', 'none'] as const;
    await expectSame((name) => readSchedule(from('ben'), on({ name })), names);
    for (const action of ['run', 'pause', 'resume']) {
      await expectSame((name) => actOnSchedule(from('ben', { body: { action } }), on({ name })), names);
    }
    await expectSame((name) => deleteSchedule(from('ben'), on({ name })), names);
    expect(await (await listSchedules(from('ben'), on({}))).json()).toMatchObject({ schedules: [] });
    expect((await readSchedule(from('anna'), on({ name: 'hers' }))).status).toBe(200);
    // Nor does making one under its name tell that it is there.
    expect((await createSchedule(from('ben', { body }), onCluster)).status).toBe(201);
  });

  it('a session', async () => {
    const sessions = serverSignIn()?.sessions;
    const opened = await sessions?.open(personOf('anna'), { address: '192.0.2.1', agent: '' });
    const { shownId = '' } = sessions?.use(opened ?? '') ?? {};
    await expectSame((id) => endSession(from('ben'), on({ id })), [shownId, 'A'.repeat(16)]);
    expect(await (await listSessions(from('ben'), on({}))).json()).toMatchObject({ sessions: [] });
    expect(await (await listSessions(from('anna'), on({}))).json()).toMatchObject({ sessions: [{ id: shownId }] });
  });

  it('a private statement', async () => {
    const about = { cluster: null, keyspace: null, description: null, parameters: [], version: null };
    const path = 'private:/hers';
    const kept = await save(from('anna', { body: { ...about, path, text: 'SELECT 1' } }), on({}));
    const { version } = savedStatementSchema.parse(await kept.json());
    const paths = [path, 'private:/none'] as const;
    // The message of a file has its path without what says that it is private.
    const plainly = async (response: Response) =>
      new Response((await response.text()).replaceAll(/\b(hers|none)\b/g, 'ID'), { status: response.status });
    const search = (one: string) => ({ search: { path: one } });
    await expectSame(async (one) => plainly(await readSaved(from('ben', search(one)), on({}))), paths);
    await expectSame(async (one) => plainly(await downloadSaved(from('ben', search(one)), on({}))), paths);
    await expectSame(
      async (one) => plainly(await moveSaved(from('ben', { body: { path: one, to: 'shared', version } }), on({}))),
      paths,
    );
    await expectSame(
      async (one) => plainly(await deleteSaved(from('ben', { search: { path: one, version } }), on({}))),
      paths,
      409,
    );
    expect(await (await listSaved(from('ben'), on({}))).json()).toMatchObject({ statements: [], mayBePrivate: true });
    const archive = await (await downloadSaved(from('ben'), on({}))).text();
    expect(archive).not.toContain('hers');
    expect(await (await listSaved(from('anna'), on({}))).json()).toMatchObject({ statements: [{ path }] });
  });
});
