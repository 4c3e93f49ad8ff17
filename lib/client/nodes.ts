import { queryOptions } from '@tanstack/react-query';
import type { NodeSectionName } from '@/lib/contract/nodes';
import { call } from './http';
import { clusterKey } from './queries';

/** The server asks the nodes no more often than its budget allows, however often it is asked. */
const REFRESH_MS = 15_000;
/** The first answers come from nodes that have not said everything yet. */
const FIRST_LOOKS = 4;
const SOON_MS = 2_000;

/** Every node in a line. */
export const nodesQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'nodes'],
    queryFn: ({ signal }) => call((to) => to.nodes.get, { cluster }, { signal }),
    refetchInterval: ({ state }) => (state.dataUpdateCount < FIRST_LOOKS ? SOON_MS : REFRESH_MS),
  });

/** One virtual table of one node. @param node its host id */
export const nodeSectionQuery = (cluster: string, node: string, section: NodeSectionName, literals = false) =>
  queryOptions({
    queryKey: [...clusterKey(cluster), 'nodes', node, section, literals],
    queryFn: ({ signal }) =>
      call(
        (to) => to.nodeSection.get,
        { cluster, input: { node, section, ...(literals ? { literals } : {}) } },
        { signal },
      ),
    refetchInterval: REFRESH_MS,
  });
