import { describe, expect, it } from 'vitest';
import { readAddress } from './address';
import { viewWords } from './view-words';

describe('a view in words', () => {
  it('names what it changes', () => {
    expect(viewWords(readAddress(''))).toEqual([]);
    const search = new URLSearchParams({
      filters: '[{"column":"origin","operator":"=","value":"SEA"}]',
      columns: '["origin","day"]',
      reversed: 'true',
      filtering: 'true',
      pageRows: '500',
      from: '7',
    });
    expect(viewWords(readAddress(search.toString()))).toEqual([
      'origin = SEA',
      'columns origin, day',
      'order reversed',
      'filtering allowed',
      '500 rows per page',
      'the place in the table',
    ]);
  });
});
