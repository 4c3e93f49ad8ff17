import { infiniteQueryOptions } from '@tanstack/react-query';
import type { EventsRequest } from '@/lib/contract/events';
import { call } from './http';
import { clusterKey } from './queries';

const REFRESH_MS = 10_000;

/** What Ringside saw happen to a cluster, newest first, part by part. */
export const eventsQuery = (cluster: string, request: EventsRequest) =>
  infiniteQueryOptions({
    queryKey: [...clusterKey(cluster), 'events', request],
    queryFn: ({ signal, pageParam }) => {
      const input = { ...request, ...(pageParam === '' ? {} : { before: pageParam }) };
      return call((to) => to.clusterEvents.get, { cluster, input }, { signal });
    },
    initialPageParam: '',
    getNextPageParam: ({ events, hasMore }) => (hasMore ? events.at(-1)?.id : undefined),
    refetchInterval: REFRESH_MS,
  });
