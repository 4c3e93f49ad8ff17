import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceOptionsSchema } from '@/lib/contract/load-sources';
import { EarlierRows } from './earlier-rows';
import { FailedNumbers } from './failed-numbers';
import { StreamInput } from './inputs';
import { REASONS_FILE } from './state';
import { streamOf } from './test-sources';

const OPTIONS = sourceOptionsSchema.parse({ format: 'csv' });
const { signal } = new AbortController();

/** What passes for written by earlier runs, and how many records there are in all. */
async function passed(total: number, done: number, failed: readonly number[]) {
  const directory = await mkdtemp(join(tmpdir(), 'ringside-earlier-'));
  try {
    const lines = failed.map((record) => `${JSON.stringify({ record })}\n`);
    if (lines.length > 0) await writeFile(join(directory, REASONS_FILE), lines.join(''));
    const text = `id\n${Array.from({ length: total }, (_, at) => `${at + 1}\n`).join('')}`;
    const written: string[] = [];
    const inputs = new EarlierRows(new StreamInput(streamOf(Buffer.from(text), 64), OPTIONS, null), {
      records: done,
      bind: () => ({ kind: 'bound', writes: [] }),
      failed: new FailedNumbers(directory),
      written: ({ fields: [id] }) => written.push(String(id)),
    });
    const { source } = await inputs.open(0, signal);
    let records = 0;
    for await (const items of source) records += items.length;
    return { written, records, sha256: source.sha256() };
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe('rows of earlier runs', () => {
  it('pass by once each, but for those that failed, and the input is whole', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 0, max: 300 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 20 }),
        async (total, done, numbers) => {
          const failed = numbers.sort((a, b) => a - b);
          const { written, records, sha256 } = await passed(total, done, failed);
          const expected = Array.from({ length: Math.min(total, done) }, (_, at) => at + 1);
          expect(written).toEqual(expected.filter((number) => !failed.includes(number)).map(String));
          expect([records, sha256.length]).toEqual([total, 64]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
