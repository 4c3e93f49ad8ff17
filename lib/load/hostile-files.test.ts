import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import zlib, { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { bindOptionsSchema, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { RowBinder } from '@/lib/transform/row-binder';
import { encodeScalar } from '@/lib/wire/encode-scalar';
import type { CqlTable } from '@/lib/wire/file-format';
import { parquetOf } from '@/lib/wire/parquet/test-read';
import { openSource } from './open-source';
import { SourceError } from './records';
import { dryRunOf } from './test-dry-run';
import { type Options, outcomeOf, readAll, streamOf } from './test-sources';

const native = (name: 'int' | 'text' | 'double' | 'date' | 'timestamp' | 'decimal') =>
  ({ kind: 'native', name }) as const;

const table: CqlTable = {
  keyspace: 'k',
  table: 't',
  columns: [
    { name: 'id', type: native('int'), kind: 'partition_key' },
    { name: 'note', type: native('text'), kind: 'regular' },
    { name: 'price', type: native('decimal'), kind: 'regular' },
    { name: 'day', type: native('date'), kind: 'regular' },
    { name: 'at', type: native('timestamp'), kind: 'regular' },
  ],
};

/** A dry run over the bytes as a file of the format, with each column from the field of its name. */
async function triedOut(bytes: Buffer | string, options: Options) {
  const source = await openSource(
    { stream: streamOf(Buffer.from(bytes), 10) },
    sourceOptionsSchema.parse(options),
    new AbortController().signal,
  );
  const mapping = table.columns.map(({ name }) => ({ to: name, from: { field: name } }));
  const binder = new RowBinder(bindOptionsSchema.parse({ mapping }), table, source.form);
  return await dryRunOf(source, { binder, columns: table.columns, format: options.format });
}

const csv: Options = { format: 'csv' };

/** Files of which single records are wrong: how many are right, and where and why the others are not. */
const BAD_RECORDS: readonly [string, Buffer | string, Options, number, [number | null, number | null, string][]][] = [
  ['too few fields', 'id,note\n1,a\n2\n3,c\n', csv, 2, [[3, null, 'the record has 1 fields; 2 are expected']]],
  ['too many fields', 'id,note\n1,a,b\n3,c\n', csv, 1, [[2, null, 'the record has 3 fields']]],
  ['a quote that is never closed', 'id,note\n1,a\n2,"b\n3,c\n', csv, 1, [[3, 3, 'never closed']]],
  ['text after a closing quote', 'id,note\n1,"a"b\n2,c\n', csv, 1, [[2, 6, 'after a closing quote']]],
  ['a fault on the second line of a record', 'id,note\n1,"a\nb"x\n2,c\n', csv, 1, [[3, 3, 'after a closing quote']]],
  [
    'a decimal comma',
    'id;price\n1;1,5\n2;1.5\n',
    { format: 'csv', csv: { delimiter: ';' } },
    1,
    [[2, null, 'Add the step number_format, with "," as the decimal mark']],
  ],
  [
    'thousands',
    'id;price\n1;1,000.5\n2;1\n',
    { format: 'csv', csv: { delimiter: ';' } },
    1,
    [[2, null, 'number_format']],
  ],
  ['a day number of a spreadsheet', 'id,day\n1,45292\n', csv, 0, [[2, null, 'date_format with the format excel']]],
  ['a date in another order', 'id,day\n1,31/12/2023\n', csv, 0, [[2, null, 'such as dd/MM/yyyy or MM/dd/yyyy']]],
  ['a time without a zone', 'id,at\n1,2024-02-29 13:45:00\n', csv, 0, [[2, null, 'It has no zone']]],
  ['a day that does not exist', 'id,day\n1,2023-02-29\n', csv, 0, [[2, null, 'there is no day 2023-02-29']]],
  ['a number too large', 'id\n2147483648\n', csv, 0, [[2, null, 'from -2147483648 to 2147483647']]],
  [
    'a number of a million digits',
    `id,price\n1,${'9'.repeat(1_000_000)}\n2,1\n`,
    csv,
    1,
    [[2, null, 'a number of 1000000 characters']],
  ],
  ['a null key', 'id,note\n,a\n2,b\n', csv, 1, [[2, null, 'a primary key column cannot be null']]],
  ['an empty key', 'id,note\n"",a\n2,b\n', csv, 1, [[2, null, 'a value is missing, such as 42']]],
  ['invalid UTF-8', Buffer.from('id,note\n1,é\n2,b\n', 'latin1'), csv, 1, [[2, 3, 'the byte 0xe9 is not UTF-8']]],
  [
    'a surrogate in UTF-8',
    Buffer.from([...Buffer.from('id,note\n1,'), 0xed, 0xa0, 0x80, 0x0a]),
    csv,
    0,
    [[2, 3, 'is not UTF-8']],
  ],
  [
    'broken JSON on a line',
    '{"id":1}\n{"id":2,}\n{"id":3}\n',
    { format: 'ndjson' },
    2,
    [[2, 9, 'a key in double quotes is expected']],
  ],
  ['a line that is no object', '{"id":1}\n[2]\n', { format: 'ndjson' }, 1, [[2, 1, 'an object, such as']]],
  [
    'two objects on a line',
    '{"id":1}{"id":2}\n{"id":3}\n',
    { format: 'ndjson' },
    1,
    [[1, 9, 'nothing more is expected']],
  ],
  ['a key that comes twice', '{"id":1,"id":2}\n', { format: 'ndjson' }, 0, [[1, 9, 'the key "id" comes twice']]],
  [
    'JSON nested a hundred thousand deep',
    `{"id":${'['.repeat(100_000)}}\n{"id":1}\n`,
    { format: 'ndjson' },
    1,
    [[1, null, 'nested more than 128 deep']],
  ],
  ['a lone surrogate', '{"id":1,"note":"\\ud800"}\n', { format: 'ndjson' }, 0, [[1, null, 'a lone surrogate']]],
  ['a number that JSON.parse would round', '{"id":1,"price":0.10000000000000000001}\n', { format: 'ndjson' }, 1, []],
  [
    'empty text where a number is expected',
    '{"id":""}\n',
    { format: 'ndjson' },
    0,
    [[1, null, 'got empty text, which may mean null']],
  ],
  [
    'a raw control character in JSON',
    '{"id":1,"note":"a\u0001"}\n',
    { format: 'ndjson' },
    0,
    [[1, 18, 'a control character']],
  ],
  [
    'a broken object of an array',
    '[\n{"id":1},\n{"id" 2},\n{"id":3}\n]',
    { format: 'json' },
    2,
    [[3, 7, 'a colon after the key']],
  ],
  [
    'an UPDATE among INSERTs',
    'INSERT INTO k.t (id) VALUES (1);\nUPDATE k.t SET note = 1;\n',
    { format: 'cql' },
    1,
    [[2, 1, 'an UPDATE']],
  ],
  [
    'more values than columns',
    'INSERT INTO t (id) VALUES (1, 2);\n',
    { format: 'cql' },
    0,
    [[1, null, '1 columns and 2 values']],
  ],
  [
    'an INSERT into another table',
    'INSERT INTO t (id) VALUES (1);\nINSERT INTO u (id) VALUES (1);\n',
    { format: 'cql' },
    1,
    [[2, 1, 'the file began with one into t']],
  ],
  [
    'a statement that is cut off',
    "INSERT INTO t (id) VALUES (1);\nINSERT INTO t (id, note) VALUES (2, 'a",
    { format: 'cql' },
    1,
    [[2, 37, 'no closing']],
  ],
];

describe('a record that cannot be read or written', () => {
  it.each(BAD_RECORDS)('%s', async (_, bytes, options, rows, faults) => {
    const report = await triedOut(bytes, options);
    expect(report.message).toBeNull();
    expect(report.counts).toMatchObject({ good: rows, bad: faults.length });
    expect(report.problems).toEqual(
      faults.map(([line, character, reason]) =>
        expect.objectContaining({
          line,
          ...(character === null ? {} : { character }),
          message: expect.stringContaining(reason),
        }),
      ),
    );
  });

  it('keeps the bytes that it came as, whatever they are', async () => {
    const lines = ['1,"a', 'b"x', '2', Buffer.from('3,é', 'latin1'), '4,"no end'];
    const [first, second, third, fourth, fifth] = lines.map((line) => Buffer.from(line));
    const bytes = Buffer.concat([
      Buffer.from('id,note\n'),
      ...[first, second, third, fourth, fifth].flatMap((line) => [line ?? Buffer.alloc(0), Buffer.from('\n')]),
    ]);
    const { bad, records } = await readAll(bytes, csv, 3);
    expect(records).toEqual([]);
    expect(bad.map((record) => Buffer.from(record.bytes ?? []).toString('latin1'))).toEqual([
      '1,"a\nb"x',
      '2',
      '3,é',
      '4,"no end\n',
    ]);
  });
});

/** Files that read well, though they look odd. */
const ODD: readonly [string, Buffer | string, Options, number][] = [
  ['a byte-order mark', '\ufeffid,note\n1,a\n', csv, 1],
  ['lines that end with CR only', 'id,note\r1,a\r2,b\r', csv, 2],
  ['lines that end with CRLF', 'id,note\r\n1,a\r\n2,b', csv, 2],
  ['blank lines', '\nid,note\n\n1,a\n\n', csv, 1],
  ['NUL in a text', 'id,note\n1,a\0b\n', csv, 1],
  ['a header only', 'id,note\n', csv, 0],
  ['UTF-16 with a mark', Buffer.from('\ufeffid,note\n1,né\n', 'utf16le'), csv, 1],
  ['an empty array', ' [ ] \n', { format: 'json' }, 0],
  ['an empty file of objects', '', { format: 'ndjson' }, 0],
  ['comments only', '-- nothing\n/* here; */ -- end', { format: 'cql' }, 0],
  ['a semicolon in text', "INSERT INTO t (id, note) VALUES (1, 'a;b''; -- /*');\n", { format: 'cql' }, 1],
  ['two gzip members', Buffer.concat([gzipSync('id\n1\n'), gzipSync('2\n')]), csv, 2],
];

describe('a file that only looks odd', () => {
  it.each(ODD)('%s', async (_, bytes, options, rows) => {
    const report = await triedOut(bytes, options);
    expect(report).toMatchObject({ counts: { good: rows, bad: 0 }, message: null });
  });
});

const zstd = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00, 0x21, 0x00, 0x00, 0x69, 0x64, 0x0a, 0x31]);
const parquet = Buffer.from(
  parquetOf([{ name: 'id', type: native('int') }], [[encodeScalar('1', 'int')], [encodeScalar('2', 'int')]], {
    compression: 'none',
  }),
);

function changed(bytes: Buffer, at: number, to: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = to;
  return copy;
}

/** Files that cannot be read any further: why, and where. */
const ENDED: readonly [string, Buffer | string, Options, string, { line?: number; column?: number }][] = [
  ['nothing at all', '', csv, 'The file is empty', { line: 1 }],
  ['a header with one name twice', 'id,note,id\n1,a,2\n', csv, 'Fields 1 and 3 have the same name, "id"', { line: 1 }],
  [
    'a header that is not UTF-8',
    Buffer.from('né\n1\n', 'latin1'),
    csv,
    'The header cannot be read',
    { line: 1, column: 2 },
  ],
  ['UTF-16 without a mark', Buffer.from('id,note\n1,a\n', 'utf16le'), csv, 'probably UTF-16', { line: 1 }],
  [
    'half of a character of UTF-16',
    Buffer.from('\ufeffid\n1\n', 'utf16le').subarray(0, 11),
    csv,
    'half of a character',
    {},
  ],
  [
    'a field longer than the limit',
    `id,note\n1,a\n2,"${'x'.repeat(5_000)}`,
    { ...csv, limits: { recordBytes: 1_000 } },
    'Record 2, which begins on line 3, is longer',
    { line: 3 },
  ],
  [
    'a line longer than the limit',
    `{"id":1}\n{"id":"${'x'.repeat(5_000)}`,
    { format: 'ndjson', limits: { recordBytes: 1_000 } },
    'Record 2, which begins on line 2',
    { line: 2 },
  ],
  ['gzip that is cut off', gzipSync('id\n1\n2\n').subarray(0, -9), csv, 'The gzip file ends too early', {}],
  ['gzip with a damaged byte', changed(gzipSync('id\n1\n2\n'), 20, 0xff), csv, 'The gzip file is damaged', {}],
  [
    'gzip with more after it',
    Buffer.concat([gzipSync('id\n1\n'), Buffer.alloc(20)]),
    csv,
    'what follows is not gzip',
    {},
  ],
  ['text that is said to be gzip', 'id\n1\n', { ...csv, compression: 'gzip' }, 'The gzip file is damaged', {}],
  [
    'an object where an array is expected',
    '{"id":1}',
    { format: 'json' },
    'an array of objects, which begins with [',
    { line: 1, column: 1 },
  ],
  ['an array of numbers', '[\n 1]', { format: 'json' }, 'an object or the closing ]', { line: 2, column: 2 }],
  ['an array without its end', '[{"id":1},\n{"id":2}', { format: 'json' }, 'The file ends too early', { line: 2 }],
  [
    'more after an array',
    '[{"id":1}]\n{"id":2}',
    { format: 'json' },
    'nothing more after the closing ]',
    { line: 2, column: 1 },
  ],
  [
    'a batch',
    'BEGIN BATCH INSERT INTO t (id) VALUES (1); APPLY BATCH;',
    { format: 'cql' },
    'The file has a batch',
    { line: 1 },
  ],
  ['an empty Parquet file', '', { format: 'parquet' }, 'The file is empty', {}],
  ['text that is said to be Parquet', 'id\n1\n', { format: 'parquet' }, 'The file is not Parquet', {}],
  ['Parquet that is cut off', parquet.subarray(0, -30), { format: 'parquet' }, 'is cut off', {}],
  ['Parquet that has only a start', parquet.subarray(0, 6), { format: 'parquet' }, 'is cut off', {}],
  [
    'a footer longer than its file',
    changed(parquet, parquet.length - 5, 0x7f),
    { format: 'parquet' },
    'is cut off',
    {},
  ],
  [
    'a row group over the limit',
    parquet,
    { format: 'parquet', limits: { rowGroupBytes: 4 } },
    'Row group 1 of the Parquet file',
    {},
  ],
];

describe('a file that cannot be read to its end', () => {
  it.each(ENDED)('%s', async (_, bytes, options, message, place) => {
    const { error } = await readAll(Buffer.from(bytes), options, 7);
    expect(error).toBeInstanceOf(SourceError);
    expect(error).toMatchObject({ message: expect.stringContaining(message), ...place });
  });

  it('gives the records before its fault', async () => {
    const lines = Array.from({ length: 20_000 }, (_, id) => `${id},${Math.random()}\n`);
    const { records, error } = await readAll(gzipSync(`id,note\n${lines.join('')}`).subarray(0, -100), csv);
    expect(String(error)).toContain('ends too early');
    expect(records.length).toBeGreaterThan(10_000);
  });

  it('gives the records of the same chunk before its fault', async () => {
    const { records, error } = await readAll('[{"id":1},{"id":2},7]', { format: 'json' });
    expect(String(error)).toContain('an object is expected');
    expect(records).toHaveLength(2);
  });

  it('reads zstd, or says that this Node cannot', async () => {
    const { records, error } = await readAll(zstd, csv);
    if ('createZstdDecompress' in zlib) expect(records).toHaveLength(1);
    else expect(String(error)).toContain('cannot decompress zstd');
  });

  it.each(['link', 'folder', 'missing'])('refuses a %s given as a file', async (kind) => {
    const folder = await mkdtemp(join(tmpdir(), 'ringside-hostile-'));
    try {
      await writeFile(join(folder, 'real'), 'id\n1\n');
      await symlink(join(folder, 'real'), join(folder, 'link'));
      await mkdir(join(folder, 'folder'));
      for (const format of ['csv', 'parquet'] as const) {
        const opened = openSource(
          { path: join(folder, kind) },
          sourceOptionsSchema.parse({ format }),
          new AbortController().signal,
        );
        await expect(opened).rejects.toThrow(kind === 'missing' ? /ENOENT/ : /is not a plain file/);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** A stream of many copies of a chunk, made as they are read. */
function repeated(chunk: Buffer, times: number, before = Buffer.alloc(0)): { stream: Readable; taken: () => number } {
  let taken = 0;
  function* chunks() {
    yield before;
    for (; taken < times; taken++) yield chunk;
  }
  return { stream: Readable.from(chunks(), { objectMode: false }), taken: () => taken };
}

describe('memory', () => {
  const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

  it('does not grow with a field: a record over the limit ends the file long before it is read', async () => {
    const { stream, taken } = repeated(MEGABYTE, 1_000, Buffer.from('id,note\n1,"'));
    const source = await openSource({ stream }, sourceOptionsSchema.parse(csv), new AbortController().signal);
    const { error } = await outcomeOf(source);
    expect(String(error)).toContain('Record 1, which begins on line 2, is longer than');
    expect(taken()).toBeLessThan(40);
    expect(stream.destroyed).toBe(true);
  });

  it('does not grow with a decompression bomb', async () => {
    const lines = 100 * 1024;
    const bomb = gzipSync(Buffer.alloc(lines * 1024, `${'x'.repeat(1023)}\n`));
    const source = await openSource(
      { stream: streamOf(bomb) },
      sourceOptionsSchema.parse(csv),
      new AbortController().signal,
    );
    let records = 0;
    await expect(async () => {
      for await (const batch of source) records += batch.length;
    }).rejects.toThrow('it looks like a decompression bomb');
    expect(records).toBeLessThan(lines * 0.7);
  });

  it('is released, and the stream destroyed, when the loop is left or aborted', async () => {
    const left = repeated(Buffer.from('1,a\n'.repeat(10_000)), 1_000, Buffer.from('id,note\n'));
    for await (const _ of await openSource(
      { stream: left.stream },
      sourceOptionsSchema.parse(csv),
      new AbortController().signal,
    ))
      break;
    expect([left.stream.destroyed, left.taken() < 10]).toEqual([true, true]);
    const aborting = new AbortController();
    const stopped = repeated(Buffer.from('1,a\n'.repeat(10_000)), 1_000, Buffer.from('id,note\n'));
    const source = await openSource({ stream: stopped.stream }, sourceOptionsSchema.parse(csv), aborting.signal);
    await expect(async () => {
      for await (const _ of source) aborting.abort(new Error('enough'));
    }).rejects.toThrow('enough');
    expect(stopped.stream.destroyed).toBe(true);
  });
});
