import type { ManyCounts } from '@/lib/contract/jobs';
import { formatCount } from '@/lib/text/format';

const WORDS: readonly (readonly [keyof ManyCounts, string])[] = [
  ['applied', 'applied'],
  ['unchanged', 'unchanged'],
  ['notApplied', 'not applied'],
  ['refused', 'refused'],
  ['unknown', 'unknown'],
];

/** How the rows of a change ended: only what there is. */
export function manyFacts(counts: ManyCounts): string[] {
  return WORDS.flatMap(([field, word]) => (counts[field] === 0 ? [] : [`${formatCount(counts[field])} ${word}`]));
}
