import { describe, expect, it } from 'vitest';
import { categoryLabel, numberLabel, timeLabel } from './axis-words';

const AT = Date.UTC(2001, 0, 9, 6, 10, 5, 7);

describe('an axis', () => {
  it.each([
    [AT, 86_400_000 * 30, '2001-01-09'],
    [AT, 3_600_000, '06:10'],
    [AT, 1_000, '06:10:05'],
    [AT, 1, '06:10:05.007'],
    [Date.UTC(2001, 0, 9), 3_600_000, '2001-01-09'],
    [Date.UTC(-1, 0, 1), 86_400_000, '-000001-01-01'],
    [9e15, 1, ''],
  ])('labels %d in steps of %d ms as %s', (ms, stepMs, label) => {
    expect(timeLabel(ms, stepMs)).toBe(label);
  });

  it.each([
    [0, '0'],
    [-4, '-4'],
    [0.30000000000000004, '0.3'],
    [999_999, '999999'],
    [2.5e9, '2.5e9'],
    [0.00001, '1e-5'],
  ])('labels the number %d as %s', (value, label) => {
    expect(numberLabel(value)).toBe(label);
  });

  it('cuts long names', () => {
    expect(['SEA', 'a name of nineteen x', undefined].map(categoryLabel)).toEqual(['SEA', 'a name of nin…', '']);
  });
});
