import { describe, expect, it } from 'vitest';
import { STEPS, testOptions } from './options.mjs';

describe('the options of npm test', () => {
  it('are all steps by default', () => {
    expect(testOptions([])).toEqual({ steps: new Set(STEPS), rest: [] });
  });

  it('are some steps in their order, and the rest for the runners', () => {
    expect(testOptions(['--only', 'e2e, unit', '--', 'specs/x.ts', '--headed'])).toEqual({
      steps: new Set(['unit', 'e2e']),
      rest: ['specs/x.ts', '--headed'],
    });
    expect(testOptions(['--help'])).toBe('help');
  });

  it('name an unknown step', () => {
    expect(() => testOptions(['--only', 'units'])).toThrow('There is no step "units"');
  });
});
