import { describe, expect, it } from 'vitest';
import { isInForeground } from './terminal-key.mjs';

describe('the terminal’s foreground', () => {
  it.each([
    ['120 (node) S 119 118 100 34816 118 4194304 0', true],
    ['120 (a) b (c) S 119 118 100 34816 100 4194304 0', false],
    ['120 (node) S 119 118 100 0 -1 4194304 0', false],
    ['', false],
  ])('is read from %j', (stat, expected) => {
    expect(isInForeground(stat)).toBe(expected);
  });
});
