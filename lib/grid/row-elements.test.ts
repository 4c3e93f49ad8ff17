import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RowElement, RowElements } from './row-elements';

const rowsFrom = (first: number, count = 5) => Array.from({ length: count }, (_, index) => first + index);
const keys = (elements: readonly RowElement[]) => elements.map(({ key }) => key);
const rows = (elements: readonly RowElement[]) => elements.map(({ row }) => row);

describe('the elements of rows', () => {
  it.each([
    ['down', 11],
    ['up', 9],
    ['up by some', 7],
    ['further than the view', 500],
  ])('are the same in the same places while rows scroll %s', (_, next) => {
    const elements = new RowElements();
    const before = elements.arrange(rowsFrom(10), true);
    const after = elements.arrange(rowsFrom(next), false);
    expect(keys(after)).toEqual(keys(before));
    expect(rows(after).toSorted((a, b) => a - b)).toEqual(rowsFrom(next));
    // Rows that stay keep their element.
    for (const element of before) if (rows(after).includes(element.row)) expect(after).toContainEqual(element);
  });

  it('come and go as the view grows and shrinks', () => {
    const elements = new RowElements();
    const few = elements.arrange(rowsFrom(10), false);
    const more = elements.arrange(rowsFrom(8, 9), false);
    expect(keys(more).slice(0, 5)).toEqual(keys(few));
    expect(new Set(keys(more)).size).toBe(9);
    expect(keys(elements.arrange(rowsFrom(100), false))).toEqual(keys(more).slice(0, 5));
    expect(elements.arrange([], false)).toEqual([]);
  });

  it('are in the order of the rows at rest, and one for each row at any time', () => {
    const elements = new RowElements();
    const view = fc.record({ first: fc.nat(60), count: fc.nat(12), atRest: fc.boolean() });
    fc.assert(
      fc.property(fc.array(view), (views) => {
        for (const { first, count, atRest } of views) {
          const arranged = elements.arrange(rowsFrom(first, count), atRest);
          expect(rows(arranged).toSorted((a, b) => a - b)).toEqual(rowsFrom(first, count));
          expect(new Set(keys(arranged)).size).toBe(count);
          if (atRest) expect(rows(arranged)).toEqual(rowsFrom(first, count));
        }
      }),
    );
  });
});
