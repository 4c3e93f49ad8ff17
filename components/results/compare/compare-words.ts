import { COMPARE_LIMITS, type Comparison } from '@/lib/local/compare';
import type { Extent } from '@/lib/reader/extent';
import { formatCount, plural } from '@/lib/text/format';

/** `2 added · 1 gone · 3 changed · 262 the same`. */
export function countWords({ added, gone, changed, same }: Comparison['counts']): string {
  const counts = [
    [added, 'added'],
    [gone, 'gone'],
    [changed, 'changed'],
    [same, 'the same'],
  ] as const;
  return counts.map(([count, word]) => `${formatCount(count)} ${word}`).join(' · ');
}

/** What the comparison is worth: rows that were not read may be the same all along. */
export function doubtWords(before: Extent, after: Extent, { beyond, differences, counts }: Comparison): string {
  const some = [
    ...(before.isWhole ? [] : [`the first ${plural(before.held, 'row')} of the pinned result`]),
    ...(after.isWhole ? [] : [`the ${plural(after.held, 'row')} of this one that are in memory`]),
  ];
  const all = counts.added + counts.gone + counts.changed;
  const words = [
    some.length === 0
      ? null
      : `Only ${some.join(' and ')} are compared: a row that was not read counts as added or gone.`,
    beyond === 0
      ? null
      : `At most ${formatCount(COMPARE_LIMITS.rows)} rows are compared: ${formatCount(beyond)} more are not.`,
    differences.length === all
      ? null
      : `The first ${formatCount(differences.length)} of ${formatCount(all)} differences are listed.`,
  ];
  return words.filter((one) => one !== null).join(' ');
}
