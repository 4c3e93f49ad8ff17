import { describe, expect, it } from 'vitest';
import { RowLines } from './row-lines';
import type { Row } from './stream-events';

function linesOf(rows: readonly Row[]): RowLines {
  const texts = rows.map((row) => new TextEncoder().encode(JSON.stringify(row)));
  const ends = Uint32Array.from(texts, (_, index) =>
    texts.slice(0, index + 1).reduce((sum, { length }) => sum + length, 0),
  );
  const starts = ends.map((end, index) => end - (texts[index]?.length ?? 0));
  return new RowLines({ bytes: Uint8Array.from(texts.flatMap((text) => [...text])), starts, ends });
}

const ROWS: readonly Row[] = [
  ['a', null],
  ['東京 🌀', '9223372036854775807'],
  [['x'], { k: '' }],
];
const MANY = Array.from({ length: 1_000 }, (_, index): Row => [index, `row ${index}`]);

describe('rows as received', () => {
  it('are the rows that were sent, indexed from either end and iterated', () => {
    const rows = linesOf(ROWS);
    expect([rows.length, rows.at(0), rows.at(2), rows.at(-1), rows.at(-3)]).toEqual([
      3,
      ROWS[0],
      ROWS[2],
      ROWS[2],
      ROWS[0],
    ]);
    expect([rows.at(3), rows.at(-4), linesOf([]).at(0), linesOf([]).at(-1)]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect([...rows]).toEqual(ROWS);
  });

  it('are sliced and reversed without being parsed', () => {
    const rows = linesOf(MANY);
    expect([...rows.slice(10, 500).toReversed()]).toEqual(MANY.slice(10, 500).reverse());
    expect(rows.slice(990, 2_000)).toHaveLength(10);
  });

  it('stay the same objects while a view redraws them', () => {
    const rows = linesOf(MANY);
    const view = () => Array.from({ length: 100 }, (_, index) => rows.at(450 + index));
    const before = view();
    for (const [index, row] of view().entries()) expect(row).toBe(before[index]);
    // Even if other rows were read in between.
    expect([...rows]).toEqual(MANY);
    expect(view()).toEqual(before);
  });
});
