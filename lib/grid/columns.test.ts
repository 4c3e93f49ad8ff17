import { describe, expect, it } from 'vitest';
import { clampColumnWidth, columnWidthFor, MAX_COLUMN_PX, MIN_COLUMN_PX, surelyFits } from './columns';

describe('column widths', () => {
  it('fit the longer of header and values, within reason', () => {
    expect(columnWidthFor(4, 20)).toBe(columnWidthFor(20, 4));
    expect(columnWidthFor(1, 1)).toBe(MIN_COLUMN_PX);
    expect(columnWidthFor(10_000, 1)).toBeLessThan(MAX_COLUMN_PX);
  });

  it('stay between the smallest and the widest', () => {
    expect(clampColumnWidth(250.4)).toBe(250);
    expect(clampColumnWidth(-900)).toBe(MIN_COLUMN_PX);
    expect(clampColumnWidth(9_999)).toBe(MAX_COLUMN_PX);
  });
});

describe('text that certainly fits its cell', () => {
  it('is short, of one line and of characters with one advance', () => {
    expect(surelyFits('2023-11-14', 120)).toBe(true);
    expect(surelyFits('', MIN_COLUMN_PX)).toBe(true);
    expect(surelyFits('2023-11-14', 80)).toBe(false);
    expect(surelyFits('a\nb', 120)).toBe(false);
    expect(surelyFits('日本', 120)).toBe(false);
    expect(surelyFits('é', 120)).toBe(false);
  });
});
