import { describe, expect, it } from 'vitest';
import { threadsBeside } from './threads';

const LARGE = 2e9;

describe('threads that write an export', () => {
  it.each([
    ['a large table on eight cores: as many as one scan feeds', { cores: 8, tableBytes: LARGE }, 4],
    ['one core is left for the scan', { cores: 4, tableBytes: LARGE }, 3],
    ['one writer beside the scan would only add its cost', { cores: 2, tableBytes: LARGE }, 0],
    ['a small table', { cores: 8, tableBytes: 1e8 }, 0],
    ['a table of unknown size', { cores: 8, tableBytes: null }, 0],
    ['a read in one piece', { cores: 8, tableBytes: LARGE, isSplit: false }, 0],
    ['as asked, however small', { asked: 2, cores: 2, tableBytes: null }, 2],
    ['one is the thread that scans', { asked: 1, cores: 8, tableBytes: LARGE }, 0],
  ])('%s', (_case, facts, threads) => {
    expect(threadsBeside({ asked: 'auto', isSplit: true, ...facts })).toBe(threads);
  });
});
