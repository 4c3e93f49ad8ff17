import { describe, expect, it } from 'vitest';
import { costText } from './cost-text';

describe('the cost of a statement in words', () => {
  it('names partitions, indexes and shares of the ring', () => {
    expect(costText({ scope: 'one_partition' })).toEqual({ text: '1 partition', weight: 'light' });
    expect(costText({ scope: 'partitions', count: 3 }).text).toBe('3 partitions');
    expect(costText({ scope: 'partitions', count: null }).text).toBe('some partitions');
    expect(costText({ scope: 'index', name: 'by_tag' }).text).toBe('index by_tag, every node');
    expect(costText({ scope: 'ring_share', fraction: 0.25 }).text).toBe('25 % of the ring');
    expect(costText({ scope: 'ring_share', fraction: 0.00001 }).text).toBe('< 0.1 % of the ring');
    expect(costText({ scope: 'whole_ring_filtering' })).toEqual({ text: 'whole ring + filtering', weight: 'heavy' });
  });
});
