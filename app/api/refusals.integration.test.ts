import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { closeClusters } from '@/lib/cassandra/client/registry';
import { clusterConfig, testBed } from '@/lib/cassandra/test-support';
import { FRAMED_TYPE } from '@/lib/contract/exports';
import { type Job, jobSchema } from '@/lib/contract/jobs';
import type { ExportRequest } from '@/lib/contract/reads';
import { POST as startJob } from './clusters/[cluster]/jobs/route';
import { GET as watchJob } from './jobs/[id]/route';
import { ask, context, onExport, request } from './test-exports';

const KEYSPACE = 'ringside_refusals_test';
const base = await mkdtemp(join(tmpdir(), 'ringside-refusals-'));
vi.stubEnv('RINGSIDE_CLUSTERS', JSON.stringify([clusterConfig()]));
vi.stubEnv('RINGSIDE_EXPORT_DIR', base);
const { plain } = testBed(
  [KEYSPACE],
  [
    `CREATE TABLE ${KEYSPACE}.t (k int PRIMARY KEY, n int, v text, empty int)`,
    `CREATE TABLE ${KEYSPACE}.names (name text PRIMARY KEY)`,
  ],
);
const table = { keyspace: KEYSPACE, table: 't' };

beforeAll(async () => {
  await plain.execute(`INSERT INTO ${KEYSPACE}.t (k, n, v, empty) VALUES (1, 10, 'x', blobAsInt(0x))`);
  await plain.execute(`INSERT INTO ${KEYSPACE}.t (k, n, v) VALUES (2, null, '')`);
  await plain.execute(`INSERT INTO ${KEYSPACE}.t (k) VALUES (3)`);
  await plain.execute(`INSERT INTO ${KEYSPACE}.names (name) VALUES ('one')`);
});
afterAll(async () => {
  await closeClusters();
  await rm(base, { recursive: true });
});

const linesOf = (text: string) => text.split('\r\n').slice(1, -1).toSorted();

/** How a job ended. */
async function jobOf(asked: ExportRequest): Promise<Job> {
  const started = await startJob(
    new Request('http://localhost/', { method: 'POST', body: JSON.stringify(asked) }),
    context,
  );
  expect(started.status).toBe(201);
  const { id } = jobSchema.parse(await started.json());
  const lines = (await (await watchJob(request(), onExport(id))).text()).trimEnd().split('\n');
  return jobSchema.parse(JSON.parse(lines.at(-1) ?? ''));
}

describe('a file of one column with nulls', () => {
  it('writes null in quotes for types other than text, distinct from a zero-length value', async () => {
    const numbers = await ask({ ...table, columns: ['n'], format: 'csv' });
    expect(linesOf(await numbers.text())).toEqual(['""', '""', '10']);
    const empty = await ask({ ...table, columns: ['empty'], format: 'csv' });
    expect(linesOf(await empty.text())).toEqual(['""', '""', 'blobAsInt(0x)']);
  });

  const lone = [
    { ...table, columns: ['v'], format: 'csv' },
    { statement: `SELECT v FROM ${KEYSPACE}.t`, format: 'csv' },
    { statement: `SELECT v AS k FROM ${KEYSPACE}.t`, format: 'csv' },
  ] satisfies ExportRequest[];

  it.each(lone)('of text is refused before it starts, with the option that helps: %j', async (asked) => {
    for (const headers of [{}, { accept: FRAMED_TYPE }]) {
      const response = await ask(asked, { headers });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({
        error: { code: 'invalid_request', option: 'csv.nullText', retryable: false },
      });
    }
  });

  it('of text is exact with a text for null', async () => {
    for (const asked of lone) {
      const response = await ask({ ...asked, csv: { nullText: 'NULL' } });
      expect(linesOf(await response.text())).toEqual(['""', 'NULL', 'x']);
    }
  });

  it('of a key needs none', async () => {
    for (const asked of [{ keyspace: KEYSPACE, table: 'names' }, { statement: `SELECT name FROM ${KEYSPACE}.names` }]) {
      expect(linesOf(await (await ask({ ...asked, format: 'csv' })).text())).toEqual(['one']);
    }
  });

  it('is refused as a job too: before the start for a table, immediately after it for a statement', async () => {
    const asked = { ...table, columns: ['v'], format: 'csv' };
    const post = new Request('http://localhost/', { method: 'POST', body: JSON.stringify(asked) });
    const refused = await startJob(post, context);
    expect(refused.status).toBe(400);
    expect(await readdir(base)).toEqual([]);
    const job = await jobOf({ statement: `SELECT v FROM ${KEYSPACE}.t`, format: 'csv' });
    expect(job).toMatchObject({ state: 'failed', rows: 0, error: { code: 'invalid_request', option: 'csv.nullText' } });
  });
});

describe('a value that the format cannot hold', () => {
  const asked: ExportRequest = { ...table, format: 'parquet' };
  const named = /row \d+ \(k = 1, empty = .*\), column "empty": a value of no bytes/;

  it('on the first page is an error response that names row, key and column', async () => {
    const response = await ask(asked);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: { code: 'invalid_request', message: expect.stringMatching(named), retryable: false },
    });
    const others = await ask({ ...asked, columns: ['k', 'n', 'v'] });
    expect(others.status).toBe(200);
    await others.arrayBuffer();
  });

  it('ends a job, which says that resuming does not help', async () => {
    const { state, error } = await jobOf(asked);
    expect(state).toBe('failed');
    expect(error).toMatchObject({ code: 'invalid_request', retryable: false });
    expect(error?.message).toMatch(named);
  });
});
