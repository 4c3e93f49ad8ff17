import { useQuery } from '@tanstack/react-query';
import type { TablePlace } from '@/lib/client/place';
import { sizesQuery } from '@/lib/client/queries';
import { tableDetailsQuery } from '@/lib/client/table-queries';

/** The properties and the estimated size of a table; undefined while they are not known. */
export function useTableAbout({ cluster, keyspace, table }: TablePlace) {
  const details = useQuery(tableDetailsQuery(cluster, keyspace, table));
  const sizes = useQuery(sizesQuery(cluster));
  const size = sizes.data?.keyspaces
    .find((one) => one.keyspace === keyspace)
    ?.tables.find((one) => one.table === table);
  return { details, sizes, properties: details.data?.properties, size };
}
