import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseCqlType } from '@/lib/cql/type-text';
import type { CqlType } from '@/lib/cql/types';
import { ValueError, WireError } from './errors';
import type { RowWriter } from './file-format';
import { endSteps, pageSteps } from './page-steps';
import { readRows } from './parquet/test-read';
import { type FileFormat, rowWriter } from './row-writer';
import type { Part } from './split';
import { fileOf, pageOf } from './test-pages';

const KIB = 1024;
const LIMIT = { bytes: 256 * KIB * KIB, hint: 'Leave the column out' };

/** Bytes with every awkward UTF-8 case, quotes and line ends, so that cuts fall into the middle of each. */
function awkward(bytes: number): Uint8Array {
  const text = new TextEncoder().encode('a"b\'c\\\n\r\u0000é€😀,;=\t');
  const broken = [0x80, 0xf0, 0x9f, 0x98, 0xe2, 0x82, 0xff, 0xbf, 0xbf, 0xbf, 0xbf, 0xbf];
  const unit = Uint8Array.from([...text, ...broken, ...text.subarray(0, 7)]);
  const all = new Uint8Array(bytes);
  for (let at = 0; at < bytes; at += unit.length) all.set(unit.subarray(0, bytes - at), at);
  return all;
}

const plain = (bytes: number) => new Uint8Array(bytes).fill(0x78);
const int32 = (value: number) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
};
const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const framed = (bytes: Part) => (bytes === null ? int32(-1) : joined([int32(bytes.length), bytes]));
const list = (...elements: readonly Part[]) => joined([int32(elements.length), ...elements.map(framed)]);
const numbers = (count: number) => joined([int32(count), ...many(count, (at) => joined([int32(4), int32(at)]))]);
const map = (...entries: readonly (readonly [Part, Part])[]) =>
  joined([int32(entries.length), ...entries.flat().map(framed)]);
const fields = (...parts: readonly Part[]) => joined(parts.map(framed));
const many = (count: number, of: (at: number) => Uint8Array) => Array.from({ length: count }, (_, at) => of(at));
const vint = (length: number) => Uint8Array.of(0xf0, length >> 24, length >> 16, length >> 8, length);

const FIELDS = [
  { name: 'a', type: parseCqlType('text') },
  { name: 'constructor', type: parseCqlType('list<blob>') },
  { name: 'c', type: parseCqlType('int') },
];
const typeOf = (text: string): CqlType => parseCqlType(text, (_, name) => (name === 'u' ? FIELDS : undefined), 'k');

const LARGE: readonly (readonly [type: string, value: Uint8Array])[] = [
  ['text', awkward(300 * KIB)],
  ['text', plain(300 * KIB)],
  ['text', joined([new TextEncoder().encode('=1'), plain(200 * KIB)])],
  ['text', joined([new TextEncoder().encode('=1"'), awkward(200 * KIB)])],
  ['ascii', plain(64 * KIB + 1)],
  ['blob', awkward(300 * KIB)],
  ["'com.example.Odd'", awkward(200 * KIB)],
  ['list<text>', list(awkward(200 * KIB), plain(10), awkward(200 * KIB))],
  ['list<text>', list(...many(30_000, () => plain(5)))],
  ['list<text>', list(plain(200 * KIB))],
  ['set<int>', list(...many(30_000, int32))],
  ['list<frozen<list<text>>>', list(list(plain(200 * KIB)), list(), list(plain(3), awkward(100 * KIB)))],
  ['map<text, blob>', map([plain(1), awkward(200 * KIB)], [awkward(100 * KIB), plain(3)])],
  ['map<int, text>', map(...many(20_000, int32).map((key) => [key, plain(4)] as const))],
  ['frozen<u>', fields(awkward(200 * KIB), list(awkward(100 * KIB), plain(2)), int32(7))],
  ['frozen<u>', fields(awkward(200 * KIB))],
  ['frozen<tuple<int, text, int>>', fields(null, awkward(200 * KIB), null)],
  ['vector<float, 40000>', joined(many(40_000, () => Uint8Array.of(0x3f, 0x80, 0, 0)))],
  ['vector<text, 2>', joined([vint(200 * KIB), awkward(200 * KIB), vint(3), plain(3)])],
];

const COLUMNS = [
  { name: 'k', type: typeOf('int') },
  ...LARGE.map(([type], at) => ({ name: `c${at}`, type: typeOf(type) })),
  { name: 'none', type: typeOf('text') },
];
const small = (at: number): Part[] => [int32(at), ...LARGE.map(() => null), plain(at % 100)];
const ROWS: Part[][] = [
  small(0),
  [int32(1), ...LARGE.map(([, value]) => value), null],
  ...Array.from({ length: 1_500 }, (_, at) => small(at + 2)),
  small(3_000),
];
const table = {
  keyspace: 'k',
  table: 't',
  columns: COLUMNS.map((column, at) => ({
    ...column,
    kind: at === 0 ? ('partition_key' as const) : ('regular' as const),
  })),
};
const FORMATS: readonly FileFormat[] = [
  { format: 'csv' },
  { format: 'csv', csv: { delimiter: ';', nullText: 'NULL', formulaSafe: true } },
  { format: 'ndjson' },
  { format: 'json' },
  { format: 'cql', table },
  { format: 'parquet' },
  { format: 'parquet', parquet: { compression: 'none' } },
];

const named = (formats: readonly FileFormat[]) => formats.map((format) => [format.format, format] as const);

/** What a writer writes, and the most bytes between two steps. */
function steppedFile(writer: RowWriter, rows: readonly (readonly Part[])[]) {
  const pieces: Uint8Array[] = [];
  const body = pageOf(rows);
  let [steps, most, whole, sinkBefore] = [0, 0, 0, 0];
  writer.begin();
  const take = (all: Iterable<{ readonly rows: number; readonly chunks: readonly Uint8Array[] }>) => {
    for (const step of all) {
      steps++;
      whole += step.rows;
      most = Math.max(most, writer.sink.length - (step.chunks.length > 0 ? 0 : sinkBefore));
      pieces.push(...step.chunks, writer.sink.take());
      sinkBefore = writer.sink.length;
    }
  };
  take(pageSteps(writer, { body, rows: rows.length }, 0, LIMIT));
  take(endSteps(writer));
  pieces.push(writer.sink.take());
  return { bytes: joined(pieces), steps, most, rows: whole, bodyBytes: body.length };
}

describe('a page written in steps', () => {
  it.each(named(FORMATS))('gives the same file as when written at once: %s', async (_, format) => {
    const { bytes, steps, most, rows, bodyBytes } = steppedFile(rowWriter(format, COLUMNS), ROWS);
    const expected = fileOf(format, COLUMNS, ROWS, ROWS.length);
    if (format.format === 'parquet') {
      expect(isDeepStrictEqual(await readRows(bytes), await readRows(expected))).toBe(true);
    } else expect(Buffer.compare(bytes, expected)).toBe(0);
    expect(rows).toBe(ROWS.length);
    expect(steps).toBeGreaterThan(bodyBytes / (256 * KIB));
    // Text takes at most six bytes for one; Parquet hands over a column at a time.
    if (format.format !== 'parquet') expect(most).toBeLessThan(6 * 256 * KIB);
  });

  it.each(named(FORMATS.filter(({ format }) => format !== 'parquet')))(
    'takes at least one step per 64 KiB of a 12 MB cell: %s',
    (_, format) => {
      for (const [type, value] of [
        ['text', awkward(12_000_000)],
        ['blob', new Uint8Array(1_000_000)],
        ['list<int>', numbers(50_000)],
      ] as const) {
        const columns = [COLUMNS[0], { name: 'v', type: typeOf(type) }].flatMap((column) => column ?? []);
        const { steps } = steppedFile(
          rowWriter(
            format.format === 'cql'
              ? {
                  format: 'cql',
                  table: {
                    ...table,
                    columns: columns.map((of, at) => ({ ...of, kind: at === 0 ? 'partition_key' : 'regular' })),
                  },
                }
              : format,
            columns,
          ),
          [[int32(1), value]],
        );
        expect(steps).toBeGreaterThan(value.length / (66 * KIB));
      }
    },
  );

  it('as Parquet takes steps within a large text, and between large cells', () => {
    const columns = many(12, int32).map((_, at) => ({ name: `c${at}`, type: typeOf('text') }));
    const { steps, most } = steppedFile(rowWriter({ format: 'parquet' }, columns), [
      columns.map(() => plain(1_200_000)),
    ]);
    expect(steps).toBeGreaterThan((12 * 1_200_000) / (64 * KIB));
    expect(most).toBeLessThan(2 * 1_200_000);
  });

  it('names row and column of a row that is too large, and keeps the rows before it', () => {
    const writer = rowWriter({ format: 'csv' }, COLUMNS.slice(0, 2));
    const steps = pageSteps(
      writer,
      {
        body: pageOf([
          [int32(1), plain(3)],
          [int32(2), plain(300 * KIB)],
        ]),
        rows: 2,
      },
      10,
      { bytes: 256 * KIB, hint: 'Leave the column out' },
    );
    expect([...[steps.next().value]].map((step) => step?.rows)).toEqual([1]);
    expect(() => steps.next()).toThrow(ValueError);
    expect(new TextDecoder().decode(writer.sink.take())).toBe('1,xxx\r\n');
    const again = pageSteps(writer, { body: pageOf([[int32(2), plain(300 * KIB)]]), rows: 1 }, 11, {
      bytes: 256 * KIB,
      hint: 'Leave the column out',
    });
    expect(() => again.next()).toThrow(
      'row 12, column "c0": the row has 307212 bytes, 307200 of them in this column; at most 262144 are written. Leave the column out',
    );
  });

  it('leaves nothing of a broken large row', () => {
    const columns = [
      { name: 'v', type: typeOf('text') },
      { name: 'l', type: typeOf('list<int>') },
    ];
    const writer = rowWriter({ format: 'ndjson' }, columns);
    const rows = [
      [plain(1), list()],
      [plain(300 * KIB), list(Uint8Array.of(1))],
    ];
    const left: Uint8Array[] = [];
    const run = () => {
      for (const { chunks } of pageSteps(writer, { body: pageOf(rows), rows: 2 }, 0, LIMIT)) left.push(...chunks);
    };
    expect(run).toThrow(WireError);
    expect(new TextDecoder().decode(joined([...left, writer.sink.take()]))).toBe('{"v":"x","l":[]}\n');
  });

  it('detects bytes that end too early', () => {
    const writer = rowWriter({ format: 'csv' }, COLUMNS.slice(0, 2));
    const body = pageOf([[int32(1), plain(300 * KIB)]]).subarray(0, 200 * KIB);
    expect(() => [...pageSteps(writer, { body, rows: 1 }, 0, LIMIT)]).toThrow(WireError);
  });
});
