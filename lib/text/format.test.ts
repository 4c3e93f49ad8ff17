import { describe, expect, it } from 'vitest';
import { formatAge, formatBytes, formatElapsed, formatInterval, formatShare, plural } from './format';

describe('numbers as people read them', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [1_048_575, '1.00 MiB'],
    [13_314_398_618, '12.4 GiB'],
  ])('%d bytes are %s', (bytes, text) => expect(formatBytes(bytes)).toBe(text));

  it.each([
    [0, '0 %'],
    [0.000_1, '< 0.1 %'],
    [0.632, '63.2 %'],
    [0.999_9, '> 99.9 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(formatShare(share)).toBe(text));

  it.each([
    [-5_000, 'just now'],
    [45_000, '40 s ago'],
    [300_000, '5 min ago'],
    [3 * 86_400_000, '3 d ago'],
  ])('%d ms are %s', (ageMs, text) => expect(formatAge(ageMs)).toBe(text));

  it.each([
    [10_000, '10 s'],
    [28_600, '29 s'],
    [300_000, '5 min'],
    [285_000, '4 min 45 s'],
  ])('every %d ms is every %s', (everyMs, text) => expect(formatInterval(everyMs)).toBe(text));

  it('elapsed time and plurals', () => {
    expect(formatElapsed(185_000)).toBe('3 min 5 s');
    expect(plural(1, 'node')).toBe('1 node');
    expect(plural(2, 'index', 'indexes')).toBe('2 indexes');
  });
});
