import { describe, expect, it } from 'vitest';
import { meaningOfSignal } from './end-signals.mjs';

describe('what a signal asks npm start for', () => {
  it('is to end, then nothing new while npm repeats it, then to end at once', () => {
    expect(meaningOfSignal(undefined, 5_000)).toBe('end');
    expect(meaningOfSignal(5_000, 5_003)).toBe('echo');
    expect(meaningOfSignal(5_000, 7_000)).toBe('hurry');
  });
});
