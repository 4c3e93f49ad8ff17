import type { Filter } from '@/lib/contract/filters';
import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';

type Operator = Filter['operator'];

/** Operators that make sense for a column, the likeliest first. Whether Cassandra can serve them is another question. */
export function operatorsFor({ kind, type }: ColumnShape): readonly Operator[] {
  if (kind === 'partition_key') return ['=', 'IN'];
  if (kind === 'clustering') return ['=', 'IN', '<', '<=', '>', '>='];
  if (type.kind === 'map') return ['CONTAINS', 'CONTAINS KEY', '='];
  if (type.kind === 'list' || type.kind === 'set') return ['CONTAINS', '='];
  return ['=', 'IN', '<', '<=', '>', '>='];
}

/** The column that a next filter is likeliest about: the first of the key that has none yet. */
export function nextFilterColumn(shape: TableShape, filters: readonly Filter[]): string {
  const key = [...shape.partitionKey, ...shape.clusteringKey];
  const free = key.find((name) => !filters.some(({ column }) => column === name));
  return free ?? key[0] ?? shape.columns[0]?.name ?? '';
}
