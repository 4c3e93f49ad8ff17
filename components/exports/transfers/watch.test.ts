import { describe, expect, it } from 'vitest';
import { streamShares } from './watch';

describe('progress streams', () => {
  it('leave connections for everything else, however much runs', () => {
    for (let downloads = 0; downloads <= 4; downloads++) {
      for (let jobs = 0; jobs <= 9; jobs++) {
        const shares = streamShares(downloads, jobs);
        expect(downloads + shares.downloads + shares.jobs).toBeLessThanOrEqual(4);
      }
    }
  });

  it('go to a download first', () => {
    expect(streamShares(1, 5)).toEqual({ downloads: 1, jobs: 2 });
    expect(streamShares(4, 5)).toEqual({ downloads: 0, jobs: 0 });
    expect(streamShares(0, 1)).toEqual({ downloads: 0, jobs: 1 });
  });
});
