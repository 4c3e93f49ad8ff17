import { describe, expect, it } from 'vitest';
import { AS_READ, type LocalView, turnedBy } from './local-view';

const view = (...sort: [string, boolean][]): LocalView => ({
  sort: sort.map(([column, descending]) => ({ column, descending })),
  quick: 'sea',
});

describe('a press of a header', () => {
  it('sorts ascending, then descending, then not at all', () => {
    const first = turnedBy({ ...AS_READ, quick: 'sea' }, 'delay', false);
    expect(first).toEqual(view(['delay', false]));
    const second = turnedBy(first, 'delay', false);
    expect(second).toEqual(view(['delay', true]));
    expect(turnedBy(second, 'delay', false)).toEqual(view());
  });

  it('takes the place of the columns that sort, unless it adds one', () => {
    const sorted = view(['day', true], ['delay', true]);
    expect(turnedBy(sorted, 'origin', false)).toEqual(view(['origin', false]));
    expect(turnedBy(sorted, 'delay', false)).toEqual(view(['delay', false]));
    expect(turnedBy(sorted, 'origin', true)).toEqual(view(['day', true], ['delay', true], ['origin', false]));
  });

  it('that adds turns the column where it is, and leaves it out after descending', () => {
    expect(turnedBy(view(['day', false], ['delay', true]), 'day', true)).toEqual(view(['day', true], ['delay', true]));
    expect(turnedBy(view(['day', true], ['delay', true]), 'day', true)).toEqual(view(['delay', true]));
  });
});
