import { describe, expect, it } from 'vitest';
import { growth, leftovers } from './verdict.mjs';

const MIB = 1024 * 1024;
const looks = (of: (share: number) => { descriptors: number; residentBytes: number }) =>
  Array.from({ length: 101 }, (_, index) => ({ atMs: index * 1_000, ...of(index / 100) }));

describe('a soak', () => {
  it('is flat when descriptors and memory come and go', () => {
    const samples = looks((share) => ({
      descriptors: 60 + ((share * 100) % 7) * 5,
      residentBytes: (300 + ((share * 100) % 5) * 40) * MIB,
    }));
    expect(growth(samples)).toEqual([]);
  });

  it('may grow while it warms up', () => {
    const samples = looks((share) => ({
      descriptors: share < 0.1 ? 20 : 70,
      residentBytes: (share < 0.15 ? 80 : 400) * MIB,
    }));
    expect(growth(samples)).toEqual([]);
  });

  it.each([
    [100, 0, 'descriptors grew'],
    [0, 400, 'memory grew'],
  ])('is not when %i descriptors or %i MB are added over time', (descriptors, mebibytes, what) => {
    const samples = looks((share) => ({
      descriptors: 60 + Math.round(share * descriptors),
      residentBytes: (300 + share * mebibytes) * MIB,
    }));
    expect(growth(samples)).toEqual([expect.stringContaining(what)]);
  });

  it('is not judged from a single sample', () => {
    expect(growth(looks(() => ({ descriptors: 1, residentBytes: 1 })).slice(0, 1))).toEqual([
      'too few samples to judge',
    ]);
  });

  it('must end with nothing left open', () => {
    const before = { atMs: 0, descriptors: 25, residentBytes: 100 };
    expect(leftovers({ before, after: { ...before, descriptors: 40 } })).toEqual([]);
    expect(leftovers({ before, after: { ...before, descriptors: 75 } })).toEqual([
      '50 descriptors are still open after the last client has left',
    ]);
  });
});
