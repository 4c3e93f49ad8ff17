import fc from 'fast-check';
import type { Filter } from '@/lib/contract/filters';
import { HAS_5_0 } from '@/lib/test-release';
import { VECTORS } from './test-select-table';

/** Filters of all kinds on the test table, most of them served by some releases and not by others. */

const scalar = (name: string): fc.Arbitrary<Filter> =>
  fc.oneof(
    fc
      .constantFrom('=' as const, '<' as const, '>=' as const)
      .map((operator) => ({ column: name, operator, value: 1 })),
    fc.constant({ column: name, operator: 'IN' as const, value: [1, 2] }),
  );
const TUPLES = [
  ['c', 'd'],
  ['c', 'd', 'e'],
  ['d', 'e'],
  ['c', 'e'],
  ['d', 'c'],
] as const;
const tuple: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom(...TUPLES), fc.constantFrom('=' as const, '<' as const, '>=' as const, 'IN' as const))
  .map(([[first, ...more], operator]) => {
    const value = [1, ...more.map(() => 1)];
    return { column: first, tuple: more, operator, value: operator === 'IN' ? [value, value.with(0, 2)] : value };
  });
const like: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('prefixed', 'contained', 'note'), fc.constantFrom('x%', '%x', '%x%', 'x'))
  .map(([name, value]) => ({ column: name, operator: 'LIKE', value }));
const textual: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('prefixed', 'contained', 'note'), fc.constantFrom('=' as const, '>' as const, '<=' as const))
  .map(([name, operator]) => ({ column: name, operator, value: 'x' }));
const entry: fc.Arbitrary<Filter> = fc
  .tuple(fc.constantFrom('entries', 'counts', 'attrs', 'frozen'), fc.constantFrom(1, 2))
  .map(([name, key]) => ({ column: name, key, operator: '=', value: 1 }));
const whole: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { column: 'frozen', operator: '=', value: [[1, 1]] },
  { column: 'frozen', operator: '>', value: [[1, 1]] },
  { column: 'frozen', operator: 'CONTAINS KEY', value: 1 },
  { column: 'attrs', operator: '=', value: [[1, 1]] },
  { column: 'tags', operator: '=', value: [1] },
  { column: 'lasts', operator: '=', value: '1h' },
  { column: 'lasts', operator: '<', value: '1h' },
  { column: 'pair', operator: '=', value: [1, 1] },
  { column: 'pair', operator: '>', value: [1, 1] },
  ...VECTORS.filter(() => HAS_5_0).map(({ name }): Filter => ({ column: name, operator: '=', value: [1, 2] })),
);
const collection: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { column: 'tags', operator: 'CONTAINS', value: 1 },
  { column: 'attrs', operator: 'CONTAINS', value: 1 },
  { column: 'attrs', operator: 'CONTAINS KEY', value: 1 },
);
/** Several on one frozen map, as a whole and by its elements. */
const onFrozen: fc.Arbitrary<Filter> = fc.constantFrom<Filter>(
  { column: 'frozen', operator: '=', value: [[1, 1]] },
  { column: 'frozen', operator: 'IN', value: [[[1, 1]], []] },
  { column: 'frozen', operator: '>', value: [[1, 1]] },
  { column: 'frozen', operator: '<=', value: [[2, 1]] },
  { column: 'frozen', operator: 'CONTAINS', value: 1 },
  { column: 'frozen', operator: 'CONTAINS KEY', value: 1 },
);
const token = fc
  .tuple(fc.constantFrom('TOKEN >' as const, 'TOKEN <=' as const), fc.constantFrom('-5', '7'))
  .map(([operator, value]): Filter => ({ column: 'a', operator, value }));
const ann = fc.constantFrom('v', 'w').map((name): Filter => {
  return { column: name, operator: 'ANN OF', value: [0.5, 1], limit: 10 };
});
const keyFilter = fc.constantFrom('a', 'B', 'a', 'B', 'c', 'd').chain(scalar);
const indexed = fc.constantFrom('s', 'plain', 'old', 'older', 'new', 'newer', 'number').chain(scalar);
const otherFilter = fc.oneof(indexed, indexed, collection, like, textual, entry, whole);
export const wholeKey: Filter[] = ['a', 'B'].map((name) => ({ column: name, operator: '=', value: 1 }));

/** Filters that 5.0 serves although Ringside says otherwise, to be on the safe side. */
const isServerQuirk = (wanted: readonly Filter[]) => {
  // The server accepts an index on a map's keys if its values or entries are filtered too.
  const attrs = wanted.filter((filter) => filter.column === 'attrs');
  const isKeys = ({ operator }: Filter) => operator === 'CONTAINS KEY';
  if (attrs.some(isKeys) && !attrs.every(isKeys)) return true;
  // With a token bound, the server accepts clustering columns next to an index of the older kinds.
  const isToken = wanted.some(({ operator }) => operator === 'TOKEN >' || operator === 'TOKEN <=');
  return isToken && wanted.some((filter) => ['c', 'd', 'e'].includes(filter.column));
};
const anyFilters = fc.oneof(
  fc.array(fc.oneof(keyFilter, otherFilter), { maxLength: 4 }),
  fc
    .array(fc.oneof(fc.constantFrom('c', 'd').chain(scalar), tuple, otherFilter), { maxLength: 3 })
    .map((more) => [...wholeKey, ...more]),
  fc.array(fc.oneof(tuple, tuple, otherFilter), { maxLength: 2 }),
  fc.array(onFrozen, { minLength: 1, maxLength: 3 }),
  fc.tuple(token, fc.array(fc.oneof(otherFilter, tuple, token), { maxLength: 2 })).map(([one, more]) => [one, ...more]),
  fc
    .tuple(ann, fc.constantFrom([], wholeKey), fc.array(fc.oneof(keyFilter, indexed, entry, like), { maxLength: 2 }))
    .map(([one, key, more]) => [...key, ...more, one]),
);
/** Filters that releases before 5.0 refuse although Ringside does not know; users then see the server's message. */
const isOfLater = (wanted: readonly Filter[]) => {
  const single = wanted.filter(({ tuple }) => tuple === undefined).map((filter) => filter.column);
  const mixes = wanted.some((filter) =>
    [filter.column, ...(filter.tuple ?? [])].some((name) => filter.tuple && single.includes(name)),
  );
  return mixes || wanted.some(({ operator }) => operator === 'ANN OF');
};
/** The filters on which Ringside and the server must agree. */
export const filters = anyFilters.filter((wanted) => !isServerQuirk(wanted) && (HAS_5_0 || !isOfLater(wanted)));
