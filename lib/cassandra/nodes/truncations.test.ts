import { describe, expect, it } from 'vitest';
import { isTruncated } from './truncations';

const [A, B] = ['b2c1f0a2-0000-4000-8000-000000000001', 'b2c1f0a2-0000-4000-8000-000000000002'];

describe('a table was truncated', () => {
  it.each([
    ['for the first time', { [A]: '' }, { [A]: 'x' }],
    ['once more', { [A]: 'x' }, { [A]: 'y' }],
    ['as one node of two knows', { [A]: 'x', [B]: 'x' }, { [A]: 'x', [B]: 'y' }],
    ['as one node knows that answered both times', { [A]: 'x', [B]: '' }, { [B]: 'y' }],
  ])('%s', (_, before, now) => {
    expect(isTruncated(before, now)).toBe(true);
  });

  it.each([
    ['nothing changed', { [A]: 'x', [B]: '' }, { [A]: 'x', [B]: '' }],
    ['no node answered before', {}, { [A]: 'x' }],
    ['no node answers now', { [A]: 'x' }, {}],
    ['another node answered before', { [A]: 'x' }, { [B]: 'y' }],
    ['the record went with its table', { [A]: 'x' }, { [A]: '' }],
  ])('is not claimed where %s', (_, before, now) => {
    expect(isTruncated(before, now)).toBe(false);
  });
});
