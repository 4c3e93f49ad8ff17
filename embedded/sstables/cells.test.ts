import { describe, expect, it } from 'vitest';
import { compilePlan } from '@/lib/wire/plan';
import { TextSink } from '@/lib/wire/sink';
import { CellWriter, rowsOf } from './cells.mjs';

const COLUMNS = [
  { name: 'a', type: { kind: 'native', name: 'bigint' } },
  { name: 'b', type: { kind: 'native', name: 'int' } },
  { name: 'c', type: { kind: 'native', name: 'decimal' } },
  { name: 'd', type: { kind: 'native', name: 'date' } },
  { name: 'e', type: { kind: 'native', name: 'double' } },
  { name: 'f', type: { kind: 'native', name: 'text' } },
  { name: 'g', type: { kind: 'set', of: { kind: 'native', name: 'text' } } },
  { name: 'h', type: { kind: 'native', name: 'boolean' } },
] as const;

function written(bigint: number | bigint, unscaled: number) {
  const cells = new CellWriter();
  cells.bigint(bigint);
  cells.int(-7);
  cells.decimal(unscaled, 3);
  cells.date(-1);
  cells.double(0.1);
  cells.text('né“e');
  cells.texts(['a', 'ß']);
  cells.boolean(true);
  return cells.take();
}

describe('cells', () => {
  it.each([
    [-5, 0],
    [2 ** 40 + 7, -129],
    [-(2 ** 45) - 3, 127],
    [Number.MAX_SAFE_INTEGER, 2 ** 31],
    [-(2n ** 63n), -(2 ** 40)],
  ])('hold %s and %s as the protocol writes them', (bigint, unscaled) => {
    const sink = new TextSink();
    compilePlan(COLUMNS, 'ndjson-array').writePage(written(bigint, unscaled), 0, 1, sink);
    const decimal = `${unscaled < 0 ? '-' : ''}${String(Math.abs(unscaled))
      .padStart(4, '0')
      .replace(/(?=\d{3}$)/, '.')}`;
    expect(JSON.parse(new TextDecoder().decode(sink.take()))).toEqual([
      ...[String(bigint), -7, decimal, '1969-12-31', 0.1, 'né“e', ['a', 'ß'], true],
    ]);
  });

  it('are the driver’s parameters, row by row, with null and unset kept apart', () => {
    const cells = new CellWriter();
    for (const size of [3, 400_000]) {
      cells.blob(new Uint8Array(size).fill(size));
      cells.null();
      cells.unset();
    }
    const rows = [...rowsOf(cells.take(), 3, 'unset')];
    expect(rows.map(([blob, ...others]) => [(blob as Buffer).length, ...others])).toEqual([
      [3, null, 'unset'],
      [400_000, null, 'unset'],
    ]);
    expect(cells.take()).toHaveLength(0);
  });
});
