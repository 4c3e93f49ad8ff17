import type { Keyspace, TableColumn } from '@/lib/contract/schema';

export interface KeyTable {
  readonly name: string;
  /** In the key's order. */
  readonly partitionKey: readonly TableColumn[];
}

/** The tables and views whose keys have a place on the ring: all but virtual ones, by name. */
export function keyTablesOf(keyspace: Keyspace): KeyTable[] {
  return keyspace.tables
    .filter(({ kind }) => kind !== 'virtual')
    .map(({ name, columns }) => ({
      name,
      partitionKey: columns.filter(({ kind }) => kind === 'partition_key').sort((a, b) => a.position - b.position),
    }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}
