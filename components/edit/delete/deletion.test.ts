import { describe, expect, it } from 'vitest';
import { T } from '@/lib/edit/test-plan';
import { deletionOf, WHOLE_PARTITION } from './deletion';

const OF = { p: 1, c: 2, c2: 3 };
const bounds = { from: { text: '4', inclusive: false }, to: { text: '9', inclusive: true } };
const none = { text: '', inclusive: true };

describe('the deletion that the form asks for', () => {
  it.each([
    ['the partition', WHOLE_PARTITION, { kind: 'delete_partition', key: { p: 1 } }],
    [
      'a range of the first clustering column',
      { equal: 0, ...bounds },
      { kind: 'delete_range', key: { p: 1 }, from: { value: 4, inclusive: false }, to: { value: 9, inclusive: true } },
    ],
    [
      'all rows that share a clustering column',
      { equal: 1, from: none, to: none },
      { kind: 'delete_range', key: { p: 1, c: 2 } },
    ],
    [
      'a range with one bound',
      { equal: 1, from: none, to: bounds.to },
      { kind: 'delete_range', key: { p: 1, c: 2 }, to: { value: 9, inclusive: true } },
    ],
  ])('%s', (_name, draft, change) => {
    expect(deletionOf(T, OF, draft).change).toEqual(change);
  });

  it('is none while a bound is no value of its column', () => {
    const { change, problems } = deletionOf(T, OF, { equal: 0, from: { text: 'x', inclusive: true }, to: none });
    expect(change).toBeNull();
    expect(problems.from).toBeTruthy();
    expect(deletionOf(T, OF, { equal: 0, from: none, to: none }).change).toBeNull();
  });
});
