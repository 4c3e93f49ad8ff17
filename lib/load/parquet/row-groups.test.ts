import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { type SourceLimits, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { fromJson } from '@/lib/wire/encode';
import { parquetOf } from '@/lib/wire/parquet/test-read';
import { ParquetSource } from './parquet-source';

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
