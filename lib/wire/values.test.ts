import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { int32 } from '@/lib/cassandra/client/test-frames';
import type { CqlType, NativeTypeName } from '@/lib/cql/types';
import { fromJson } from './encode';
import { encodeScalar } from './encode-scalar';
import { WireError } from './errors';
import { formatFloat32, formatFloat64 } from './format';
import { compilePlan, type RowFormat } from './plan';
import { randomBytes, randomType, randomValue } from './random-values';
import { TextSink } from './sink';
import { toCqlLiteral, toCsvField, toJson } from './values';

const native = (name: NativeTypeName): CqlType => ({ kind: 'native', name });

function pageOf(cells: readonly (Uint8Array | null)[]): Uint8Array {
  const parts = cells.flatMap((cell) => {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setInt32(0, cell?.length ?? -1);
    return [...length, ...(cell ?? [])];
  });
  return Uint8Array.from(parts);
}

/** The compiled writers' text of one row; the sink starts small, so that it grows within the row. */
function rowText(cells: readonly { type: CqlType; bytes: Uint8Array | null }[], format: RowFormat): string {
  const sink = new TextSink(16);
  const columns = cells.map(({ type }, i) => ({ name: `c${i}`, type }));
  compilePlan(columns, format).writePage(pageOf(cells.map((cell) => cell.bytes)), 0, 1, sink);
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(sink.take());
}

/** Reads one CSV line by RFC 4180: undefined for an empty field without quotes. */
function readCsvLine(line: string): (string | undefined)[] {
  const fields: (string | undefined)[] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let match = field.exec(line); match; match = field.exec(line)) {
    fields.push(match[1]?.replaceAll('""', '"') ?? (match[2] === '' ? undefined : match[2]));
    if (match[3] !== ',') break;
  }
  expect(field.lastIndex).toBe(line.length);
  return fields;
}

/** Precedes the others, so that none is alone on its line: single columns are tested with the row writers. */
const FIRST = { type: native('int'), bytes: Uint8Array.of(0, 0, 0, 1) };

describe('values of random types', () => {
  it('are written as the reference implementation reads them', () => {
    fc.assert(
      fc.property(fc.array(randomValue, { minLength: 1, maxLength: 3 }), (cells) => {
        const json = cells.map(({ bytes, type }) => toJson(bytes, type));
        expect(JSON.parse(rowText(cells, 'ndjson-array'))).toEqual(json);
        expect(JSON.parse(rowText(cells, 'ndjson-object'))).toEqual(
          Object.fromEntries(json.map((v, i) => [`c${i}`, v])),
        );
        const fields = cells.map(({ bytes, type }) => toCsvField(bytes, type));
        expect(rowText([FIRST, ...cells], 'csv')).toBe(`1,${fields.join()}\r\n`);
      }),
    );
  });

  it('survive a round trip through JSON as the same bytes', () => {
    fc.assert(
      fc.property(randomValue, ({ type, bytes }) => {
        expect(fromJson(toJson(bytes, type), type)).toEqual(bytes);
      }),
    );
  });

  it('survive a round trip through a CSV line', () => {
    const line = fc.array(fc.option(randomValue), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(line, (values) => {
        const cells = values.map((value) => value ?? { type: native('text'), bytes: null });
        const expected = cells.map(({ bytes, type }) => {
          if (bytes === null) return undefined;
          if (type.kind !== 'native') return toCqlLiteral(bytes, type);
          return bytes.length === 0 && type.name !== 'blob'
            ? toCsvField(bytes, type).replace('""', '')
            : String(json(bytes, type));
        });
        expect(readCsvLine(rowText([FIRST, ...cells], 'csv'))).toEqual(['1', ...expected]);
      }),
    );
  });

  it('fail only as WireError when the bytes are malformed', () => {
    const page = randomType.chain((type) =>
      fc.oneof(
        fc.tuple(fc.constant(type), fc.uint8Array({ maxLength: 40 })),
        fc
          .tuple(fc.constant(type), randomBytes(type), fc.nat(), fc.nat(255))
          .map(([, bytes, at, byte]): [CqlType, Uint8Array] => [
            type,
            bytes.map((old, i) => (i === at % bytes.length ? byte : old)),
          ]),
      ),
    );
    fc.assert(
      fc.property(page, ([type, bytes]) => {
        const outcome = (read: () => unknown) => {
          try {
            return { value: read() };
          } catch (error) {
            expect(error).toBeInstanceOf(WireError);
            return 'malformed';
          }
        };
        const written = outcome(() => JSON.parse(rowText([{ type, bytes }], 'ndjson-array'))[0]);
        expect(written).toEqual(outcome(() => toJson(bytes, type)));
      }),
    );
  });
});

/** JSON's value of a scalar, -0 as its text. */
function json(bytes: Uint8Array, type: CqlType): unknown {
  const value = toJson(bytes, type);
  return Object.is(value, -0) ? '-0' : value;
}

describe('text', () => {
  it('that is not UTF-8 is repaired like in TextDecoder', () => {
    const pieces = fc.constantFrom(
      'ff',
      'c3',
      'a9',
      'e2',
      '82',
      'ac',
      'ed',
      'a0',
      '80',
      'f0',
      '9f',
      '98',
      'f4',
      '90',
      '61',
      '22',
      '0a',
    );
    const bytes = fc.array(pieces).map((some) => Uint8Array.from(some, (hex) => Number.parseInt(hex, 16)));
    fc.assert(
      fc.property(bytes, (value) => {
        const expected = new TextDecoder('utf-8', { ignoreBOM: true }).decode(value);
        expect(JSON.parse(rowText([{ type: native('text'), bytes: value }], 'ndjson-array'))).toEqual([expected]);
      }),
    );
  });

  it('of any length keeps its sequences whole', () => {
    for (const size of [4093, 4094, 4095, 4096, 4097, 20_000]) {
      const value = `${'x'.repeat(size)}€"é${'😀'.repeat(3000)}`;
      const line = rowText([{ type: native('text'), bytes: new TextEncoder().encode(value) }], 'ndjson-array');
      expect(line).toBe(`${JSON.stringify([value])}\n`);
    }
  });
});

describe('numbers', () => {
  const bare = (name: NativeTypeName, bytes: Uint8Array) => toCqlLiteral(bytes, native(name));

  it('have their shortest text on every path', () => {
    const places = fc.integer({ min: 0, max: 9 });
    const short = fc.tuple(fc.integer(), places).map(([n, p]) => n / 10 ** p);
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), short), (value) => {
        expect(bare('double', encodeScalar(formatFloat64(value), 'double'))).toBe(formatFloat64(value));
        const single = Math.fround(value);
        if (!Number.isFinite(single)) return;
        const text = bare('float', encodeScalar(formatFloat64(single), 'float'));
        expect(text).toBe(formatFloat32(single));
        expect(Math.fround(Number(text))).toBe(single);
      }),
      { numRuns: 1000 },
    );
  });

  it('of 64 bits are exact at every power of two and ten', () => {
    const limits = Array.from({ length: 64 }, (_, i) => 2n ** BigInt(i));
    const tens = Array.from({ length: 19 }, (_, i) => 10n ** BigInt(i));
    for (const middle of [...limits, ...tens]) {
      for (const value of [middle - 1n, middle, middle + 1n].flatMap((n) => [n, -n])) {
        if (BigInt.asIntN(64, value) !== value) continue;
        expect(bare('bigint', encodeScalar(value.toString(), 'bigint'))).toBe(value.toString());
      }
    }
  });
});

describe('CSV options', () => {
  const text = (value: string, options: Parameters<typeof toCsvField>[2]) =>
    toCsvField(new TextEncoder().encode(value), native('text'), options);

  it('put an apostrophe before formulas, in text only', () => {
    expect(['=1', '+1', '-1', '@a', '\ta', '1=1'].map((value) => text(value, { formulaSafe: true }))).toEqual([
      "'=1",
      "'+1",
      "'-1",
      "'@a",
      "'\ta",
      '1=1',
    ]);
    expect(text('=A1,"x"', { formulaSafe: true })).toBe('"\'=A1,""x"""');
    expect(text('\ra', { formulaSafe: true })).toBe('"\'\ra"');
    expect(text("'=1", { formulaSafe: true })).toBe("''=1");
    expect(text("'tis", { formulaSafe: true })).toBe("'tis");
    expect(text('', { formulaSafe: true })).toBe('""');
    expect(toCsvField(Uint8Array.of(0xff), native('tinyint'), { formulaSafe: true })).toBe('-1');
    expect(text('a;=1', { formulaSafe: true })).toBe("a;'=1");
    expect(text('a;=1', { formulaSafe: true, delimiter: ';' })).toBe('"a;=1"');
    expect(text('\na', { formulaSafe: true })).toBe('"\'\na"');
    expect(text('＝1', { formulaSafe: true })).toBe("'＝1");
  });

  it('put an apostrophe before formulas in the text of collections, and leave their numbers alone', () => {
    const list = (...elements: Uint8Array[]) =>
      Buffer.concat([int32(elements.length), ...elements.flatMap((bytes) => [int32(bytes.length), bytes])]);
    const safe = { formulaSafe: true, delimiter: ';' } as const;
    const texts = list(Buffer.from('a,=1'));
    expect(toCsvField(texts, { kind: 'list', of: native('text') }, safe)).toBe("['a,'=1']");
    expect(toCsvField(texts, { kind: 'list', of: native('text') }, { delimiter: ';' })).toBe("['a,=1']");
    const numbers = list(Uint8Array.of(1), Uint8Array.of(0xfe));
    expect(toCsvField(numbers, { kind: 'list', of: native('tinyint') }, safe)).toBe('[1, -2]');
  });

  it('use the delimiter and the text for null, and keep values apart from null', () => {
    expect(text('a,b;c', { delimiter: ';' })).toBe('"a,b;c"');
    expect(text('a,b', { delimiter: '\t' })).toBe('a,b');
    expect(toCsvField(null, native('text'), { nullText: 'NULL' })).toBe('NULL');
    expect(text('NULL', { nullText: 'NULL' })).toBe('"NULL"');
    expect(text('NULLS', { nullText: 'NULL' })).toBe('NULLS');
    expect(toCsvField(Uint8Array.of(0), native('tinyint'), { nullText: '0' })).toBe('"0"');
  });

  it.each([
    { delimiter: '"' },
    { delimiter: '1' },
    { delimiter: '' },
    { delimiter: ', ' },
    { nullText: 'a,b' },
    { nullText: '"' },
  ])('refuse %o', (options) => {
    expect(() => text('a', options)).toThrow(/CSV/);
  });
});
