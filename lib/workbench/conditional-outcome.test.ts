import { describe, expect, it } from 'vitest';
import type { HeaderFrame } from '@/lib/contract/frames';
import { conditionalOutcome, isConditionalResult } from './conditional-outcome';

const header = (...names: string[]): HeaderFrame => ({
  columns: names.map((name) => ({ name, type: name === '[applied]' ? 'boolean' : 'int', kind: 'computed' })),
  consistency: 'ONE',
  statement: '',
});

describe('how a conditional write ended', () => {
  it('is known by its column', () => {
    expect(isConditionalResult(header('[applied]'))).toBe(true);
    expect(isConditionalResult(header('k'))).toBe(false);
    expect(isConditionalResult(null)).toBe(false);
  });

  it('is applied, or not with the row that stands there, or not with none', () => {
    expect(conditionalOutcome(header('[applied]'), [[true]])).toMatchObject({ isApplied: true, standing: [] });
    expect(conditionalOutcome(header('[applied]'), [[false]])).toMatchObject({ isApplied: false, standing: [] });
    expect(conditionalOutcome(header('[applied]', 'k', 'v'), [[false, 1, 2]])).toMatchObject({
      isApplied: false,
      columns: [
        { name: 'k', source: 1 },
        { name: 'v', source: 2 },
      ],
      standing: [{ at: 0, row: [false, 1, 2] }],
    });
  });

  it('is that of a whole batch, of which two rows may be equal', () => {
    const rows = [
      [false, 1],
      [false, 2],
      [false, 2],
    ];
    expect(conditionalOutcome(header('[applied]', 'k'), rows).standing).toEqual(rows.map((row, at) => ({ at, row })));
  });
});
