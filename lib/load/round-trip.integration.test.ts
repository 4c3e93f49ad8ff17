import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { Cluster } from '@/lib/cassandra/client/cluster';
import { clusterConfig } from '@/lib/cassandra/test-support';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/contract/export-formats';
import { ANONYMOUS } from '@/lib/contract/principal';
import { type ExportRequest, exportRequestSchema } from '@/lib/contract/reads';
import { planExport } from '@/lib/export/source';
import { writeFile } from '@/lib/export/write-file';
import { openScan } from '@/lib/scan/scan';
import { hexOfBytes } from '@/lib/wire/golden';
import { connectRaw, type RawConnection } from '@/lib/wire/test-connection';
import { createGoldenKeyspace, stored, udts } from '@/lib/wire/test-golden';
import { toJson } from '@/lib/wire/values';
import { foundFiles, ran, reviewed } from './test-load';

vi.stubEnv('RINGSIDE_DATA_DIR', join(tmpdir(), `ringside-round-${process.pid}`));

const KEYSPACE = 'ringside_load_golden';
const types = [...new Set(stored.map((value) => value.type))];
const typed = new Map(stored.map((value) => [value.type, value.cqlType]));
const cluster = new Cluster(clusterConfig());
let raw: RawConnection;
let base: string;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-round-'));
  raw = await connectRaw();
  await createGoldenKeyspace(raw, KEYSPACE);
  const columns = types.map((type, at) => `v${at} ${type in udts ? `frozen<${type}>` : type}`).join(', ');
  for (const name of ['original', 'plain', ...EXPORT_FORMATS]) {
    await raw.query(`CREATE TABLE ${name} (k int PRIMARY KEY, ${columns})`);
    await raw.query(`CREATE TABLE timed_${name} (p int, c int, a text, b int, PRIMARY KEY (p, c))`);
  }
  await schemaAgreed();
  for (const [k, value] of stored.entries()) {
    if (!isWritable(value)) continue;
    await insert('original', k, value);
    if (value.hex !== '') await insert('plain', k, value);
  }
  await raw.query(
    "INSERT INTO timed_original (p, c, a) VALUES (1, 1, 'x') USING TIMESTAMP 1700000000000001 AND TTL 90000",
  );
  await raw.query('INSERT INTO timed_original (p, c, b) VALUES (1, 1, 5) USING TIMESTAMP 1700000000000009');
  await raw.query("INSERT INTO timed_original (p, c, a, b) VALUES (2, 1, 'y', 6) USING TIMESTAMP 1700000000000003");
}, 240_000);

afterAll(async () => {
  await raw.query(`DROP KEYSPACE IF EXISTS ${KEYSPACE}`);
  raw.close();
  await cluster.close();
  await rm(base, { recursive: true });
});

/** What drivers can write and no text stands for: a list with a null, a type of no bytes, times outside a day. */
const isWritable = ({ type, hex, json }: (typeof stored)[number]) =>
  !(type === 'frozen<list<int>>' && hex === '00000001ffffffff') &&
  !(type === 'address' && hex === '') &&
  !(type === 'time' && /^(-|24)/.test(String(json)));

const insert = (table: string, k: number, { type, bytes }: (typeof stored)[number]) =>
  raw.query(`INSERT INTO ${table} (k, v${types.indexOf(type)}) VALUES (${k}, ?)`, [bytes]);

async function schemaAgreed(): Promise<void> {
  await vi.waitFor(
    async () => {
      const rows = [
        ...(await raw.query('SELECT schema_version FROM system.local')),
        ...(await raw.query('SELECT schema_version FROM system.peers')),
      ];
      expect(new Set(rows.map(([version]) => version && hexOfBytes(version))).size).toBe(1);
    },
    { timeout: 60_000, interval: 100 },
  );
}

async function exported(table: string, format: ExportFormat, more: Partial<ExportRequest> = {}): Promise<string> {
  const asked = { keyspace: KEYSPACE, table, format, consistency: 'ALL', ...more };
  const source = await planExport(cluster, exportRequestSchema.parse(asked));
  const scan = await openScan(source.plan, { principal: ANONYMOUS });
  const path = join(base, `${table}.${format}`);
  const chunks = async function* () {
    for await (const { bytes } of writeFile(scan, { format: source.format, compression: 'none' })) yield bytes;
  };
  await pipeline(Readable.from(chunks()), createWriteStream(path));
  return path;
}

const loadInto = async (table: string, path: string) => {
  const found = { ...(await foundFiles(path)), isExport: true };
  const request = await reviewed(cluster, `${KEYSPACE}.${table}`, found, { options: { verify: 'full' } });
  const directory = await mkdtemp(join(base, 'job-'));
  const loaded = await ran(cluster, request, directory);
  expect(await readFile(join(directory, 'reasons.ndjson'), 'utf8').catch(() => '')).toBe('');
  return loaded;
};

/** The cells of a table in their JSON form, by key. */
async function valuesOf(table: string) {
  const names = types.map((_, at) => `v${at}`).join(', ');
  const rows = await raw.query(`SELECT k, ${names} FROM ${table}`);
  const shown = rows.map(([k, ...cells]) => [
    k && hexOfBytes(k),
    ...cells.map((cell, at) => {
      const type = typed.get(types[at] ?? '');
      return type === undefined ? null : JSON.stringify(toJson(cell ?? null, type));
    }),
  ]);
  return shown.toSorted((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
}

describe.each(EXPORT_FORMATS)('what was exported as %s', (format) => {
  it('is loaded back equal, every type and edge value', async () => {
    // Parquet has no value of no bytes for most types, and its writer says so.
    const from = format === 'parquet' ? 'plain' : 'original';
    const { load, isAllWritten } = await loadInto(format, await exported(from, format));
    expect(load).toMatchObject({ bad: 0, refused: 0, unknown: 0 });
    expect(isAllWritten).toBe(true);
    expect(await valuesOf(format)).toEqual(await valuesOf(from));
  }, 120_000);

  it('has its TTLs and write times again', async () => {
    const extras = { ttl: true, writetime: true };
    const { load } = await loadInto(`timed_${format}`, await exported('timed_original', format, { extras }));
    expect(load).toMatchObject({ read: format === 'cql' ? expect.any(Number) : 2, bad: 0 });
    const select = 'p, c, a, b, writetime(a), writetime(b)';
    const rowsOf = async (table: string) =>
      (await raw.query(`SELECT ${select} FROM ${table}`)).map((row) => row.map((cell) => cell && hexOfBytes(cell)));
    expect((await rowsOf(`timed_${format}`)).toSorted()).toEqual((await rowsOf('timed_original')).toSorted());
    const [[left] = []] = await raw.query(`SELECT ttl(a) FROM timed_${format} WHERE p = 1`);
    expect(left?.length).toBe(4);
  }, 60_000);
});
