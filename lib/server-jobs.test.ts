import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { failureOf } from './cassandra/test-support';
import { jobSchema } from './contract/jobs';
import { ANONYMOUS } from './contract/principal';
import { openJobs } from './server-jobs';

/** `job.json` and `checkpoint.json` of an export, letter by letter as versions before kinds and owners wrote them. */
const ID = '0a9f4a5e-3b52-4d62-8a37-5a4b2f2e9c01';
const JOB = `{
 "version": 1,
 "id": "${ID}",
 "cluster": "demo",
 "title": "flights.by_origin_day",
 "statement": "SELECT * FROM flights.by_origin_day",
 "format": "csv",
 "compression": "gzip",
 "consistency": "LOCAL_ONE",
 "request": {
  "keyspace": "flights",
  "table": "by_origin_day",
  "format": "csv",
  "compression": "gzip",
  "csv": {
   "delimiter": ";",
   "header": true,
   "nullText": "",
   "formulaSafe": false
  },
  "limits": {
   "maxRowsPerSecond": 2000
  },
  "pageRows": 50
 },
 "state": "paused",
 "createdAt": "2026-11-21T10:00:00.000Z",
 "startedAt": "2026-11-21T10:00:00.010Z",
 "endedAt": null,
 "elapsedMs": 4210.5,
 "error": null
}
`;
const CHECKPOINT = `{
 "version": 1,
 "terms": "pZ7pY8w3nR0a1b2c3d4e5f",
 "startedAt": "2026-11-21T10:00:00.020Z",
 "scan": "a-checkpoint",
 "isScanned": false,
 "parts": [
  {
   "name": "part-00001.csv.gz",
   "rows": 900,
   "bytes": 4096,
   "sha256": "ab",
   "isComplete": true,
   "ranges": [
    {
     "from": "-9223372036854775808",
     "to": "0"
    }
   ]
  },
  {
   "name": "part-00002.csv.gz",
   "rows": 100,
   "bytes": 512,
   "sha256": "cd",
   "isComplete": false,
   "ranges": [
    {
     "from": "0",
     "to": "77"
    }
   ]
  }
 ]
}
`;

const base = await mkdtemp(join(tmpdir(), 'ringside-earlier-'));
afterAll(() => rm(base, { recursive: true }));

describe('a job of a version before kinds and owners', () => {
  it('is an export of the anonymous one, as it stood', async () => {
    const directory = join(base, ID);
    await mkdir(directory);
    await writeFile(join(directory, 'job.json'), JOB);
    await writeFile(join(directory, 'checkpoint.json'), CHECKPOINT);
    const manager = openJobs(base, 1);
    expect(await manager.list({ id: 'somebody' })).toEqual([]);
    const [job] = await manager.list(ANONYMOUS);
    expect(jobSchema.parse(job)).toEqual({
      id: ID,
      kind: 'export',
      cluster: 'demo',
      title: 'flights.by_origin_day',
      directory,
      state: 'paused',
      statement: 'SELECT * FROM flights.by_origin_day',
      consistency: 'LOCAL_ONE',
      format: 'csv',
      compression: 'gzip',
      rows: 1_000,
      bytes: 4_608,
      elapsedMs: 4_210.5,
      error: null,
      scan: null,
      createdAt: '2026-11-21T10:00:00.000Z',
      startedAt: '2026-11-21T10:00:00.010Z',
      endedAt: null,
      parts: [
        { name: 'part-00001.csv.gz', rows: 900, bytes: 4_096, sha256: 'ab' },
        { name: 'part-00002.csv.gz', rows: 100, bytes: 512, sha256: null },
      ],
    });

    await manager.act(ANONYMOUS, ID, 'cancel');
    const kept: unknown = JSON.parse(await readFile(join(directory, 'job.json'), 'utf8'));
    const written: unknown = JSON.parse(JOB);
    expect(kept).toEqual({
      ...Object(written),
      kind: 'export',
      owner: 'anonymous',
      state: 'cancelled',
      endedAt: expect.any(String),
    });
  });

  it('and one of a version after this one is left as it is', async () => {
    const id = '5d0c1c6e-6a44-4a37-9a41-3a2b9d1e7f10';
    await mkdir(join(base, id));
    await writeFile(join(base, id, 'job.json'), JOB.replace('"version": 1', '"version": 2'));
    const told = vi.spyOn(console, 'error').mockReturnValue();
    const manager = openJobs(base, 1);
    expect(await failureOf(manager.get(ANONYMOUS, id))).toMatchObject({ code: 'not_found' });
    expect(told).toHaveBeenCalledOnce();
    told.mockRestore();
    expect(await readFile(join(base, id, 'job.json'), 'utf8')).toContain('"version": 2');
  });
});
