import type { Keyspace } from '@/lib/contract/schema';
import { type ColumnShape, tableShape, udtLookup } from '@/lib/cql/schema-lookup';

export interface KeyTable {
  readonly name: string;
  /** In the key's order. */
  readonly partitionKey: readonly ColumnShape[];
}

/** Tables and views whose keys have a place on the ring, by name: all but virtual ones. */
export function keyTablesOf(keyspace: Keyspace): KeyTable[] {
  const udts = udtLookup([keyspace]);
  return keyspace.tables
    .filter(({ kind }) => kind !== 'virtual')
    .map((table) => {
      const { partitionKey, columns } = tableShape(table, keyspace.name, udts);
      return {
        name: table.name,
        partitionKey: partitionKey.flatMap((name) => columns.find((one) => one.name === name) ?? []),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
