import { useQuery } from '@tanstack/react-query';
import type { TablePlace } from '@/lib/client/place';
import { schemaQuery, sizesQuery } from '@/lib/client/queries';
import { tableDetailsQuery } from '@/lib/client/table-queries';
import { copiesOf, unreliableReason } from '@/lib/cluster/table-size';

/** The properties and the estimated size of a table, and why the estimate is unreliable; undefined while not known. */
export function useTableAbout({ cluster, keyspace, table }: TablePlace) {
  const details = useQuery(tableDetailsQuery(cluster, keyspace, table));
  const sizes = useQuery(sizesQuery(cluster));
  const size = sizes.data?.keyspaces
    .find((one) => one.keyspace === keyspace)
    ?.tables.find((one) => one.table === table);
  const { data: schema } = useQuery(schemaQuery(cluster));
  const replication = schema?.keyspaces.find(({ name }) => name === keyspace)?.replication;
  const copies = replication === undefined ? null : copiesOf(replication);
  const unreliable = size && unreliableReason({ ...size, nodes: sizes.data?.nodesAsked ?? 0, copies });
  return { details, sizes, properties: details.data?.properties, size, unreliable };
}
