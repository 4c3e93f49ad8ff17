import { mkdir, mkdtemp, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import { errorBodySchema } from '@/lib/contract/errors';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import { loadFilesSchema, loadPreviewSchema, type Upload, uploadSchema, uploadsSchema } from '@/lib/contract/load';
import { POST as dryRun } from './clusters/[cluster]/load/dry-run/route';
import { GET as listFiles } from './clusters/[cluster]/load/files/route';
import { POST as preview } from './clusters/[cluster]/load/preview/route';
import { POST as start } from './clusters/[cluster]/load/start/route';
import { DELETE as removeUpload, POST as sendPiece } from './clusters/[cluster]/load/uploads/[id]/route';
import { POST as createUpload, GET as listUploads } from './clusters/[cluster]/load/uploads/route';
import { GET as downloadPart } from './jobs/[id]/parts/[name]/route';
import { GET as watchJob } from './jobs/[id]/route';

const config = clusterConfig();
const KEYSPACE = 'ringside_load_routes';
const { plain } = testBed([KEYSPACE], [`CREATE TABLE ${KEYSPACE}.t (p int PRIMARY KEY, v text)`]);
afterAll(() => closeClusters());

let data: string;
let allowed: string;
beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'ringside-load-routes-'));
  allowed = join(data, 'allowed');
  await mkdir(join(allowed, 'more'), { recursive: true });
  await writeFile(join(allowed, 'a.csv'), 'p,v\n1,a\n2,b\n');
  await writeFile(join(data, 'secret.csv'), 'p,v\n9,secret\n');
  await symlink(join(data, 'secret.csv'), join(allowed, 'link.csv'));
  const clusters = [
    config,
    { ...config, name: 'readonly', writes: false },
    { ...config, name: 'red', colour: '#c00000' },
  ];
  vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify({ clusters, load: { directories: [allowed], uploadGb: 0.000_1 } }));
  vi.stubEnv('RINGSIDE_DATA_DIR', data);
});

const on = <P>(params: P) => ({ params: Promise.resolve(params) });
const post = (body: unknown) => new Request('http://localhost/', { method: 'POST', body: JSON.stringify(body) });
const codeOf = async (response: Response) => errorBodySchema.parse(await response.json()).error.code;
const at = { cluster: 'test' };
const of = { keyspace: KEYSPACE, table: 't' };

async function uploaded(name: string, text: string, pieces = 1): Promise<Upload> {
  const bytes = Buffer.from(text);
  let upload = uploadSchema.parse(await (await createUpload(post({ name, bytes: bytes.length }), on(at))).json());
  const size = Math.ceil(bytes.length / pieces);
  for (let from = 0; from < bytes.length; from += size) {
    upload = uploadSchema.parse(await (await piece(upload.id, from, bytes.subarray(from, from + size))).json());
  }
  return upload;
}
const piece = (id: string, from: number, body: Uint8Array) =>
  sendPiece(
    new Request(`http://localhost/?at=${from}`, { method: 'POST', body: Uint8Array.from(body) }),
    on({ ...at, id }),
  );
const planned = async (from: object, cluster = 'test', more: object = {}) =>
  loadPreviewSchema.parse(await (await preview(post({ ...of, from, ...more }), on({ cluster }))).json());

async function stopped(token: string | null, confirmName?: string, cluster = 'test'): Promise<Job> {
  const response = await start(post({ token, confirmName }), on({ cluster }));
  expect(response.status).toBe(201);
  const { id } = jobSchema.parse(await response.json());
  const lines = (await (await watchJob(new Request('http://localhost/'), on({ id }))).text()).trim().split('\n');
  return jobSchema.parse(JSON.parse(lines.at(-1) ?? ''));
}

describe('a load by the API', () => {
  it('takes a file in pieces, loads it, and keeps only what failed', async () => {
    const { id, bytes, received } = await uploaded('rows.csv', 'p,v\n1,one\nx,two\n3,three\n', 3);
    expect(received).toBe(bytes);
    const { uploads } = uploadsSchema.parse(await (await listUploads(new Request('http://localhost/'), on(at))).json());
    expect(uploads).toMatchObject([{ id, received }]);
    const path = join(data, 'exports', 'uploads', id, 'data');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const { token, request, records } = await planned({ upload: id });
    expect(records[1]?.problem).toMatchObject({ column: 'p', line: 3 });
    const lines = (await (await dryRun(post(request), on(at))).text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.at(-1)).toMatchObject({ end: { outcome: 'complete', counts: { good: 2, bad: 1 } } });
    expect((await plain.execute(`SELECT p FROM ${KEYSPACE}.t`)).rows).toHaveLength(0);
    const job = await stopped(token);
    expect(job).toMatchObject({ kind: 'load', state: 'complete', load: { read: 3, written: 2, bad: 1 } });
    const failed = await downloadPart(new Request('http://localhost/'), on({ id: job.id, name: 'failed.csv' }));
    expect(await failed.text()).toBe('p,v\nx,two\n');
    expect(await readdir(join(data, 'exports', 'uploads'))).toEqual([]);
    const again = await planned({ job: job.id });
    expect(again.records).toMatchObject([{ fields: ['x', 'two'] }]);
    expect(await codeOf(await start(post({ token }), on(at)))).toBe('confirmation_required');
  });

  it('reads and writes failed records as their load did, unless something else is asked for', async () => {
    const text = 'n;w\n5;five \nx;six\n';
    const { id } = await uploaded('rows.txt', text);
    const mapping = [
      { to: 'p', from: { field: 'n' }, steps: [] },
      { to: 'v', from: { field: 'w' }, steps: [{ do: 'trim' }] },
    ];
    const said = {
      source: { format: 'csv', csv: { delimiter: ';', quote: null, encoding: 'latin1' } },
      bind: { mapping },
    };
    const options = { rowsPerSecond: 10, maxFailures: { rows: 5 } };
    const job = await stopped((await planned({ upload: id }, 'test', { ...said, options })).token);
    expect(job).toMatchObject({ load: { written: 1, bad: 1 }, loaded: of });
    const { request, mapping: taken } = await planned({ job: job.id });
    expect(taken).toEqual(mapping);
    expect(request).toMatchObject({
      // Failed records are kept in UTF-8.
      source: { format: 'csv', csv: { delimiter: ';', quote: null, encoding: 'utf-8' } },
      ...{ bind: { mapping }, options: { rowsPerSecond: 10, maxFailures: { rows: 5, share: null } } },
    });
    const other = await planned({ job: job.id }, 'test', { bind: { mapping: [mapping[0]] } });
    expect(other.mapping).toEqual([mapping[0]]);
  });

  it('takes each piece where the last one ended, and no more than the quota', async () => {
    const { id } = await uploaded('a.csv', 'p,v\n');
    expect(await codeOf(await piece(id, 1, Buffer.from('x')))).toBe('invalid_request');
    expect(await codeOf(await piece(id, 4, Buffer.from('more than was announced')))).toBe('invalid_request');
    expect((await stat(join(data, 'exports', 'uploads', id, 'data'))).size).toBe(4);
    expect(await codeOf(await createUpload(post({ name: 'b', bytes: 200_000 }), on(at)))).toBe('disk_full');
    expect((await removeUpload(new Request('http://localhost/', { method: 'DELETE' }), on({ ...at, id }))).status).toBe(
      204,
    );
    expect(await codeOf(await preview(post({ ...of, from: { upload: id } }), on(at)))).toBe('not_found');
  });

  it('reads files of the server only where that is allowed', async () => {
    const list = async (path?: string) => {
      const search = path === undefined ? '' : `?path=${encodeURIComponent(path)}`;
      return listFiles(new Request(`http://localhost/${search}`), on(at));
    };
    const roots = loadFilesSchema.parse(await (await list()).json());
    expect(roots.entries).toMatchObject([{ path: allowed, kind: 'directory' }]);
    const { entries } = loadFilesSchema.parse(await (await list(allowed)).json());
    expect(entries.map(({ name }) => name)).toEqual(['a.csv', 'more']);
    for (const path of [
      data,
      join(allowed, '..', 'secret.csv'),
      join(allowed, 'link.csv'),
      `${allowed}x`,
      '/etc/passwd',
    ]) {
      expect(await codeOf(await preview(post({ ...of, from: { path } }), on(at)))).toBe('not_found');
    }
    expect((await stopped((await planned({ path: join(allowed, 'a.csv') })).token)).load).toMatchObject({ written: 2 });
  });

  it('is refused on a read-only cluster, and confirmed by name on a red one', async () => {
    const from = { path: join(allowed, 'a.csv') };
    expect(await codeOf(await preview(post({ ...of, from }), on({ cluster: 'readonly' })))).toBe('read_only');
    expect(await codeOf(await createUpload(post({ name: 'b', bytes: 1 }), on({ cluster: 'readonly' })))).toBe(
      'read_only',
    );
    const { token, confirmName } = await planned(from, 'red');
    expect(confirmName).toBe('t');
    expect(await codeOf(await start(post({ token }), on({ cluster: 'red' })))).toBe('confirmation_required');
    expect((await stopped(token, 't', 'red')).state).toBe('complete');
  });

  it('says what a mapping lacks, and cannot be started then', async () => {
    const from = { path: join(allowed, 'a.csv') };
    const bind = { mapping: [{ to: 'v', from: { field: 'v' } }] };
    const { token, problem, request } = await planned(from, 'test', { bind });
    expect({ token, request }).toEqual({ token: null, request: null });
    expect(problem).toContain('p');
  });
});
