import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clusterConfig, insertAll, testBed } from '@/lib/cassandra/test-support';
import type { ExportFormat } from '@/lib/contract/export-formats';
import { ANONYMOUS } from '@/lib/contract/principal';
import { type ExportRequest, exportRequestSchema } from '@/lib/contract/reads';
import { openScan, type ScanOptions } from '@/lib/scan/scan';
import { readManifest } from './parts-state';
import { planExport } from './source';
import { bundleProgram, startProgram } from './test-process';
import { writeFile } from './write-file';

const KEYSPACE = 'ringside_files_test';
const ROWS = 5_000;
const { cluster, plain } = testBed(
  [KEYSPACE],
  [`CREATE TABLE ${KEYSPACE}.t (k int, c int, name text, amount decimal, PRIMARY KEY (k, c))`],
);

let base: string;
let program: Awaited<ReturnType<typeof bundleProgram>>;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-files-'));
  program = await bundleProgram('lib/export/test-jobs-program.ts');
  const rows = Array.from({ length: ROWS }, (_, at) => [at % 700, at, at % 5 === 0 ? null : `it's "${at}"\n`]);
  await insertAll(plain, `INSERT INTO ${KEYSPACE}.t (k, c, name, amount) VALUES (?, ?, ?, 1.50)`, rows);
});
afterAll(async () => {
  await program.remove();
  await rm(base, { recursive: true });
});

const table = { keyspace: KEYSPACE, table: 't' } as const;

async function open(asked: ExportRequest, options: Partial<ScanOptions> = {}) {
  const source = await planExport(cluster, exportRequestSchema.parse(asked));
  return { source, scan: await openScan(source.plan, { principal: ANONYMOUS, ...options }) };
}

async function fileOf(asked: ExportRequest, options: Partial<ScanOptions> = {}): Promise<Buffer> {
  const { source, scan } = await open(asked, options);
  const compression = asked.compression ?? 'none';
  const chunks: Uint8Array[] = [];
  for await (const { bytes } of writeFile(scan, { format: source.format, compression })) chunks.push(bytes);
  return Buffer.concat(chunks);
}

/** The rows of a file as text, sorted. */
async function rowsIn(format: ExportFormat, file: Buffer): Promise<string[]> {
  if (format === 'parquet') {
    const rows = await parquetReadObjects({ file: Uint8Array.from(file).buffer, compressors });
    return rows
      .map((row) => JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)))
      .toSorted();
  }
  if (format === 'json') {
    const rows: unknown = JSON.parse(file.toString());
    return Array.isArray(rows) ? rows.map((row) => JSON.stringify(row)).toSorted() : [];
  }
  return file
    .toString()
    .split(format === 'csv' ? '\r\n' : /;?\n(?=INSERT|\{|$)/)
    .toSorted();
}

describe('a file of ranges read in parallel', () => {
  it.each<ExportFormat>(['csv', 'ndjson', 'json', 'cql', 'parquet'])(
    'as %s has the same rows as one ordered read',
    async (format) => {
      const asked: ExportRequest = { ...table, format, pageRows: 70 };
      const [ordered, parallel] = [await fileOf(asked, { pieces: 'ordered' }), await fileOf(asked)];
      const rows = await rowsIn(format, parallel);
      expect(rows.length).toBeGreaterThanOrEqual(ROWS);
      expect(rows).toEqual(await rowsIn(format, ordered));
      if (format === 'parquet') return;
      const compressed = gunzipSync(await fileOf({ ...asked, compression: 'gzip' }));
      expect(await rowsIn(format, compressed)).toEqual(rows);
    },
  );

  it('has the rows that only filtering finds, once that is allowed', async () => {
    const filters = [{ column: 'c', operator: '<', value: 900 } as const];
    const asked: ExportRequest = { ...table, filters, format: 'ndjson', columns: ['c'] };
    await expect(fileOf(asked)).rejects.toThrow('Cassandra cannot serve this filter');
    const rows = await rowsIn('ndjson', await fileOf({ ...asked, allowFiltering: true }));
    expect(rows.filter((row) => row !== '').length).toBe(900);
    const extras = { ttl: false, writetime: true };
    const { scan, source } = await open({ ...asked, columns: undefined, allowFiltering: true, extras });
    scan.abort(new Error('enough'));
    expect(scan.pieces.length).toBeGreaterThan(1);
    expect(source.plan.shown).toMatch(/writetime\(name\).* WHERE c < 900 ALLOW FILTERING$/);
    const statement = `SELECT c FROM ${KEYSPACE}.t`;
    await expect(open({ statement, format: 'csv', allowFiltering: true })).rejects.toThrow(
      'In a statement, write ALLOW FILTERING.',
    );
  });

  it('has each row once when cut anywhere and resumed', async () => {
    const asked: ExportRequest = { ...table, format: 'ndjson', pageRows: 60 };
    const whole = await rowsIn('ndjson', await fileOf(asked, { pieces: 'ordered' }));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), async (cuts) => {
        let [kept, resume]: [Buffer[], string | undefined] = [[], undefined];
        for (const cut of [...cuts, Number.POSITIVE_INFINITY]) {
          const { source, scan } = await open(asked, { resume });
          const got = [...kept];
          let seen = 0;
          const options = { format: source.format, compression: 'none', checkpointEveryMs: 0 } as const;
          for await (const { bytes, checkpoint } of writeFile(scan, {
            ...options,
            isContinued: resume !== undefined,
          })) {
            if (seen++ >= cut) break;
            got.push(Buffer.from(bytes));
            if (checkpoint !== null) [kept, resume] = [[...got], checkpoint];
            else if (cut === Number.POSITIVE_INFINITY) kept = got;
          }
        }
        expect(await rowsIn('ndjson', Buffer.concat(kept))).toEqual(whole);
      }),
      { numRuns: 4, seed: 20261121 },
    );
  });
});

describe('a job whose Ringside is killed', () => {
  it.each([
    ['csv', 'none'],
    ['ndjson', 'gzip'],
  ] as const)(
    'as %s, %s resumes when the next one starts, without losing or repeating a row',
    async (format, compression) => {
      const directory = await mkdtemp(join(base, 'killed-'));
      const asked: ExportRequest = { ...table, format, compression, pageRows: 50, limits: { maxRowsPerSecond: 2_500 } };
      const env = { RINGSIDE_CLUSTERS: JSON.stringify([clusterConfig()]), RINGSIDE_EXPORT_DIR: directory };
      let [last, kills] = ['', 0];
      // Killed before the first checkpoint, between two, and after several.
      for (const rows of [1, 700, 3_600, Number.POSITIVE_INFINITY]) {
        const { process, lines, ended } = startProgram(program.path, [JSON.stringify(asked)], { env });
        for await (const line of lines) {
          last = line;
          if (Number(line.split(' ')[1]) >= rows) process.kill('SIGKILL');
        }
        if ((await ended) === 'SIGKILL') kills++;
      }
      expect(kills).toBeGreaterThan(0);
      expect(last).toBe(`complete ${ROWS}`);
      const [id = ''] = await readdir(directory);
      expect(await linesOf(join(directory, id))).toEqual(await rowsIn(format, await fileOf({ ...table, format })));
    },
  );
});

/** The lines of all parts, each checked against the manifest. */
async function linesOf(directory: string): Promise<string[]> {
  const manifest = await readManifest(directory);
  expect(manifest).toMatchObject({ isComplete: true, rows: ROWS });
  const texts: string[] = [];
  for (const [at, { name, bytes, sha256 }] of (manifest?.parts ?? []).entries()) {
    const file = await readFile(join(directory, name));
    expect([file.length, createHash('sha256').update(file).digest('hex')]).toEqual([bytes, sha256]);
    const text = (name.endsWith('.gz') ? gunzipSync(file) : file).toString();
    // Every part has the header.
    texts.push(name.includes('.csv') && at > 0 ? text.slice(text.indexOf('\r\n') + 2) : text);
  }
  const isCsv = manifest?.format === 'csv';
  return rowsIn(isCsv ? 'csv' : 'ndjson', Buffer.from(texts.join('')));
}
