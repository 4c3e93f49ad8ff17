import { useQuery } from '@tanstack/react-query';
import type { TablePlace } from '@/lib/client/place';
import { schemaQuery } from '@/lib/client/queries';

/** A table of the schema; undefined: it is not known, or not there. */
export function useTable({ cluster, keyspace, table }: TablePlace) {
  return useQuery({
    ...schemaQuery(cluster),
    select: ({ keyspaces }) =>
      keyspaces.find(({ name }) => name === keyspace)?.tables.find(({ name }) => name === table),
  }).data;
}
