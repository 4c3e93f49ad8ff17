import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { MutatedTable } from '@/lib/cql/mutation/nodes';
import { decideLoad, type LoadGiven } from './decide';
import { firstOfStream } from './first-input';
import { openSource } from './open-source';
import { shownRecords } from './shown-records';

const native = (name: 'int' | 'text' | 'timestamp') => ({ kind: 'native', name }) as const;

const TABLE: MutatedTable = {
  keyspace: 'shop',
  table: 'orders',
  shape: {
    columns: [
      { name: 'id', type: native('int'), kind: 'partition_key', clusteringOrder: 'none' },
      { name: 'paid_at', type: native('timestamp'), kind: 'regular', clusteringOrder: 'none' },
      { name: 'note', type: native('text'), kind: 'regular', clusteringOrder: 'none' },
    ],
    partitionKey: ['id'],
    clusteringKey: [],
    indexes: [],
    isVirtual: false,
    isView: false,
  },
};

async function decided(content: string | Buffer, given: Partial<LoadGiven> = {}) {
  const { signal } = new AbortController();
  const stream = Readable.from([Buffer.from(content)], { objectMode: false });
  const { first } = await firstOfStream(stream, 'orders', signal);
  const load = await decideLoad(TABLE, { isExport: false, ...given }, first, signal);
  const records = shownRecords(load);
  return { ...load, records, rows: records.flatMap(({ row }) => (row === null ? [] : [row])) };
}

describe('what a load is decided to be', () => {
  it('finds out delimiter, header and mapping, and says why', async () => {
    const { guesses, fields, bind, rows, statement } = await decided('ID;Paid At;other\n1;2024-02-29T13:45:00Z;x\n');
    expect(guesses).toEqual([
      { option: 'format', value: 'csv', reason: 'it is text of no other format' },
      { option: 'encoding', value: 'utf-8', reason: 'its first bytes are valid UTF-8' },
      { option: 'delimiter', value: ';', reason: 'semicolons cut its first records into 3 fields each' },
      { option: 'header', value: 'true', reason: 'its first record names the column ID' },
    ]);
    expect(fields).toEqual(['ID', 'Paid At', 'other']);
    expect(bind.mapping).toEqual([
      { to: 'id', from: { field: 'ID' }, steps: [] },
      { to: 'paid_at', from: { field: 'Paid At' }, steps: [] },
    ]);
    expect(rows).toEqual([{ id: 1, paid_at: '2024-02-29T13:45:00.000Z' }]);
    expect(statement).toBe('INSERT INTO shop.orders (id, paid_at) VALUES (?, ?) USING TIMESTAMP ? AND TTL ?');
  });

  it('takes what is given instead, and guesses only the rest', async () => {
    const { guesses, source } = await decided('id;note\n1;a\n', { source: { format: 'csv', csv: { delimiter: ',' } } });
    expect(guesses.map(({ option }) => option)).toEqual(['encoding', 'header']);
    expect(source.csv.delimiter).toBe(',');
  });

  it('names the fields of a file without a header by the columns', async () => {
    const { source, rows } = await decided('1,2024-02-29T13:45:00Z,x\n2,,x\n');
    expect(source.csv.header).toEqual(['id', 'paid_at', 'note']);
    expect(rows).toEqual([
      { id: 1, paid_at: '2024-02-29T13:45:00.000Z', note: 'x' },
      { id: 2, note: 'x' },
    ]);
  });

  it('takes a first record with one value twice for no header', async () => {
    expect((await decided('7,7\n8,8\n')).source.csv.header).toEqual(['1', '2']);
  });

  it('says which value of which column is none of its type', async () => {
    const { records } = await decided('id,paid_at\n1,29.02.2024\nx,\n');
    expect(records.map(({ problem }) => [problem?.line, problem?.column, problem?.value, problem?.message])).toEqual([
      [2, 'paid_at', '29.02.2024', expect.stringContaining('Add the step date_format')],
      [3, 'id', 'x', expect.stringContaining('expected int')],
    ]);
  });

  it.each([
    ['[{"id": 1}]', 'json'],
    ['{"id": 1}\n{"id": 2}', 'ndjson'],
    ['-- x\nINSERT INTO shop.orders (id) VALUES (1);', 'cql'],
  ])('knows %j by its content', async (content, format) => {
    const { source, rows } = await decided(content);
    expect([source.format, rows[0]]).toEqual([format, { id: 1 }]);
  });

  it.each(['utf16le', 'latin1'] as const)('knows %s without a byte-order mark', async (encoding) => {
    const { source, rows } = await decided(Buffer.from('id,note\n1,né\n', encoding));
    expect([source.csv.encoding, rows]).toEqual([
      encoding === 'latin1' ? 'latin1' : 'utf-16le',
      [{ id: 1, note: 'né' }],
    ]);
  });

  it('says what is wrong with a mapping before any row is typed', async () => {
    const { problem, fields, records, statement } = await decided('a,b\n1,2\n');
    expect(problem).toBe('id: A primary key column needs a value: map a field or a constant to it.');
    expect([fields, statement, records[0]?.row]).toEqual([['a', 'b'], null, null]);
  });

  it('does not take the end of a beginning for a fault of the file', async () => {
    const whole = gzipSync(`id,note\n${Array.from({ length: 40 }, (_, id) => `${id},${Math.random()}\n`).join('')}`);
    const { signal } = new AbortController();
    const head = whole.subarray(0, whole.length / 2);
    const load = (isCut: boolean) =>
      decideLoad(
        TABLE,
        { isExport: false },
        {
          ...{ name: 'x.csv.gz', bytes: { name: 'x.csv.gz', head, isWhole: !isCut }, isCut },
          open: (options) => openSource({ stream: Readable.from([head], { objectMode: false }) }, options, signal),
        },
        signal,
      );
    const part = await load(true);
    expect([part.problem, part.items.length > 5]).toEqual([null, true]);
    expect((await load(false)).problem).toContain('ends too early');
  });
});
