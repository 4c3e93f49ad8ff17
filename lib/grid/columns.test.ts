import { describe, expect, it } from 'vitest';
import { columnWidthFor, MAX_COLUMN_PX, MIN_COLUMN_PX, resizeColumn } from './columns';

describe('column widths', () => {
  it('fit the longer of header and values, within reason', () => {
    expect(columnWidthFor(4, 20)).toBe(columnWidthFor(20, 4));
    expect(columnWidthFor(1, 1)).toBe(MIN_COLUMN_PX);
    expect(columnWidthFor(10_000, 1)).toBeLessThan(MAX_COLUMN_PX);
  });

  it('change one column, between the smallest and the widest', () => {
    expect(resizeColumn([100, 200], 1, 50)).toEqual([100, 250]);
    expect(resizeColumn([100, 200], 0, -1_000)).toEqual([MIN_COLUMN_PX, 200]);
    expect(resizeColumn([100, 200], 1, 9_999)).toEqual([100, MAX_COLUMN_PX]);
  });
});
