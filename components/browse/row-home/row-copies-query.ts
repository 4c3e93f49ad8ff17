import { queryOptions } from '@tanstack/react-query';
import type { TablePlace } from '@/lib/browse/place';
import { call } from '@/lib/client/http';
import * as endpoints from '@/lib/contract/endpoints';
import type { JsonValue } from '@/lib/contract/json';

/** A row as each of its replicas has it. Read on request only: it costs a read on every replica. */
export const rowCopiesQuery = ({ cluster, keyspace, table }: TablePlace, key: Readonly<Record<string, JsonValue>>) =>
  queryOptions({
    queryKey: ['row-copies', cluster, keyspace, table, key],
    queryFn: ({ signal }) => call(endpoints.rowCopies.post, { cluster, keyspace, table, input: { key } }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
