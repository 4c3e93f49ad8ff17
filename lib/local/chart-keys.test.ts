import { describe, expect, it } from 'vitest';
import { placeAfter } from './chart-keys';

describe('a key on a chart of 101 places', () => {
  it.each([
    ['ArrowRight', null, 0],
    ['ArrowLeft', null, 100],
    ['ArrowRight', 4, 5],
    ['ArrowUp', 100, 100],
    ['ArrowDown', 0, 0],
    ['PageUp', 4, 14],
    ['PageDown', 4, 0],
    ['Home', 50, 0],
    ['End', null, 100],
    ['a', 50, undefined],
    ['constructor', 50, undefined],
  ])('%s at %s goes to %s', (key, place, to) => {
    expect(placeAfter(key, place, 100)).toBe(to);
  });
});
