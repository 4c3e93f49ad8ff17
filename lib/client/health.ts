import { type QueryClient, queryOptions } from '@tanstack/react-query';
import type { MuteRequest, Verdict } from '@/lib/contract/health';
import { call } from './http';
import { clusterKey } from './queries';

/** The server asks the nodes no more often than their budget allows; of a large cluster the answer itself costs more. */
const MOST_REFRESH_MS = 15_000;
/** The first answers come from nodes that have not said everything yet. */
const FIRST_LOOKS = 4;
const FIRST_REFRESH_MS = 2_000;

const verdictKey = (cluster: string) => [...clusterKey(cluster), 'verdict'] as const;

/** As often as the nodes are asked. */
export function interval(looks: number, pace: Verdict['pace'] | undefined): number {
  if (looks < FIRST_LOOKS) return FIRST_REFRESH_MS;
  return Math.min(pace?.everyMs ?? MOST_REFRESH_MS, MOST_REFRESH_MS);
}

/** What is wrong with a cluster. */
export const verdictQuery = (cluster: string) =>
  queryOptions({
    queryKey: verdictKey(cluster),
    queryFn: ({ signal }) => call((to) => to.verdict.get, { cluster }, { signal }),
    refetchInterval: ({ state }) => interval(state.dataUpdateCount, state.data?.pace),
  });

/** What each node says of each, and settings that differ. */
export const nodeViewsQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'node-views'],
    queryFn: ({ signal }) => call((to) => to.nodeViews.get, { cluster }, { signal }),
    refetchInterval: ({ state }) => interval(state.dataUpdateCount, state.data?.pace),
  });

export async function muteFinding(client: QueryClient, cluster: string, input: MuteRequest): Promise<void> {
  client.setQueryData(verdictKey(cluster), await call((to) => to.mutes.post, { cluster, input }));
}

export async function unmuteFinding(client: QueryClient, cluster: string, id: string): Promise<void> {
  client.setQueryData(verdictKey(cluster), await call((to) => to.mutes.delete, { cluster, input: { id } }));
}
