import { describe, expect, it } from 'vitest';
import { meaningOfSignal } from './end-signals.mjs';

describe('what a signal to npm start means', () => {
  it('is to shut down, then nothing while npm repeats it, then to kill', () => {
    expect(meaningOfSignal(undefined, 5_000)).toBe('end');
    expect(meaningOfSignal(5_000, 5_003)).toBe('echo');
    expect(meaningOfSignal(5_000, 7_000)).toBe('hurry');
  });
});
