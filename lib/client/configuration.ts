import { queryOptions } from '@tanstack/react-query';
import type { ClusterEdit } from '@/lib/contract/configured';
import { call } from './http';

/** The file may be edited elsewhere, and become invalid. */
const REFRESH_MS = 5_000;

/** The clusters as they are configured, and what is wrong with their file. */
export const configurationQuery = () =>
  queryOptions({
    queryKey: ['configuration'],
    queryFn: ({ signal }) => call((to) => to.configuration.get, {}, { signal }),
    refetchInterval: REFRESH_MS,
  });

/** The exact text that an edit would write. */
export const editPlanQuery = (cluster: ClusterEdit) =>
  queryOptions({
    queryKey: ['configuration', 'plan', cluster],
    queryFn: ({ signal }) => call((to) => to.configurationPlan.post, { input: { cluster } }, { signal }),
    // A plan is of the file as it is now.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** Writes an edit, and gives the configuration as it is then. */
export function saveCluster(cluster: ClusterEdit, revision: string) {
  return call((to) => to.configurationSave.post, { input: { cluster, revision } });
}

/** Tries the connection with the login that the cluster would have. */
export function testCluster(cluster: ClusterEdit) {
  return call((to) => to.configurationTest.post, { input: { cluster } });
}
