import type { Classification } from '@/lib/contract/statements';

/** How Cassandra finds the rows of a SELECT. */
export type Access =
  | 'partition'
  | 'partitions'
  | 'ring'
  | 'ring_share'
  | 'ring_filtering'
  | 'index'
  | 'similarity'
  | 'one_node'
  | 'unknown';

export type Scan = Pick<Classification, 'order' | 'splittable' | 'pageable' | 'ringProgress'>;

const row = (order: Scan['order'], splittable: boolean, ringProgress: boolean, pageable: boolean): Scan => ({
  order,
  splittable,
  ringProgress,
  pageable,
});

/**
 * What follows from the way rows are found. `ringProgress` applies only with the Murmur3 partitioner, which the caller must
 * check, because the schema does not name it. PER PARTITION LIMIT and DISTINCT keys change nothing.
 */
const SCANS: Readonly<Record<Access, Scan>> = {
  //                        order          splits  token  pages
  partition: row('clustering', false, false, true),
  partitions: row('values', false, false, true),
  ring: row('token', true, true, true),
  ring_share: row('token', true, true, true),
  ring_filtering: row('token', true, true, true),
  index: row('as_served', false, false, true),
  similarity: row('similarity', false, false, false),
  one_node: row('node_local', false, false, true),
  unknown: row('none', false, false, true),
};

/** Keyspaces with node-local tables. */
const LOCAL_KEYSPACES: ReadonlySet<string> = new Set([
  'system',
  'system_schema',
  'system_views',
  'system_virtual_schema',
  'system_metrics',
]);

/** True for keyspaces (besides those of virtual tables) in which every node answers only for itself. */
export function isNodeLocalKeyspace(keyspace: string): boolean {
  return LOCAL_KEYSPACES.has(keyspace);
}

/** What decides, besides its access, how a SELECT can be read. */
export interface SelectShape {
  readonly access: Access;
  readonly hasLimit: boolean;
  /** GROUP BY, an aggregate, or a function that may be one. */
  readonly aggregates: boolean;
  readonly hasOrderBy: boolean;
}

/** The scan of a SELECT: the table above, then what LIMIT, aggregates and ORDER BY change. */
export function scanOf({ access, hasLimit, aggregates, hasOrderBy }: SelectShape): Scan {
  const scan = SCANS[access];
  if (aggregates) return { ...scan, order: 'none', splittable: false, ringProgress: false };
  // The coordinator merges the partitions in order, and refuses to do so page by page.
  if (access === 'partitions' && hasOrderBy) return { ...scan, order: 'clustering', pageable: false };
  return hasLimit ? { ...scan, splittable: false } : scan;
}
