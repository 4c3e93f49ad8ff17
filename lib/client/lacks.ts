import type { ClusterSummary } from '@/lib/contract/clusters';
import type { Keyspace } from '@/lib/contract/schema';

/** Rights that pages ask about before they offer something. */
export type AskedVerb = 'read' | 'export' | 'write' | 'operate' | 'admin';

/** Whether whoever looks lacks a right for everything on a cluster; `operate` and `admin`: for all of it. */
export function clusterLacks(clusters: readonly ClusterSummary[], cluster: string, verb: AskedVerb): boolean {
  return clusters.find(({ name }) => name === cluster)?.lacks?.includes(verb) === true;
}

/** Whether whoever looks lacks a right on a table; one that the schema does not have lacks nothing. */
export function tableLacks(
  keyspaces: readonly Keyspace[],
  { keyspace, name }: { readonly keyspace: string | null; readonly name: string },
  verb: AskedVerb,
): boolean {
  const tables = keyspaces.find((one) => one.name === keyspace)?.tables;
  return tables?.find((table) => table.name === name)?.lacks?.includes(verb) === true;
}
