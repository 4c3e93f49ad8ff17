import { describe, expect, it } from 'vitest';
import { historyRequest, NO_FILTER, scopeWords } from './history';

describe('the filters of the history', () => {
  it('ask for nothing in particular at first, and for what is chosen', () => {
    expect(historyRequest(NO_FILTER)).toEqual({});
    expect(historyRequest({ ...NO_FILTER, search: '  ' })).toEqual({});
    expect(historyRequest({ search: ' a b ', outcome: 'failed', keyspace: 'k', writesOnly: true })).toEqual({
      search: 'a b',
      outcome: 'failed',
      keyspace: 'k',
      writesOnly: true,
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
