import { useQuery } from '@tanstack/react-query';
import { type AskedVerb, clusterLacks, tableLacks } from './lacks';
import type { TablePlace } from './place';
import { clustersQuery, schemaQuery } from './queries';

/** {@link clusterLacks}; false until the list of clusters is here. */
export function useClusterLacks(cluster: string, verb: AskedVerb): boolean {
  const { data } = useQuery({ ...clustersQuery(), select: ({ clusters }) => clusterLacks(clusters, cluster, verb) });
  return data === true;
}

/** {@link tableLacks}; false until the schema is here. */
export function useTableLacks({ cluster, keyspace, table }: TablePlace, verb: AskedVerb): boolean {
  const { data } = useQuery({
    ...schemaQuery(cluster),
    select: ({ keyspaces }) => tableLacks(keyspaces, { keyspace, name: table }, verb),
  });
  return data === true;
}
