import { createHash } from 'node:crypto';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { beforeAll, describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/cassandra/errors';
import type { Compression } from '@/lib/contract/exports';
import type { FileFormat } from '@/lib/wire/row-writer';
import { lockDirectory } from './directory-lock';
import { readManifest } from './parts-directory';
import { bundleProgram, startProgram } from './test-process';
import { numbered, TestScan } from './test-scans';
import { PartsWriter } from './write-parts';

let base: string;
let program: Awaited<ReturnType<typeof bundleProgram>>;
let count = 0;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'ringside-parts-'));
  program = await bundleProgram('lib/export/test-parts-program.ts');
  return async () => {
    await rm(base, { recursive: true });
    await program.remove();
  };
});
const newDirectory = () => join(base, String(count++));

const about = {
  ...{ cluster: 'demo', title: 'k.t', statement: 'SELECT id FROM k.t', consistency: 'LOCAL_ONE' },
  ...{ schema: 'CREATE TABLE k.t (id int PRIMARY KEY);', warnings: [] },
};

interface Case {
  readonly format: FileFormat;
  readonly compression: Compression;
}
const FORMATS: Case[] = [
  { format: { format: 'csv' }, compression: 'none' },
  { format: { format: 'csv' }, compression: 'gzip' },
  { format: { format: 'ndjson' }, compression: 'none' },
  { format: { format: 'json' }, compression: 'gzip' },
  { format: { format: 'parquet' }, compression: 'none' },
];
const CSV: Case = { format: { format: 'csv' }, compression: 'none' };

type Source = (resume: string | undefined, signal: AbortSignal) => TestScan;

function writer(directory: string, kind: Case, open: Source, options = {}) {
  const wired: Source = (resume, signal) => {
    const scan = open(resume, signal);
    signal.addEventListener('abort', () => scan.abort(signal.reason));
    return scan;
  };
  const base = { directory, ...kind, about, checkpointEveryMs: 0, ...options };
  return new PartsWriter({ ...base, open: async (resume, signal) => wired(resume, signal) });
}

const live = () => new AbortController().signal;

/** All numbers in the directory's parts, in order; every part must be what the manifest says. */
async function numbersIn(directory: string): Promise<number[]> {
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

describe('an export into a directory', () => {
  it.each(FORMATS)(
    'as $format.format, $compression: holds every row once, and the manifest says in which part',
    async (kind) => {
      const directory = newDirectory();
      const data = numbered(5, 4, 50);
      const parts = writer(directory, kind, () => new TestScan(data));
      await parts.run(live());
      expect(await numbersIn(directory)).toEqual(data.flat(2));
      expect(await readManifest(directory)).toMatchObject({
        ...{ isComplete: true, rows: 1_000, statement: about.statement, schema: about.schema },
        ...{ format: kind.format.format, compression: kind.compression },
      });
      expect(parts.progress()).toMatchObject({ rows: 1_000 });
      expect((await readdir(directory)).filter((name) => !name.startsWith('part-'))).toEqual(['manifest.json']);
    },
  );

  it('of pieces side by side fills several parts, and names the ranges of each', async () => {
    const directory = newDirectory();
    let turn = 0;
    const choose = (open: readonly number[]) => open[turn++ % Math.max(1, open.length)];
    const data = numbered(4, 3, 2);
    await writer(directory, CSV, () => new TestScan(data, { choose })).run(live());
    const manifest = await readManifest(directory);
    expect(manifest?.parts.map(({ ranges }) => ranges)).toEqual(
      [0, 1, 2, 3].map((at) => [{ from: `${at}`, to: `${at + 1}` }]),
    );
  });

  it('begins another part when one is large', async () => {
    const directory = newDirectory();
    await writer(directory, CSV, () => new TestScan(numbered(1, 40, 5_000)), { partBytes: 300_000 }).run(live());
    expect((await readManifest(directory))?.parts.length).toBeGreaterThan(2);
    expect(await numbersIn(directory)).toHaveLength(200_000);
  });

  it.each(FORMATS)('as $format.format, $compression: of no rows is one file of its format', async (kind) => {
    const directory = newDirectory();
    await writer(directory, kind, () => new TestScan([[[]]])).run(live());
    expect(await numbersIn(directory)).toEqual([]);
    expect(await readManifest(directory)).toMatchObject({ isComplete: true, parts: [{ rows: 0 }] });
  });
});

describe('an export that is broken off', () => {
  const stops = fc.array(fc.nat({ max: 14 }), { minLength: 1, maxLength: 5 });

  it.each(FORMATS)(
    'as $format.format, $compression: by a person goes on behind its last row, wherever that was',
    async (kind) => {
      const data = numbered(3, 4, 7);
      await fc.assert(
        fc.asyncProperty(stops, fc.infiniteStream(fc.nat()), async (stopAfter, choices) => {
          const directory = newDirectory();
          for (const after of [...stopAfter, Number.POSITIVE_INFINITY]) {
            const stop = new AbortController();
            let taken = 0;
            const choose = (open: readonly number[]) => {
              if (taken++ === after) stop.abort(new Error('paused'));
              return open[(choices.next().value ?? 0) % Math.max(1, open.length)];
            };
            const parts = writer(directory, kind, (resume) => new TestScan(data, { resume, choose }), {
              checkpointEveryMs: 1e9,
            });
            const outcome = await parts.run(stop.signal).then(
              () => 'complete',
              (error: unknown) => (error instanceof Error ? error.message : ''),
            );
            expect(await readManifest(directory)).toMatchObject({ isComplete: outcome === 'complete' });
            expect((await numbersIn(directory)).length).toBe(parts.progress().rows);
            if (outcome === 'complete') break;
          }
          expect(await numbersIn(directory)).toEqual(data.flat(2));
        }),
        { numRuns: 12 },
      );
    },
  );

  it.each([
    ['csv', 'none'],
    ['csv', 'gzip'],
    ['parquet', 'none'],
  ])('as %s, %s: by kill -9 at any moment goes on behind its last checkpoint', async (format, compression) => {
    const directory = newDirectory();
    const random = seeded(20261121);
    let kills = 0;
    for (let outcome = ''; outcome !== 'complete'; ) {
      const { process, lines, ended } = startProgram(program.path, [directory, format, compression]);
      // Over the whole of the table, and never forever.
      const killAt = kills < 2 ? Math.floor(random() * 90 * (kills + 1)) : Number.POSITIVE_INFINITY;
      let seen = 0;
      for await (const line of lines) {
        outcome = line;
        if (seen++ === killAt && process.kill('SIGKILL')) kills++;
      }
      expect(['SIGKILL', 0]).toContain(await ended);
    }
    expect(kills).toBeGreaterThan(0);
    expect(await numbersIn(directory)).toEqual(numbered(7, 60, 500).flat(2));
  });

  it('that fails on a row keeps what was whole before', async () => {
    const directory = newDirectory();
    const failure = new Error('The cluster went away.');
    const data = numbered(2, 3, 5);
    const first = writer(directory, CSV, () => new TestScan([data[0] ?? [], []], { failure }));
    await expect(first.run(live())).rejects.toThrow();
    expect(first.progress().rows).toBe(15);
    expect(await numbersIn(directory)).toEqual(data[0]?.flat());
  });
});

describe('a directory', () => {
  const codeOf = (run: Promise<unknown>) =>
    run.then(
      () => null,
      (error: unknown) => toFailure(error).error,
    );
  const half = async () => {
    const directory = newDirectory();
    const failure = new Error('gone');
    await codeOf(
      writer(directory, CSV, () => new TestScan([[[1, 2], [3]], [[4]]].slice(0, 1), { failure })).run(live()),
    );
    return directory;
  };
  const resume = (directory: string, kind = CSV) =>
    codeOf(writer(directory, kind, (at) => new TestScan([[[1, 2], [3]]], { resume: at })).run(live()));

  it('with something else in it is left alone', async () => {
    await writeFile(join(base, 'mine.txt'), 'mine');
    expect(await resume(base)).toMatchObject({ code: 'storage_failed' });
    expect(await readFile(join(base, 'mine.txt'), 'utf8')).toBe('mine');
  });

  it('of another export is not gone on with', async () => {
    const directory = await half();
    expect(await resume(directory, { format: { format: 'ndjson' }, compression: 'none' })).toMatchObject({
      code: 'storage_failed',
    });
    expect(await resume(directory)).toBeNull();
  });

  it('whose parts were changed, cut or lost is not gone on with', async () => {
    const changed = await half();
    const bytes = await readFile(join(changed, 'part-00001.csv'));
    await writeFile(join(changed, 'part-00001.csv'), bytes.toString().replace('1', '7'));
    expect(await resume(changed)).toMatchObject({
      code: 'storage_failed',
      message: expect.stringContaining('no longer what was written'),
    });
    const cut = await half();
    await writeFile(join(cut, 'part-00001.csv'), 'id\r\n');
    expect(await resume(cut)).toMatchObject({ message: expect.stringContaining('has 4 bytes in place of') });
    const lost = await half();
    await rm(join(lost, 'part-00001.csv'));
    expect(await resume(lost)).toMatchObject({ message: expect.stringContaining('is missing') });
  });

  it('loses what was written behind the checkpoint', async () => {
    const directory = await half();
    await appendFile(join(directory, 'part-00001.csv'), '99\r\n10');
    await writeFile(join(directory, 'part-00002.csv'), 'id\r\n98');
    expect(await resume(directory)).toBeNull();
    expect(await numbersIn(directory)).toEqual([1, 2, 3]);
  });

  it('has one writer at a time', async () => {
    const directory = await half();
    const lock = await lockDirectory(directory);
    expect(await resume(directory)).toMatchObject({ code: 'storage_failed', retryable: true });
    await lock.release();
    expect(await resume(directory)).toBeNull();
  });

  it('that a process left locked when it ended is free', async () => {
    const directory = await half();
    await writeFile(join(directory, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname() }));
    expect(await resume(directory)).toBeNull();
  });
});

describe('a disk that takes no more', () => {
  it.each([
    ['csv', 'none'],
    ['parquet', 'none'],
  ])('as %s, %s: stops the export, which goes on when there is room', async (format, compression) => {
    const directory = newDirectory();
    const run = async (options: { fileBytes?: number }) => {
      const { lines, ended } = startProgram(program.path, [directory, format, compression], options);
      let last = '';
      for await (const line of lines) last = line;
      expect(await ended).toBe(0);
      return last;
    };
    const stopped: unknown = JSON.parse(await run({ fileBytes: 64 * 1_024 }));
    expect(stopped).toMatchObject({ code: 'disk_full', message: expect.stringContaining('grew larger') });
    const kept = await numbersIn(directory);
    expect(stopped).toMatchObject({
      ...{ rows: kept.length, message: expect.stringContaining(`${kept.length.toLocaleString('en')} rows are kept.`) },
    });
    expect(await readManifest(directory)).toMatchObject({ isComplete: false });
    expect(await run({})).toBe('complete');
    expect(await numbersIn(directory)).toEqual(numbered(7, 60, 500).flat(2));
  });
});

/** Mulberry32: the same moments in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
