import type { RowChange } from '@/lib/contract/mutations';
import { plural } from '../text/format';

/** How many changes wait in how many rows: an edited cell is one, a new, deleted or moved row is one. */
export function queueWords(changes: readonly RowChange[]): string {
  const counts = changes.map(countOf);
  const rows = changes.filter(({ kind }) => kind !== 'delete_partition' && kind !== 'delete_range').length;
  const partitions = changes.filter(({ kind }) => kind === 'delete_partition').length;
  const ranges = changes.length - rows - partitions;
  const places = [
    ...(rows > 0 ? [plural(rows, 'row')] : []),
    ...(ranges > 0 ? [plural(ranges, 'range')] : []),
    ...(partitions > 0 ? [plural(partitions, 'whole partition')] : []),
  ];
  const sum = counts.reduce((total, count) => total + count, 0);
  return places.length === 0 ? 'No changes' : `${plural(sum, 'change')} in ${places.join(', ')}`;
}

function countOf(change: RowChange): number {
  if (change.kind === 'update') return Object.keys(change.edits).length;
  return change.kind === 'move' ? 1 + Object.keys(change.edits ?? {}).length : 1;
}
