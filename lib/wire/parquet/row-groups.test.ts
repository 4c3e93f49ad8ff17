import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { encodeScalar } from '@/lib/wire/encode-scalar';
import { rowWriter } from '@/lib/wire/row-writer';
import { pageOf } from '@/lib/wire/test-pages';
import { toJson } from '@/lib/wire/values';
import { jsonOf, metadataOf, parquetOf, readRows } from './test-read';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });
const list = (of: CqlType): CqlType => ({ kind: 'list', of });

describe('a large Parquet file', () => {
  const columns = [
    { name: 'n', type: native('int') },
    { name: 'few', type: native('text') },
    { name: 'many', type: native('text') },
    { name: 'tags', type: list(native('text')) },
  ];
  const text = (value: string) => new TextEncoder().encode(value);
  const tag = (value: string) => {
    const bytes = text(value);
    return Uint8Array.of(0, 0, 0, 1, 0, 0, 0, bytes.length, ...bytes);
  };
  // Texts that repeat at first and later do not, so that a dictionary is started, fills up and is dropped.
  const rowOf = (n: number) => [
    encodeScalar(String(n - 5), 'int'),
    n % 7 === 0 ? null : text(`few ${n % 40}`),
    text(n < 30_000 ? `many ${n % 9000} ${'x'.repeat(40)}` : `${n}`),
    n % 3 === 0 ? null : tag(`tag ${n}`),
  ];
  const rows = Array.from({ length: 120_000 }, (_, n) => rowOf(n));

  it('is written in row groups, each with the bounds of its numbers, and read back complete', async () => {
    const file = parquetOf(columns, rows, { compression: 'gzip', gzip: gzipSync });
    const { num_rows: total, row_groups: groups } = metadataOf(file);
    expect(total).toBe(120_000n);
    expect(groups.map((group) => Number(group.num_rows))).toEqual([100_000, 20_000]);
    const [numbers, few] = groups[1]?.columns ?? [];
    expect(numbers?.meta_data?.statistics).toMatchObject({ min_value: 99_995, max_value: 119_994, null_count: 0n });
    expect(few?.meta_data?.encodings).toContain('RLE_DICTIONARY');
    const read = await readRows(file);
    const expected = rows.map((row) => columns.map(({ type }, i) => toJson(row[i] ?? null, type)));
    expect(read.map((row) => columns.map(({ name, type }) => jsonOf(row[name], type)))).toEqual(expected);
  });

  it('is output while it is written, never more than a row group late', () => {
    const cell = new Uint8Array(1024 * 1024).fill(1);
    const writer = rowWriter({ format: 'parquet', parquet: { compression: 'none' } }, [
      { name: 'b', type: native('blob') },
    ]);
    const body = pageOf([[cell]]);
    let most = 0;
    writer.begin();
    for (let row = 1, taken = 0; row <= 40; row++) {
      writer.write(body, 0, 1);
      for (const _ of writer.settle?.() ?? []);
      taken += writer.sink.take().length;
      most = Math.max(most, row * cell.length - taken);
    }
    expect(most).toBeLessThan(9 * cell.length);
  });
});
