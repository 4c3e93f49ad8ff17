/** True if a table, or with it its keyspace, is among what a filter shows: it matches by keyspace or `keyspace.table`. */
export function matchesFilter(keyspace: string, table: string, filter: string): boolean {
  return `${keyspace}.${table}`.toLowerCase().includes(filter.trim().toLowerCase());
}
