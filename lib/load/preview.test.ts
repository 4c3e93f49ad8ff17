import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { CqlTable } from '@/lib/wire/file-format';
import { type PreviewRequest, previewSource } from './preview';

const native = (name: 'int' | 'text' | 'timestamp' | 'date') => ({ kind: 'native', name }) as const;

const table: CqlTable = {
  keyspace: 'shop',
  table: 'orders',
  columns: [
    { name: 'id', type: native('int'), kind: 'partition_key' },
    { name: 'paid_at', type: native('timestamp'), kind: 'regular' },
    { name: 'note', type: native('text'), kind: 'regular' },
  ],
};

async function preview(content: string | Buffer, given: Partial<PreviewRequest> = {}, isWhole = true, name = 'x') {
  const request = { options: {}, binding: {}, table, records: 10, signal: new AbortController().signal, ...given };
  return await previewSource({ name, head: Buffer.from(content), isWhole }, request);
}

describe('a preview', () => {
  it('guesses delimiter, header and mapping, and says why', async () => {
    const found = await preview('ID;Paid At;other\n1;2024-02-29T13:45:00Z;x\n');
    expect(found.guesses).toEqual([
      { option: 'format', value: 'csv', reason: 'it is text of no other format' },
      { option: 'encoding', value: 'utf-8', reason: 'its first bytes are valid UTF-8' },
      { option: 'delimiter', value: ';', reason: 'semicolons cut its first records into 3 fields each' },
      { option: 'header', value: 'true', reason: 'its first record names the column ID' },
    ]);
    expect(found.reasons).toEqual([
      { column: 'id', reason: 'same but for case' },
      { column: 'paid_at', reason: 'same but for spaces, dashes and underscores' },
    ]);
    expect([found.leftFields, found.leftColumns]).toEqual([['other'], ['note']]);
    expect(found.rows).toEqual([
      {
        record: 1,
        line: 2,
        values: { id: 1, paid_at: '2024-02-29T13:45:00.000Z' },
        ttlSeconds: null,
        timestampMicros: null,
      },
    ]);
  });

  it('names the fields of a file without a header by the columns', async () => {
    const found = await preview('1,2024-02-29T13:45:00Z,x\n2,,x\n');
    expect(found.options.csv.header).toEqual(['id', 'paid_at', 'note']);
    expect(found.rows.map((row) => row.values)).toEqual([
      { id: 1, paid_at: '2024-02-29T13:45:00.000Z', note: 'x' },
      { id: 2, note: 'x' },
    ]);
  });

  it('takes a first record with one value twice for no header', async () => {
    const found = await preview('7,7\n8,8\n');
    expect(found.options.csv.header).toEqual(['1', '2']);
    expect(found.error).toBeNull();
  });

  it('says which value of which column is none of its type', async () => {
    const found = await preview('id,paid_at\n1,29.02.2024\nx,\n');
    expect(found.rows).toEqual([]);
    expect(found.failures.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
      [2, 'paid_at', '29.02.2024', expect.stringContaining('Add the step date_format')],
      [3, 'id', 'x', expect.stringContaining('expected int')],
    ]);
  });

  it('does not take the end of a beginning for a fault of the file', async () => {
    const whole = gzipSync(`id,note\n${Array.from({ length: 5_000 }, (_, id) => `${id},${Math.random()}\n`).join('')}`);
    const part = await preview(whole.subarray(0, 2_000), { records: 1e6 }, false, 'x.csv.gz');
    expect([part.failures, part.error]).toEqual([[], null]);
    expect(part.rows.length).toBeGreaterThan(10);
    const cut = await preview(whole.subarray(0, 2_000), { records: 1e6 }, true, 'x.csv.gz');
    expect(cut.error?.message).toContain('ends too early');
  });

  it.each([
    ['[{"id": 1}]', 'json'],
    ['{"id": 1}\n{"id": 2}', 'ndjson'],
    ['-- x\nINSERT INTO shop.orders (id) VALUES (1);', 'cql'],
  ])('knows %j by its content', async (content, format) => {
    const found = await preview(content);
    expect([found.options.format, found.rows[0]?.values]).toEqual([format, { id: 1 }]);
  });

  it('knows UTF-16 without a byte-order mark, and latin1', async () => {
    const utf16 = await preview(Buffer.from('id,note\n1,né\n', 'utf16le'));
    expect([utf16.options.csv.encoding, utf16.rows[0]?.values]).toEqual(['utf-16le', { id: 1, note: 'né' }]);
    const latin = await preview(Buffer.from('id,note\n1,né\n', 'latin1'));
    expect([latin.options.csv.encoding, latin.rows[0]?.values]).toEqual(['latin1', { id: 1, note: 'né' }]);
  });

  it('says what is wrong with a mapping before any row is typed', async () => {
    const found = await preview('a,b\n1,2\n');
    expect(found.mappingProblems).toEqual([
      { column: 'id', problem: 'A primary key column needs a value: map a field or a constant to it.' },
    ]);
    expect(found.names).toEqual(['a', 'b']);
  });
});
