import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PageColumn } from '@/lib/cassandra/read/pages';
import type { Compression } from '@/lib/contract/exports';
import { randomBytes, SCALARS } from '@/lib/wire/random-values';
import type { FileFormat } from '@/lib/wire/row-writer';
import { pageOf } from '@/lib/wire/test-pages';
import { bundleExportThread, EXPORT_THREAD } from '@/scripts/support/export-thread.mjs';
import { PartThreads } from './part-threads';
import { readManifest } from './parts-state';
import { CSV, FORMATS, live, numbersIn, testDirectories, writer } from './test-parts';
import { numbered, TestScan } from './test-scans';

const { newDirectory } = testDirectories();
beforeAll(() => bundleExportThread());

const threads = (most = 2) => new PartThreads(EXPORT_THREAD.outFile, most);

/** Pages of all pieces by turns. */
function inTurns(): (open: readonly number[]) => number | undefined {
  let turn = 0;
  return (open) => open[turn++ % Math.max(1, open.length)];
}

async function bytesIn(directory: string): Promise<[string, string][]> {
  const names = (await readdir(directory)).filter((name) => name.startsWith('part-')).toSorted();
  return Promise.all(names.map(async (name) => [name, (await readFile(join(directory, name))).toString('hex')]));
}

const COLUMNS: readonly PageColumn[] = [
  ...SCALARS.map((name) => ({ name, type: { kind: 'native', name } as const })),
  { name: 'tags', type: { kind: 'set', of: { kind: 'native', name: 'text' } } },
  {
    name: 'by_day',
    type: { kind: 'map', key: { kind: 'native', name: 'date' }, value: { kind: 'native', name: 'int' } },
  },
];
const TABLE = {
  keyspace: 'k',
  table: 't',
  columns: COLUMNS.map((column, at) => ({ ...column, kind: at === 0 ? 'partition_key' : 'regular' }) as const),
};
const EVERY_FORMAT: [FileFormat, Compression][] = [
  ...FORMATS.map(({ format, compression }): [FileFormat, Compression] => [format, compression]),
  [{ format: 'cql', table: TABLE }, 'none'],
  [{ format: 'parquet', parquet: { compression: 'gzip', gzip: (bytes) => gzipSync(bytes) } }, 'none'],
];

describe('parts written by threads', () => {
  it.each(EVERY_FORMAT)('%o, %s: are those of one thread to the byte, with every type', async (...kind) => {
    const [format, compression] = kind;
    const row = fc.tuple(...COLUMNS.map(({ type }) => fc.option(randomBytes(type), { freq: 9 })));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 3, maxLength: 3 }), async (rows) => {
        const data = [[rows, rows], [rows], [rows, rows, rows]].map((pages) => pages.map(() => [0, 0, 0]));
        const run = async (options: object) => {
          const directory = newDirectory();
          const scan = { columns: COLUMNS, body: Buffer.from(pageOf(rows)), choose: inTurns() };
          const parts = writer(directory, { format, compression }, () => new TestScan(data, scan), {
            ...options,
            checkpointEveryMs: 1e9,
          });
          const failure = await parts.run(live()).then(
            () => null,
            (error: unknown) => String(error),
          );
          return { failure, files: failure === null ? await bytesIn(directory) : [] };
        };
        expect(await run({ host: threads() })).toEqual(await run({}));
      }),
      { numRuns: 5 },
    );
  });

  it.each(FORMATS)(
    'as $format.format, $compression: every row once, with checkpoints and several parts',
    async (kind) => {
      const directory = newDirectory();
      const data = numbered(5, 6, 400);
      const scans: TestScan[] = [];
      const open = () => {
        const scan = new TestScan(data, { choose: inTurns() });
        scans.push(scan);
        return scan;
      };
      await writer(directory, kind, open, { host: threads(3), partBytes: 3_000 }).run(live());
      expect(await numbersIn(directory)).toEqual(data.flat(2));
      expect(scans.map(({ kept }) => kept)).toEqual([0]);
    },
  );

  it.each(FORMATS)(
    'as $format.format, $compression: stopped anywhere, they resume after the last row',
    async (kind) => {
      const directory = newDirectory();
      const data = numbered(3, 4, 7);
      for (const after of [2, 3, 1, Number.POSITIVE_INFINITY]) {
        const stop = new AbortController();
        const next = inTurns();
        let taken = 0;
        const choose = (open: readonly number[]) => {
          if (taken++ === after) stop.abort(new Error('paused'));
          return next(open);
        };
        const options = { host: threads(), checkpointEveryMs: 1e9 };
        const parts = writer(directory, kind, (resume) => new TestScan(data, { resume, choose }), options);
        await parts.run(stop.signal).catch((error: unknown) => expect(String(error)).toContain('paused'));
        expect((await numbersIn(directory)).length).toBe(parts.progress().rows);
      }
      expect(await numbersIn(directory)).toEqual(data.flat(2));
    },
  );

  it('keep their rows to the last checkpoint when a thread dies, and resume', async () => {
    const directory = newDirectory();
    const data = numbered(4, 20, 50);
    const host = threads();
    const next = inTurns();
    let taken = 0;
    const choose = (open: readonly number[]) => {
      if (taken++ === 30) void host.close();
      return next(open);
    };
    const scan = (resume?: string) => new TestScan(data, { resume, choose });
    await expect(writer(directory, CSV, scan, { host }).run(live())).rejects.toMatchObject({
      error: { code: 'internal_error', retryable: true, message: expect.stringContaining('ended unexpectedly') },
    });
    expect(await readManifest(directory)).toMatchObject({ isComplete: false });
    const kept = await numbersIn(directory);
    expect(new Set(kept).size).toBe(kept.length);
    await writer(directory, CSV, scan, { host: threads() }).run(live());
    expect(await numbersIn(directory)).toEqual(data.flat(2));
  });

  it('refuse bytes that break the protocol as one thread does, with row and column', async () => {
    const outcome = async (options: object) => {
      const directory = newDirectory();
      const scan = new TestScan([[[1]]], { columns: COLUMNS.slice(0, 1), body: Buffer.from([0, 0, 0, 9, 1]) });
      return writer(directory, CSV, () => scan, options)
        .run(live())
        .catch((error: unknown) => Object(error).error);
    };
    expect(await outcome({ host: threads() })).toEqual(await outcome({}));
  });
});
