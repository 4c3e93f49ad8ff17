import { describe, expect, it } from 'vitest';
import { historyRequest, NO_FILTER, scopeWords } from './history';

describe('the filters of the history', () => {
  it('ask for nothing in particular at first, and for what is chosen', () => {
    expect(historyRequest(NO_FILTER, 0)).toEqual({});
    expect(historyRequest({ ...NO_FILTER, search: '  ' }, 0)).toEqual({});
    const chosen = { search: ' a b ', outcome: 'failed', keyspace: 'k', writesOnly: true } as const;
    const nowMs = Date.parse('2026-11-29T06:00:00Z');
    expect(historyRequest({ ...chosen, cost: 'whole_ring', within: 'last 24 hours' }, nowMs)).toEqual({
      search: 'a b',
      outcome: 'failed',
      keyspace: 'k',
      writesOnly: true,
      cost: 'whole_ring',
      since: '2026-11-28T06:00:00.000Z',
    });
  });

  it.each([
    ['one_partition', 'one partition'],
    ['whole_ring_filtering', 'whole ring filtering'],
    ['unknown', 'cost unknown'],
    ['a_later_scope', 'a later scope'],
    ['write', ''],
    ['none', ''],
  ])('say the cost %s as “%s”', (scope, words) => {
    expect(scopeWords(scope)).toBe(words);
  });
});
