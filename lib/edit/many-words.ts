import type { ColumnShape } from '@/lib/cql/schema-lookup';

/**
 * Why a job cannot set a column in many rows, and the way that works; null: it can.
 * @param isCounter the table has counters
 */
export function whyNotInMany(
  { name, kind, masked }: Pick<ColumnShape, 'name' | 'kind' | 'masked'>,
  isCounter: boolean,
): string | null {
  if (masked !== undefined) return `“${name}” is masked for you by the role ${masked}, so it cannot be changed.`;
  if (kind === 'static') {
    return `“${name}” is static: it has one value for all rows of a partition, so setting it row by row would write it again for each of them. Edit it in the grid, or run its UPDATE once for each partition key of a list.`;
  }
  if (kind !== 'regular') return `“${name}” is part of the primary key, which cannot be changed.`;
  if (isCounter) {
    return `“${name}” is a counter: it can only be added to, and an addition that was sent twice counts twice, so a job could not go on after a crash. Change it by + and − in the grid, or run its UPDATE for each row of a list, which lists unknown outcomes.`;
  }
  return null;
}
