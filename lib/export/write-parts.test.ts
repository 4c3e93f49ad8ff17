import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readManifest } from './parts-state';
import { about, CSV, FORMATS, live, numbersIn, testDirectories, writer } from './test-parts';
import { bundleProgram, startProgram } from './test-process';
import { numbered, TestScan } from './test-scans';

const { newDirectory } = testDirectories();
let program: Awaited<ReturnType<typeof bundleProgram>>;
beforeAll(async () => {
  program = await bundleProgram('lib/export/test-parts-program.ts');
  return () => program.remove();
});

describe('an export into a directory', () => {
  it.each(FORMATS)(
    'as $format.format, $compression: has every row once, and the manifest says in which part',
    async (kind) => {
      const directory = newDirectory();
      const data = numbered(5, 4, 50);
      const parts = writer(directory, kind, () => new TestScan(data));
      await parts.run(live());
      expect(await numbersIn(directory)).toEqual(data.flat(2));
      expect(await readManifest(directory)).toMatchObject({
        isComplete: true,
        rows: 1_000,
        statement: about.statement,
        schema: about.schema,
        format: kind.format.format,
        compression: kind.compression,
      });
      expect(parts.progress()).toMatchObject({ rows: 1_000 });
      expect((await readdir(directory)).filter((name) => !name.startsWith('part-'))).toEqual(['manifest.json']);
    },
  );

  it('of parallel pieces fills several parts, and names the ranges of each', async () => {
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

  it('starts another part when one is large', async () => {
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

describe('an export that is interrupted', () => {
  const stops = fc.array(fc.nat({ max: 14 }), { minLength: 1, maxLength: 5 });

  it.each(FORMATS)(
    'as $format.format, $compression: by a person resumes after its last row, wherever that was',
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
  ])('as %s, %s: by kill -9 at any moment resumes after its last checkpoint', async (format, compression) => {
    const directory = newDirectory();
    const random = seeded(20261121);
    let kills = 0;
    for (let outcome = ''; outcome !== 'complete'; ) {
      const { process, lines, ended } = startProgram(program.path, [directory, format, compression]);
      // Spread over the whole table, and bounded.
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

  it('that fails on a row keeps the complete rows before it', async () => {
    const directory = newDirectory();
    const failure = new Error('The cluster went away.');
    const data = numbered(2, 3, 5);
    const first = writer(directory, CSV, () => new TestScan([data[0] ?? [], []], { failure }));
    await expect(first.run(live())).rejects.toThrow();
    expect(first.progress().rows).toBe(15);
    expect(await numbersIn(directory)).toEqual(data[0]?.flat());
  });
});

describe('a full disk', () => {
  it.each([
    ['csv', 'none'],
    ['parquet', 'none'],
  ])('as %s, %s: stops the export, which resumes when there is room', async (format, compression) => {
    const directory = newDirectory();
    const run = async (options: { fileBytes?: number }) => {
      const { lines, ended } = startProgram(program.path, [directory, format, compression], options);
      let last = '';
      for await (const line of lines) last = line;
      expect(await ended).toBe(0);
      return last;
    };
    const stopped: unknown = JSON.parse(await run({ fileBytes: 16 * 1_024 }));
    expect(stopped).toMatchObject({ code: 'disk_full', message: expect.stringContaining('grew larger') });
    const kept = await numbersIn(directory);
    expect(stopped).toMatchObject({
      rows: kept.length,
      message: expect.stringContaining(`${kept.length.toLocaleString('en')} rows are kept.`),
    });
    expect(await readManifest(directory)).toMatchObject({ isComplete: false });
    expect(await run({})).toBe('complete');
    expect(await numbersIn(directory)).toEqual(numbered(7, 60, 500).flat(2));
  });
});

/** Mulberry32, so that every run uses the same moments. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
