import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { beforeAll, expect } from 'vitest';
import type { Compression } from '@/lib/contract/exports';
import type { FileFormat } from '@/lib/wire/row-writer';
import { readManifest } from './parts-state';
import type { TestScan } from './test-scans';
import { PartsWriter } from './write-parts';

/** What the tests of exports into directories share: temporary directories, writers, and how to read the parts. */

let base: string;
let count = 0;

/** For the tests of one file, and removed after them. */
export function testDirectories(): { newDirectory(): string; base(): string } {
  beforeAll(async () => {
    base = await mkdtemp(join(tmpdir(), 'ringside-parts-'));
    return () => rm(base, { recursive: true });
  });
  return { newDirectory: () => join(base, String(count++)), base: () => base };
}

export const about = {
  cluster: 'demo',
  title: 'k.t',
  statement: 'SELECT id FROM k.t',
  consistency: 'LOCAL_ONE',
  schema: 'CREATE TABLE k.t (id int PRIMARY KEY);',
  warnings: [],
};

export interface Case {
  readonly format: FileFormat;
  readonly compression: Compression;
}
export const FORMATS: Case[] = [
  { format: { format: 'csv' }, compression: 'none' },
  { format: { format: 'csv' }, compression: 'gzip' },
  { format: { format: 'ndjson' }, compression: 'none' },
  { format: { format: 'json' }, compression: 'gzip' },
  { format: { format: 'parquet' }, compression: 'none' },
];
export const CSV: Case = { format: { format: 'csv' }, compression: 'none' };

type Source = (resume: string | undefined, signal: AbortSignal) => TestScan;

export function writer(directory: string, kind: Case, open: Source, options = {}) {
  const wired: Source = (resume, signal) => {
    const scan = open(resume, signal);
    signal.addEventListener('abort', () => scan.abort(signal.reason));
    return scan;
  };
  const given = { directory, ...kind, about, checkpointEveryMs: 0, ...options };
  return new PartsWriter({ ...given, open: async (resume, signal) => wired(resume, signal) });
}

export const live = () => new AbortController().signal;

/** All numbers in the directory's parts, in order; every part must match the manifest. */
export async function numbersIn(directory: string): Promise<number[]> {
  const manifest = await readManifest(directory);
  const files = (await readdir(directory)).filter((name) => name.startsWith('part-'));
  expect(files.toSorted()).toEqual(manifest?.parts.map(({ name }) => name));
  const numbers: number[] = [];
  for (const part of manifest?.parts ?? []) {
    const bytes = await readFile(join(directory, part.name));
    expect([bytes.length, createHash('sha256').update(bytes).digest('hex')]).toEqual([part.bytes, part.sha256]);
    const own = await numbersOf(part.name, bytes);
    expect(own).toHaveLength(part.rows);
    numbers.push(...own);
  }
  return numbers.toSorted((a, b) => a - b);
}

async function numbersOf(name: string, bytes: Buffer): Promise<number[]> {
  if (name.endsWith('.parquet')) {
    const file = Uint8Array.from(bytes).buffer;
    return (await parquetReadObjects({ file, compressors })).map(({ id }) => Number(id));
  }
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  if (name.includes('.csv')) return text.split('\r\n').slice(1, -1).map(Number);
  const objects: unknown = name.includes('.ndjson')
    ? JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`)
    : JSON.parse(text);
  return Array.isArray(objects) ? objects.map((row) => Number(Object(row).id)) : [];
}
