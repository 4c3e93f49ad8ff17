import { describe, expect, it } from 'vitest';
import { STEPS, testOptions } from './options.mjs';

describe('what npm test is asked for', () => {
  it('is everything by default', () => {
    expect(testOptions([])).toEqual({ steps: new Set(STEPS), rest: [] });
  });

  it('is some steps in their order, and the rest for the runners', () => {
    expect(testOptions(['--only', 'e2e, unit', '--', 'specs/x.ts', '--headed'])).toEqual({
      steps: new Set(['unit', 'e2e']),
      rest: ['specs/x.ts', '--headed'],
    });
    expect(testOptions(['--help'])).toBe('help');
  });

  it('names a step that there is not', () => {
    expect(() => testOptions(['--only', 'units'])).toThrow('There is no step "units"');
  });
});
