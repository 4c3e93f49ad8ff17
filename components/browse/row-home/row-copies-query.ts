import { queryOptions } from '@tanstack/react-query';
import type { TablePlace } from '@/lib/browse/place';
import { postJson } from '@/lib/client/http';
import { apiPath } from '@/lib/client/paths';
import type { JsonValue } from '@/lib/contract/json';
import { rowCopiesResponseSchema } from '@/lib/contract/row-copies';

/** A row as each of its replicas has it. Read when asked for, never by itself: it bothers every replica. */
export const rowCopiesQuery = ({ cluster, keyspace, table }: TablePlace, key: Readonly<Record<string, JsonValue>>) =>
  queryOptions({
    queryKey: ['row-copies', cluster, keyspace, table, key],
    queryFn: ({ signal }) =>
      postJson(rowCopiesResponseSchema, apiPath.rowCopies(cluster, keyspace, table), { key }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  });
