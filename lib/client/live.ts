import { queryOptions } from '@tanstack/react-query';
import type { LiveRequest, LiveResponse } from '@/lib/contract/live';
import { mergeLive } from '@/lib/live/merge';
import { call } from './http';
import { clusterKey } from './queries';

/** The first rounds are close to each other. */
const FIRST_REFRESH_MS = 2_000;
const FIRST_LOOKS = 4;
/** Looking at least this often keeps the nodes being asked, also in a large cluster. */
const LONGEST_MS = 30_000;

/** What moves in a cluster, over the last hour. Only what has come since is requested; nothing is while the tab is hidden. */
export const liveQuery = (cluster: string, request: LiveRequest) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'live', request],
    queryFn: async ({ client, queryKey, signal }): Promise<LiveResponse> => {
      const held = client.getQueryData<LiveResponse>(queryKey);
      const after = held?.times.at(-1);
      const input = { ...request, ...(after === undefined ? {} : { after }) };
      return mergeLive(held, await call((to) => to.live.get, { cluster, input }, { signal }));
    },
    structuralSharing: false,
    refetchInterval: ({ state: { data, dataUpdateCount } }) =>
      dataUpdateCount < FIRST_LOOKS ? FIRST_REFRESH_MS : Math.min(data?.everyMs ?? LONGEST_MS, LONGEST_MS),
  });
