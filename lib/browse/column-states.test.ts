import { describe, expect, it } from 'vitest';
import { readToggled, shownNames, viewColumns } from './column-states';

const ALL = ['id', 'at', 'delay', 'note'];
const states = (...args: Parameters<typeof viewColumns>) => viewColumns(...args).map(({ state }) => state);

describe('the columns of a view', () => {
  it('are shown unless the address leaves them out or somebody has hidden them', () => {
    expect(states(ALL, null, [])).toEqual(['shown', 'shown', 'shown', 'shown']);
    expect(states(ALL, ['note', 'id', 'at'], ['at', 'delay'])).toEqual(['shown', 'hidden', 'unread', 'shown']);
    expect(states(ALL, null, ['gone'])).toEqual(['shown', 'shown', 'shown', 'shown']);
  });

  it('are all shown where hiding would leave none', () => {
    expect(states(ALL, ['id', 'at'], ['id', 'at'])).toEqual(['shown', 'shown', 'unread', 'unread']);
  });

  it('are named if they are shown, null for all', () => {
    expect(shownNames(viewColumns(ALL, null, []))).toBeNull();
    expect(shownNames(viewColumns(ALL, ['at', 'id', 'note'], ['note']))).toEqual(['id', 'at']);
  });
});

describe('a column that is ticked or not', () => {
  it('is read, or no longer; the hidden ones stay as they are', () => {
    const columns = viewColumns(ALL, ['id', 'at'], ['at']);
    expect(readToggled(columns, 'note')).toEqual(['id', 'at', 'note']);
    expect(readToggled(columns, 'id')).toEqual(['at']);
    expect(readToggled(viewColumns(ALL, ['id', 'at', 'note'], []), 'delay')).toBeNull();
  });

  it('cannot be the last one', () => {
    expect(readToggled(viewColumns(ALL, ['id'], []), 'id')).toBeUndefined();
  });
});
