import { queryOptions } from '@tanstack/react-query';
import type { ReplicaResultsRequest } from '@/lib/contract/replica-results';
import { call } from './http';

/** A trace by its id, read when it is opened. One that was not complete is read again only when asked for. */
export const traceQuery = (cluster: string, id: string) =>
  queryOptions({
    queryKey: ['trace', cluster, id],
    queryFn: ({ signal }) => call((to) => to.trace.get, { cluster, id }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: false,
  });

/** A statement's result by each replica, or by the given coordinators. Read when asked for, never by itself. */
export const replicaResultsQuery = (cluster: string, input: ReplicaResultsRequest) =>
  queryOptions({
    queryKey: ['replica-results', cluster, input],
    queryFn: ({ signal }) => call((to) => to.replicaResults.post, { cluster, input }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
