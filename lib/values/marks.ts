import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';

/** What a column is to its table, as a short sign and as words. */
export interface ColumnMark {
  readonly sign: 'K' | 'C↑' | 'C↓' | 'S' | '++' | 'IDX' | '•••';
  readonly words: string;
}

/**
 * Marks of a result's column; with `table` also what only the schema knows: clustering order and indexes. `reversed`: rows
 * come in the reversed clustering order, and the marks say how they come.
 */
export function columnMarks(column: ResultColumn, table: Table | undefined, reversed = false): readonly ColumnMark[] {
  const marks: ColumnMark[] = [];
  const known = table?.columns.find(({ name }) => name === column.name);
  if (column.kind === 'partition_key') marks.push({ sign: 'K', words: 'partition key' });
  if (column.kind === 'clustering') marks.push(clusteringMark((known?.clusteringOrder === 'desc') !== reversed));
  if (column.kind === 'static') marks.push({ sign: 'S', words: 'static: one value a partition' });
  if (column.masked) marks.push({ sign: '•••', words: `masked by the role ${column.masked}` });
  if (column.type === 'counter') marks.push({ sign: '++', words: 'counter' });
  const indexes =
    column.kind === 'computed' ? [] : (table?.indexes ?? []).filter((index) => targets(index.target, column.name));
  if (indexes.length > 0)
    marks.push({ sign: 'IDX', words: `indexed by ${indexes.map(({ name }) => name).join(', ')}` });
  return marks;
}

function clusteringMark(descending: boolean): ColumnMark {
  return descending
    ? { sign: 'C↓', words: 'clustering column, descending' }
    : { sign: 'C↑', words: 'clustering column, ascending' };
}

/** An index's target is a column's name, or `values(name)`, `keys(name)`, `entries(name)`, `full(name)`; quoted where it must be. */
function targets(target: string, column: string): boolean {
  const inside = /^(?:values|keys|entries|full)\((.*)\)$/.exec(target)?.[1] ?? target;
  return inside === column || inside === `"${column.replaceAll('"', '""')}"`;
}
