import { describe, expect, it } from 'vitest';
import { laterPageRows, rowLimit } from './range-limit';

const int = (value: number) => {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setInt32(0, value);
  return bytes;
};

describe('rowLimit', () => {
  it.each<[string, number | null | 'unknown']>([
    ['SELECT * FROM t', null],
    ['SELECT * FROM t LIMIT 33', 33],
    ['SELECT * FROM t PER PARTITION LIMIT 2', null],
    ['SELECT * FROM t PER PARTITION LIMIT 2 LIMIT 5 ALLOW FILTERING', 5],
    ["SELECT * FROM t WHERE v = 'LIMIT 7' -- LIMIT 8", null],
    ['SELECT "LIMIT" FROM t limit 9', 9],
    ['SELECT * FROM t LIMIT ?', 'unknown'],
    ['SELECT * FROM t LIMIT (int)5', 'unknown'],
  ])('%s', (statement, limit) => {
    expect(rowLimit(statement, null)).toBe(limit);
  });

  it('reads the value of a bind marker at its place', () => {
    expect(rowLimit('SELECT * FROM t WHERE k = ? LIMIT ?', [Uint8Array.of(1), int(70)])).toBe(70);
  });
});

describe('laterPageRows', () => {
  it('stays below a limit, which the server would otherwise restart', () => {
    expect([10, 32, 33, 50].map((pageRows) => laterPageRows(33, pageRows))).toEqual([10, 32, 32, 32]);
    expect(laterPageRows(1, 50)).toBe(1);
    expect(laterPageRows(null, 50)).toBe(50);
  });
});
