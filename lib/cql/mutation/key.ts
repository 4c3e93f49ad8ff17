import type { RowKey } from '../row-key';
import { checkKeyNames, columnOf, keyValues } from './checks';
import type { MutatedTable, NodeKey } from './nodes';

/**
 * The key of a statement about `columns`: static ones belong to the partition, and Cassandra takes no clustering columns
 * where nothing else is changed or compared.
 * @throws MutationError when the key is not just that
 */
export function rowKeyFor(table: MutatedTable, key: RowKey, columns: readonly string[]): NodeKey {
  const { partitionKey, clusteringKey } = table.shape;
  const isStatic = columns.length > 0 && columns.every((name) => columnOf(table, name).kind === 'static');
  const clustering = isStatic ? [] : clusteringKey;
  checkKeyNames(
    key,
    [...partitionKey, ...clustering],
    isStatic
      ? 'static columns belong to the partition, name the partition key alone'
      : 'it is no column of the primary key',
  );
  return { partition: keyValues(table, partitionKey, key, true), clustering: keyValues(table, clustering, key, false) };
}
