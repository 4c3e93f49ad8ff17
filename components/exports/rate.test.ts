import { describe, expect, it } from 'vitest';
import { addSample, rowsPerSecond, type Sample, timeLeftMs } from './rate';

function samplesOf(...looks: [number, number][]): readonly Sample[] {
  return looks.reduce<readonly Sample[]>((kept, [elapsedMs, rows]) => addSample(kept, { elapsedMs, rows }), []);
}

describe('the rate of an export', () => {
  it('is that of the last five seconds', () => {
    const samples = samplesOf([0, 0], [1_000, 100_000], [6_000, 100_000], [7_000, 101_000]);
    expect(rowsPerSecond(samples)).toBe(1_000);
  });

  it('is unknown before two looks', () => {
    expect(rowsPerSecond([])).toBeNull();
    expect(rowsPerSecond(samplesOf([500, 10], [500, 10]))).toBeNull();
  });

  it('estimates the time left from the share of the ring, and only from that', () => {
    expect(timeLeftMs({ state: 'running', ringFraction: 0.25, elapsedMs: 10_000 })).toBe(30_000);
    expect(timeLeftMs({ state: 'running', ringFraction: null, elapsedMs: 10_000 })).toBeNull();
    expect(timeLeftMs({ state: 'running', ringFraction: 0.001, elapsedMs: 10 })).toBeNull();
    expect(timeLeftMs({ state: 'complete', ringFraction: 1, elapsedMs: 10 })).toBeNull();
  });
});
