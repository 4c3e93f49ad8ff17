import { useQuery } from '@tanstack/react-query';
import { schemaQuery } from '@/lib/client/queries';

/** One keyspace of a cluster's schema: `keyspace` is undefined until it is read, and null if there is none of that name. */
export function useKeyspace(cluster: string, name: string) {
  const query = useQuery(schemaQuery(cluster));
  const found = query.data?.keyspaces.find((candidate) => candidate.name === name);
  return { query, keyspace: query.data === undefined ? undefined : (found ?? null), gaps: query.data?.gaps ?? [] };
}
