import { describe, expect, it } from 'vitest';
import { isSince } from './release';

describe('a release', () => {
  it.each([
    ['5.0.9', '5.0', true],
    ['5.0-beta1', '5.0', true],
    ['5.1', '5.0', true],
    ['10.0.1', '5.0', true],
    ['4.1.10', '5.0', false],
    ['4.1.10', '4.1', true],
    ['4.0.19', '4.1', false],
  ])('%s has what came with %s: %s', (release, first, has) => {
    expect(isSince(release, first)).toBe(has);
  });

  it('that is unknown or invalid tells nothing', () => {
    expect(isSince(null, '5.0')).toBeUndefined();
    expect(isSince('trunk', '5.0')).toBeUndefined();
  });
});
