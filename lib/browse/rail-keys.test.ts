import { describe, expect, it } from 'vitest';
import { railStep } from './rail-keys';

describe('keys on the rail', () => {
  it('go by one and by ten percent, down is further along', () => {
    expect(railStep('ArrowDown', 0.5)?.share).toBeCloseTo(0.51, 12);
    expect(railStep('ArrowUp', 0.5)?.share).toBeCloseTo(0.49, 12);
    expect(railStep('PageDown', 0.5)?.share).toBeCloseTo(0.6, 12);
    expect(railStep('PageUp', 0.5)?.share).toBeCloseTo(0.4, 12);
    expect(railStep('ArrowDown', 0.5)?.end).toBeNull();
  });

  it('go to the ends, and no further', () => {
    expect(railStep('Home', 0.5)).toEqual({ share: 0, end: 'first' });
    expect(railStep('End', 0.5)).toEqual({ share: 1, end: 'last' });
    expect(railStep('PageUp', 0.05)).toEqual({ share: 0, end: 'first' });
    expect(railStep('PageDown', 0.95)).toEqual({ share: 1, end: 'last' });
    expect(railStep('a', 0.5)).toBeNull();
  });
});
