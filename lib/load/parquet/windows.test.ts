import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { type SourceLimits, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { fromJson } from '@/lib/wire/encode';
import { parquetOf } from '@/lib/wire/parquet/test-read';
import { ParquetSource } from './parquet-source';
import { windowsOf } from './windows';

async function rowsOf(file: Uint8Array, limits: Partial<SourceLimits> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'ringside-windows-'));
  try {
    const path = join(directory, 'x.parquet');
    await writeFile(path, file);
    const all = { ...sourceOptionsSchema.parse({ format: 'parquet' }).limits, ...limits };
    const fields: unknown[][] = [];
    const batches = new ParquetSource(await open(path), all, new AbortController().signal);
    for await (const items of batches) {
      for (const item of items) if (item.kind === 'record') fields.push([item.number, ...item.fields]);
    }
    return fields;
  } finally {
    await rm(directory, { recursive: true });
  }
}

describe('a large row group', () => {
  it.each([
    ['of few values', { values: 90_000 }, 1],
    ['of many', { values: 500_000 }, 5],
    ['of very many', { values: 1_100_000 }, 8],
    ['of more than may be held', { values: 24_000_000 }, 20],
    ['with nested columns', { values: 1_100_000, isNested: true }, 1],
  ])('%s is decoded in as many parts as its memory is worth', (_, given, parts) => {
    expect(windowsOf({ rows: 100_000, bytes: 7_000_000, isNested: false, ...given })).toHaveLength(parts);
  });

  it('is cut into runs that hold each row once, none of them large', () => {
    const size = fc.record({
      rows: fc.integer({ min: 0, max: 5_000_000 }),
      bytes: fc.integer({ min: 0, max: 2 ** 28 }),
      values: fc.integer({ min: 0, max: 32_000_000 }),
      isNested: fc.boolean(),
    });
    fc.assert(
      fc.property(size, (group) => {
        const windows = windowsOf(group);
        let next = 0;
        for (const [start, end] of windows) {
          expect(start).toBe(next);
          expect((group.values / Math.max(1, group.rows)) * (end - start - 1)).toBeLessThanOrEqual(1_200_000);
          next = end;
        }
        expect(next).toBe(group.rows);
      }),
    );
  });

  it('is read in parts, in order and whole', async () => {
    const texts = Array.from({ length: 45 }, (_, at) => `${at} `.padEnd(500_000, String(at % 10)));
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'id', data: texts.map((_, at) => at), type: 'INT32' },
        { name: 'text', data: texts, type: 'STRING' },
      ],
      rowGroupSize: 1_000,
    });
    const found = await rowsOf(new Uint8Array(file));
    expect(found.map(([number, id]) => [number, id])).toEqual(texts.map((_, at) => [at + 1, `${at}`]));
    expect(found.findIndex(([, , text], at) => text !== texts[at])).toBe(-1);
  });

  it('is refused before it is decoded where its lists would be held as a whole', async () => {
    const type = { kind: 'list', of: { kind: 'native', name: 'int' }, frozen: false } as const;
    const rows = Array.from({ length: 2_000 }, (_, at) => [fromJson([at, at + 1], type)]);
    const file = parquetOf([{ name: 'parts', type }], rows);
    expect(await rowsOf(file)).toHaveLength(2_000);
    await expect(rowsOf(file, { rowGroupBytes: 60_000 })).rejects.toThrow(/of lists, maps and structs/);
  });
});
