import type { ConfiguredCluster } from '@/lib/contract/networks';

/**
 * What a new configuration does to a cluster. `adjusted`: only how it is shown or used; its connections stay.
 * `reconnected`: what they are made from is different, so new ones are opened and the old ones end.
 */
export interface ClusterChange {
  readonly name: string;
  readonly what: 'added' | 'removed' | 'adjusted' | 'reconnected';
  /** It may no longer be written to. */
  readonly isNowReadOnly: boolean;
}

/** Keys that no connection is made from. */
const ABOUT_USE = new Set(['label', 'colour', 'consistency', 'pageRows', 'writes', 'reads']);

/** The changes from one list of clusters to another, by name; a cluster that is the same has none. */
export function clusterChanges(
  before: readonly ConfiguredCluster[],
  after: readonly ConfiguredCluster[],
): ClusterChange[] {
  const [old, now] = [byName(before), byName(after)];
  const removed = before.filter(({ name }) => !now.has(name)).map(({ name }) => changeOf(name, 'removed'));
  const others = after.flatMap((cluster) => {
    const last = old.get(cluster.name);
    if (last === undefined) return changeOf(cluster.name, 'added');
    const keys = differingKeys(last, cluster);
    if (keys.length === 0) return [];
    const what = keys.every((key) => ABOUT_USE.has(key)) ? 'adjusted' : 'reconnected';
    return changeOf(cluster.name, what, last.writes && !cluster.writes);
  });
  return [...removed, ...others];
}

function changeOf(name: string, what: ClusterChange['what'], isNowReadOnly = false): ClusterChange {
  return { name, what, isNowReadOnly };
}

function byName(clusters: readonly ConfiguredCluster[]): ReadonlyMap<string, ConfiguredCluster> {
  return new Map(clusters.map((cluster) => [cluster.name, cluster]));
}

/** The keys whose values differ, in whatever order they were written. */
function differingKeys(one: ConfiguredCluster, other: ConfiguredCluster): string[] {
  const [before, after] = [
    new Map<string, unknown>(Object.entries(one)),
    new Map<string, unknown>(Object.entries(other)),
  ];
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].filter((key) => sorted(before.get(key)) !== sorted(after.get(key)));
}

function sorted(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) => {
      const isPlain = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      return isPlain ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner;
    }) ?? ''
  );
}
