import { isSince } from '@/lib/cql/release';

/** The system tables that Ringside reads and 4.0 does not have. */
const SINCE: Readonly<Record<string, string>> = {
  'system_views.gossip_info': '4.1',
  'system.top_partitions': '4.1',
};

/**
 * Why a system table's facts are missing.
 * @param release of the node that was asked; null while it is not known
 * @param reason what came of reading it
 */
export function gapOf(table: string, release: string | null, reason: string): string {
  const since = SINCE[table];
  if (since === undefined || isSince(release, since) !== false) return `${table}: ${reason}`;
  return `Cassandra ${release} has no ${table}: it came with ${since}.`;
}
