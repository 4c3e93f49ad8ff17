import type { IndexStanding, IndexState } from '@/lib/contract/tables';

/** What one node says of the indexes of a keyspace. */
export interface NodeIndexes {
  /** Indexes that the node has built at some time, from `system."IndexInfo"`. */
  readonly built: ReadonlySet<string>;
  /** From `system_views.sai_column_indexes`; undefined where the release has no such table, and so no such index. */
  readonly sai: ReadonlyMap<string, { readonly queryable: boolean; readonly building: boolean }> | undefined;
}

/** The state of an index on a node. */
export function indexStateOf(name: string, isSai: boolean, { built, sai }: NodeIndexes): IndexState {
  if (!isSai) return built.has(name) ? 'ready' : 'building';
  const found = sai?.get(name);
  if (found === undefined) return 'unknown';
  return found.queryable ? 'ready' : found.building ? 'building' : 'not_ready';
}

const WORST_FIRST: readonly IndexState[] = ['not_ready', 'building', 'unknown', 'ready'];

/** An index over all nodes: the worst that a node says. */
export function worstState(name: string, states: readonly IndexState[]): IndexStanding {
  return { name, state: WORST_FIRST.find((state) => states.includes(state)) ?? 'unknown' };
}
