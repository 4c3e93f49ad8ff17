import { expect, it } from 'vitest';
import { hasTimeForMore } from './time-left.mjs';

it.each([
  ['80', 69, true],
  ['80', 70, true],
  ['80', 71, false],
  [undefined, 1_000, true],
  ['soon', 1_000, true],
])('of %s minutes, with %i gone, leaves time for the last tests: %s', (minutes, gone, expected) => {
  expect(hasTimeForMore(minutes, gone)).toBe(expected);
});
