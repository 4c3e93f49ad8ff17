import { describe, expect, it } from 'vitest';
import type { CqlType } from '@/lib/cql/types';
import { PlanError, WireError } from './errors';
import { compilePlan } from './plan';
import { TextSink } from './sink';

const INT: CqlType = { kind: 'native', name: 'int' };
const TEXT: CqlType = { kind: 'native', name: 'text' };
const COLUMNS = [
  { name: 'n', type: INT },
  { name: 'say "x"', type: TEXT },
];

function bytes(hex: string): Uint8Array {
  return Uint8Array.from(hex.replaceAll(' ', '').match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function text(sink: TextSink): string {
  return new TextDecoder().decode(sink.take());
}

// 1, "a\"b" | null, "" | "", null
const THREE_ROWS = bytes('00000004 00000001 00000003 612262 ffffffff 00000000 00000000 ffffffff'.replace(/ /g, ''));

describe('writePage', () => {
  it('writes one JSON array per line and returns the offset after the last cell', () => {
    const sink = new TextSink(16);
    const body = Uint8Array.from([9, 9, ...THREE_ROWS, 7, 7, 7]);
    expect(compilePlan(COLUMNS, 'ndjson-array').writePage(body, 2, 3, sink)).toBe(2 + THREE_ROWS.length);
    expect(text(sink)).toBe('[1,"a\\"b"]\n[null,""]\n["",null]\n');
  });

  it('writes one object per line', () => {
    const sink = new TextSink();
    compilePlan(COLUMNS, 'ndjson-object').writePage(THREE_ROWS, 0, 2, sink);
    expect(text(sink)).toBe('{"n":1,"say \\"x\\"":"a\\"b"}\n{"n":null,"say \\"x\\"":""}\n');
  });

  it('refuses two columns of one name in objects and says how to fix it', () => {
    const twice = [...COLUMNS, { name: 'n', type: TEXT }];
    expect(() => compilePlan(twice, 'ndjson-object')).toThrow(PlanError);
    expect(() => compilePlan(twice, 'ndjson-object')).toThrow(
      '"n", but an object can have only one. Rename one: SELECT … AS',
    );
    expect(() => compilePlan(twice, 'ndjson-array')).not.toThrow();
  });

  it.each([
    [
      'a length beyond the end',
      '00000004 00000001 00000003 612262 00000004 000000',
      1,
      'n',
      '4 bytes where 3 are left',
    ],
    ['an end before a cell', '00000004 00000001 0000', 0, 'say "x"', 'the page ends before this cell'],
    ['a wrong size', '00000003 000001 00000000', 0, 'n', 'int of 3 bytes; it has 4'],
  ])('names row and column of %s, and keeps only whole rows', (_, hex, row, column, reason) => {
    const sink = new TextSink();
    let caught: unknown;
    try {
      compilePlan(COLUMNS, 'ndjson-array').writePage(bytes(hex), 0, 2, sink);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(WireError);
    expect(caught).toMatchObject({ place: { row, column } });
    expect(String(caught)).toContain(reason);
    expect(text(sink)).toBe(row === 0 ? '' : '[1,"a\\"b"]\n');
  });
});

describe('TextSink', () => {
  it('never writes to bytes that it has handed over', () => {
    const sink = new TextSink(16);
    sink.text('0123456789abcdef');
    const first = sink.take();
    sink.text('x');
    const second = sink.take();
    sink.text('yz');
    expect(new TextDecoder().decode(first)).toBe('0123456789abcdef');
    expect(new TextDecoder().decode(second)).toBe('x');
    expect(text(sink)).toBe('yz');
  });

  it('grows for any text', () => {
    const sink = new TextSink(16);
    const long = 'né€😀'.repeat(1000);
    sink.text(long);
    expect(text(sink)).toBe(long);
  });
});
