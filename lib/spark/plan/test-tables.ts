import type { ColumnShape, TableShape } from '@/lib/cql/schema-lookup';
import { parseCqlType } from '@/lib/cql/type-text';

/** A table for tests. @param columns each as `name type`, the keys first */
export function tableOf(columns: readonly string[], partitionKey: number, clusteringKey = 0): TableShape {
  const shapes = columns.map((text, at): ColumnShape => {
    const end = text.indexOf(' ');
    const isStatic = text.endsWith(' static');
    const type = parseCqlType(text.slice(end + 1, isStatic ? -' static'.length : undefined));
    const isKey = at < partitionKey + clusteringKey;
    const kind = at < partitionKey ? 'partition_key' : isKey ? 'clustering' : isStatic ? 'static' : 'regular';
    return { name: text.slice(0, end), type, kind, clusteringOrder: kind === 'clustering' ? 'asc' : 'none' };
  });
  const names = shapes.map(({ name }) => name);
  return {
    partitionKey: names.slice(0, partitionKey),
    clusteringKey: names.slice(partitionKey, partitionKey + clusteringKey),
    columns: shapes,
    indexes: [],
    isVirtual: false,
    isView: false,
  };
}
