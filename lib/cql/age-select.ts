import type { TableColumn } from '@/lib/contract/schema';
import { qualifiedName, quoteIdentifier } from './identifiers';
import { isSince } from './release';
import { parseCqlType } from './type-text';

/**
 * Write times and remaining TTLs of cells, as far as Cassandra exposes them: WRITETIME and TTL take regular and static
 * columns; every element of an unfrozen collection or type has its own, readable since release 5.0 (CASSANDRA-8877);
 * counters have none.
 */
export type AgeSupport =
  | { readonly kind: 'cell' }
  /** One for each element. */
  | { readonly kind: 'elements' }
  | { readonly kind: 'key' }
  | { readonly kind: 'none'; readonly reason: string };

export function ageSupport({ kind, type }: Pick<TableColumn, 'kind' | 'type'>, release: string | null): AgeSupport {
  if (kind === 'partition_key' || kind === 'clustering') return { kind: 'key' };
  if (type === 'counter') return { kind: 'none', reason: 'a counter has no write time' };
  if (!hasElementCells(type)) return { kind: 'cell' };
  if (isSince(release, '5.0')) return { kind: 'elements' };
  return {
    kind: 'none',
    reason: 'it is not frozen: each of its elements has its own write time, which can be read since Cassandra 5.0',
  };
}

/** True for types stored as one cell per element or field. */
function hasElementCells(typeText: string): boolean {
  const type = parseCqlType(typeText, () => []);
  return (type.kind === 'list' || type.kind === 'set' || type.kind === 'map' || type.kind === 'udt') && !type.frozen;
}

/** The selector for a cell's write time: the newest of its elements' if it has several. */
export function writeTimeSelector(name: string, support: AgeSupport): string {
  return `${support.kind === 'elements' ? 'maxwritetime' : 'writetime'}(${quoteIdentifier(name)})`;
}

export function ttlSelector(name: string): string {
  return `ttl(${quoteIdentifier(name)})`;
}

/** SELECT `selectors` FROM the table WHERE `conditions` (CQL). */
export function selectFrom(
  { keyspace, table }: { readonly keyspace: string; readonly table: string },
  selectors: readonly string[],
  conditions: readonly string[],
  limit?: number,
): string {
  const tail = limit === undefined ? '' : ` LIMIT ${limit}`;
  return `SELECT ${selectors.join(', ')} FROM ${qualifiedName(keyspace, table)} WHERE ${conditions.join(' AND ')}${tail}`;
}
