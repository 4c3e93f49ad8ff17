import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { encodeScalar } from './encode-scalar';
import { PlanError } from './errors';
import { randomBytes, randomType } from './random-values';
import { contentType, type FileFormat, fileExtension, rowWriter } from './row-writer';
import type { Part } from './split';
import { unmarked } from './test-formula';
import { fileTextOf } from './test-pages';
import { toCqlLiteral, toJson } from './values';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });
const int = (value: number) => encodeScalar(String(value), 'int');
const utf8 = (value: string) => new TextEncoder().encode(value);

const textOf = (format: FileFormat, columns: Parameters<typeof rowWriter>[1], rows: readonly Part[][], pageRows = 2) =>
  fileTextOf(format, columns, rows, pageRows);

interface Field {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** RFC 4180, read character by character, independent of how the writer works. */
function readCsv(text: string, delimiter: string): Field[][] {
  const lines: Field[][] = [];
  let fields: Field[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    const isQuoted = text[at] === '"';
    if (isQuoted) {
      for (at++; text[at] !== '"' || text[at + 1] === '"'; at++) {
        if (at >= text.length) throw new Error('a quote that is not closed');
        value += text[at];
        if (text[at] === '"') at++;
      }
      at++;
    } else {
      for (; at < text.length && text[at] !== delimiter && text[at] !== '\r'; at++) value += text[at];
      if (/["\n]/.test(value)) throw new Error('a quote or line break in an unquoted field');
    }
    fields.push({ text: value, isQuoted });
    if (text[at] === delimiter) at++;
    else {
      if (text.slice(at, at + 2) !== '\r\n') throw new Error(`neither delimiter nor line end at ${at}`);
      at += 2;
      lines.push(fields);
      fields = [];
    }
  }
  return lines;
}

const isText = (type: CqlType | undefined) =>
  type?.kind === 'native' && (type.name === 'text' || type.name === 'ascii');

/** Random columns, and three rows of values of them. */
const randomTable = fc
  .array(
    randomType.chain((type) =>
      fc.array(fc.option(randomBytes(type)), { minLength: 3, maxLength: 3 }).map((cells) => ({ type, cells })),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .map((given) => {
    const columns = given.map(({ type }, i) => ({ name: `c"${i}`, type }));
    return { columns, rows: [0, 1, 2].map((row) => given.map(({ cells }) => cells[row] ?? null)) };
  });

describe('a CSV file', () => {
  const options = fc.record({
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    nullText: fc.constantFrom('', 'NULL', '0', 'true', '\\N', 'a'),
    formulaSafe: fc.boolean(),
  });

  it('gives an RFC 4180 reader every value, and keeps null apart from all others', () => {
    fc.assert(
      fc.property(randomTable, options, ({ columns, rows }, csv) => {
        const isLone = columns.length === 1 && csv.nullText === '';
        if (isLone && isText(columns[0]?.type)) {
          expect(() => rowWriter({ format: 'csv', csv }, columns)).toThrow(PlanError);
          return;
        }
        const [header, ...lines] = readCsv(textOf({ format: 'csv', csv }, columns, rows), csv.delimiter);
        expect(header?.map(({ text }) => text)).toEqual(columns.map(({ name }) => name));
        const read = lines.map((line) =>
          line.map(({ text, isQuoted }) => {
            // A null that is alone on its line is quoted.
            if (isQuoted === isLone && text === csv.nullText) return null;
            return csv.formulaSafe ? unmarked(text, csv.delimiter) : text;
          }),
        );
        expect(read).toEqual(
          rows.map((row) => row.map((bytes, i) => csvText(bytes, columns[i]?.type ?? native('text')))),
        );
      }),
    );
  });

  it('has a header by default, and only that without rows', () => {
    const columns = [
      { name: 'a,b', type: native('int') },
      { name: 'c', type: native('int') },
    ];
    expect(textOf({ format: 'csv' }, columns, [])).toBe('"a,b",c\r\n');
    expect(textOf({ format: 'csv', csv: { header: false, nullText: '-' } }, columns, [[int(-1), null]])).toBe(
      '-1,-\r\n',
    );
  });

  it('never has an empty line for a null', () => {
    const numbers = [{ name: 'n', type: native('int') }];
    const file = textOf({ format: 'csv' }, numbers, [[int(1)], [null], [new Uint8Array()]]);
    expect(file).toBe('n\r\n1\r\n""\r\nblobAsInt(0x)\r\n');
    const columns = [{ name: 'note', type: native('text') }];
    const rows = [[utf8('')], [utf8('x')], [null]];
    expect(() => rowWriter({ format: 'csv' }, columns)).toThrow('choose a text for null, such as NULL');
    expect(textOf({ format: 'csv', csv: { nullText: 'NULL' } }, columns, rows)).toBe('note\r\n""\r\nx\r\nNULL\r\n');
  });

  it('needs no text for null if there are no nulls, and says so if there is one after all', () => {
    const columns = [{ name: 'k', type: native('text') }];
    const file: FileFormat = { format: 'csv', csv: { neverNull: ['k'] } };
    expect(textOf(file, columns, [[utf8('')], [utf8('x')]])).toBe('k\r\n""\r\nx\r\n');
    expect(() => textOf(file, columns, [[utf8('')], [null]])).toThrow(
      'row 2 (k = null), column "k": a null where none',
    );
  });

  it('accepts a text for null that a reader can recognise', () => {
    for (const nullText of ['"', 'a\nb', 'a,b', '\ud800']) {
      expect(() => rowWriter({ format: 'csv', csv: { nullText } }, [{ name: 'k', type: native('int') }])).toThrow(
        PlanError,
      );
    }
  });
});

function csvText(bytes: Part, type: CqlType): string | null {
  if (bytes === null) return null;
  if (type.kind === 'custom') return String(toJson(bytes, type));
  const isText = type.kind === 'native' && (type.name === 'text' || type.name === 'ascii' || type.name === 'blob');
  if (type.kind !== 'native' || (bytes.length === 0 && !isText)) return toCqlLiteral(bytes, type);
  const json = toJson(bytes, type);
  return Object.is(json, -0) ? '-0' : String(json);
}

describe('JSON files', () => {
  it('have every value, as an array and as lines', () => {
    fc.assert(
      fc.property(randomTable, ({ columns, rows }) => {
        const expected = rows.map((row) =>
          Object.fromEntries(columns.map(({ name, type }, i) => [name, toJson(row[i] ?? null, type)])),
        );
        const array = textOf({ format: 'json' }, columns, rows);
        const lines = textOf({ format: 'ndjson' }, columns, rows);
        expect(JSON.parse(array)).toEqual(expected);
        expect(array).toBe(`[\n${lines.trimEnd().replaceAll('}\n{', '},\n{')}\n]\n`);
      }),
    );
  });

  it('are complete without rows', () => {
    const columns = [{ name: 'a', type: native('int') }];
    expect(JSON.parse(textOf({ format: 'json' }, columns, []))).toEqual([]);
    expect(textOf({ format: 'ndjson' }, columns, [])).toBe('');
    const writer = rowWriter({ format: 'json' }, columns);
    writer.begin();
    expect(writer.write(new Uint8Array(), 0, 0)).toBe(0);
    for (const _ of writer.end());
    expect(JSON.parse(new TextDecoder().decode(writer.sink.take()))).toEqual([]);
  });

  it('name the row of the file in an error, not that of the page', () => {
    const rows = [[int(1)], [int(2)], [int(3)], [Uint8Array.of(1)]];
    for (const format of ['json', 'ndjson', 'csv', 'parquet'] as const) {
      expect(() => textOf({ format }, [{ name: 'a', type: native('int') }], rows)).toThrow(
        'row 3, column "a": int of 1 bytes; it has 4',
      );
    }
  });
});

describe('names of files', () => {
  it('show the format and its compression', () => {
    expect(fileExtension('csv')).toBe('.csv');
    expect(fileExtension('ndjson', 'zstd')).toBe('.ndjson.zst');
    expect(fileExtension('cql', 'gzip')).toBe('.cql.gz');
    expect(fileExtension('parquet', 'gzip')).toBe('.parquet');
    expect(contentType('csv')).toBe('text/csv; charset=utf-8');
    expect(contentType('json', 'gzip')).toBe('application/gzip');
    expect(contentType('parquet', 'zstd')).toBe('application/vnd.apache.parquet');
  });
});
