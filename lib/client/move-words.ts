import type { Compared, Copied } from '@/lib/contract/move-counts';
import { formatCount, plural } from '@/lib/text/format';

/** How the rows of a copy ended: only what there is. */
export function copiedFacts({ applied, refused, unknown, skipped, merged, readBack, compared }: Copied): string[] {
  const counted: [number, string][] = [
    [refused, 'refused'],
    [unknown, 'unknown'],
    [skipped, 'without a row in the target'],
    [merged, 'collections with one write time for several'],
  ];
  return [
    `${formatCount(applied)} written`,
    ...counted.flatMap(([count, word]) => (count === 0 ? [] : [`${formatCount(count)} ${word}`])),
    ...(readBack === null ? [] : [`${formatCount(readBack.found)} found in the target`]),
    ...(readBack === null || readBack.lacking === 0 ? [] : [`${plural(readBack.lacking, 'range')} with too few`]),
    ...(compared === null ? [] : comparedFacts(compared)),
  ];
}

/** What a comparison has found: what is equal, and only those differences that there are. */
export function comparedFacts({ equal, missing, extra, different }: Compared): string[] {
  const counted: [number, string][] = [
    [missing, 'missing in the target'],
    [extra, 'only in the target'],
    [different, 'different'],
  ];
  return [
    `${formatCount(equal)} equal`,
    ...counted.flatMap(([count, word]) => (count === 0 ? [] : [`${formatCount(count)} ${word}`])),
  ];
}
