import { describe, expect, it } from 'vitest';
import type { Cost } from '@/lib/contract/statements';
import { filterReach } from './filter-words';

describe('what filtering reads', () => {
  it.each<[Cost, RegExp, number | null]>([
    [{ scope: 'whole_ring_filtering' }, /whole ring/, 1],
    [{ scope: 'ring_share', fraction: 0.25 }, /^25 % of the ring/, 0.25],
    [{ scope: 'one_partition' }, /^One partition/, null],
    [{ scope: 'partitions', count: 3 }, /^3 partitions/, null],
    [{ scope: 'index', name: 'by_tag' }, /index by_tag finds, on every node/, null],
  ])('%j', (cost, words, ringShare) => {
    expect(filterReach(cost)).toEqual({ words: expect.stringMatching(words), ringShare });
  });
});
