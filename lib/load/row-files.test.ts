import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import { packedRow, unpackedRow } from './packed-row';
import { areWhole, filesFor, RowFiles, rangesOfFiles, rowsOfRange } from './row-files';

let job: string;
beforeAll(async () => {
  job = await mkdtemp(join(tmpdir(), 'ringside-row-files-'));
});
afterAll(() => rm(job, { recursive: true }));

const token = fc.oneof(
  fc.bigInt({ min: MIN_TOKEN, max: MAX_TOKEN }),
  fc.constantFrom(MIN_TOKEN, MIN_TOKEN + 1n, -1n, 0n, 1n, MAX_TOKEN - 1n, MAX_TOKEN),
);

it('gives each row back in one range, that of its token, in the order of the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(token, { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), async (tokens, count) => {
      const files = await RowFiles.create(job, count);
      for (const [at, of] of tokens.entries()) {
        await files.add({ token: of, bytes: packedRow({ number: at, writes: [] }, of) });
      }
      const bytes = await files.end();
      expect(await areWhole(job, bytes)).toBe(true);
      const found: number[] = [];
      for (const range of rangesOfFiles(bytes)) {
        const numbers: number[] = [];
        for await (const row of rowsOfRange(job, range)) numbers.push(unpackedRow(row.bytes, 0).number);
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
        found.push(...numbers);
      }
      expect(found.toSorted((a, b) => a - b)).toEqual([...tokens.keys()]);
    }),
    { numRuns: 30 },
  );
});

it('cuts a large file into ranges that leave no token out', () => {
  const ranges = rangesOfFiles([0, 9 * 1024 * 1024, 10]);
  expect(ranges.map(({ file }) => file)).toEqual([1, 1, 1, 2]);
  expect(ranges.slice(1).map(({ from }) => from)).toEqual(ranges.slice(0, -1).map(({ to }) => to));
  expect(ranges.at(-1)?.to).toBe(MAX_TOKEN);
});

it('knows files that are not as they were', async () => {
  const files = await RowFiles.create(job, 2);
  await files.add({ token: 5n, bytes: packedRow({ number: 1, writes: [] }, 5n) });
  const bytes = await files.end();
  await RowFiles.create(job, 2);
  expect(await areWhole(job, bytes)).toBe(false);
});

it('has as many files as rows need, and no more than a process may write at once', () => {
  expect([0, 1, 20_000, 20_001, 1e9].map(filesFor)).toEqual([1, 1, 1, 2, 256]);
});
