import { isSince } from '@/lib/cql/release';

/** The system tables that Ringside reads and a supported release does not have. */
const SINCE: Readonly<Record<string, string>> = {
  'system_views.gossip_info': '4.1',
  'system_views.pending_hints': '4.1',
  'system_views.queries': '4.1',
  'system_views.snapshots': '5.0',
  'system.top_partitions': '4.1',
};

/**
 * Why a system table's facts are missing.
 * @param release of the node that was asked; null while it is not known
 * @param reason what came of reading it
 */
export function gapOf(table: string, release: string | null, reason: string): string {
  return lackOf(table, release) ?? `${table}: ${reason}`;
}

/** That a release came before the table; null where it did not, or is not known. */
export function lackOf(table: string, release: string | null): string | null {
  const since = SINCE[table];
  if (since === undefined || isSince(release, since) !== false) return null;
  return `Cassandra ${release} has no ${table}: it came with ${since}.`;
}
