import { describe, expect, it } from 'vitest';
import { ElementOrder } from './element-order';

/** Places of rows in a view of `count`, drawn by as many elements and one more. */
function view(first: number, count = 4) {
  return Array.from({ length: count }, (_, index) => ({ row: first + index, key: (first + index) % (count + 1) }));
}

function keys(places: readonly { key: number }[]): number[] {
  return places.map(({ key }) => key);
}

describe('the order of row elements', () => {
  it.each([
    ['down', 11],
    ['up', 9],
    ['up by two', 8],
    ['up by more than the view', 2],
  ])('no element that is used again changes its place while rows scroll %s', (_, next) => {
    const order = new ElementOrder();
    const before = keys(order.arrange(view(10), true));
    const after = keys(order.arrange(view(next), false));
    const stayed = before.filter((key) => after.includes(key));
    expect(after.slice(0, stayed.length)).toEqual(stayed);
    expect([...after].sort()).toEqual(keys(view(next)).sort());
  });

  it('is the order of the rows at rest', () => {
    const order = new ElementOrder();
    for (const first of [10, 9, 8, 7]) order.arrange(view(first), false);
    expect(order.arrange(view(7), true).map(({ row }) => row)).toEqual([7, 8, 9, 10]);
  });
});
