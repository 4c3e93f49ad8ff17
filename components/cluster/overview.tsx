'use client';

import { useQuery } from '@tanstack/react-query';
import { topologyQuery } from '@/lib/client/topology-query';
import { OverviewFacts } from './overview-facts';
import { OverviewKeyspaces } from './overview-keyspaces';
import { OverviewNodes } from './overview-nodes';

/** Is this cluster well, and what is in it: the first page of a cluster. */
export function Overview({ cluster }: { cluster: string }) {
  const topology = useQuery(topologyQuery(cluster));
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 p-4">
      <h1 className="font-semibold text-xl">{topology.data?.clusterName ?? cluster}</h1>
      <OverviewFacts cluster={cluster} />
      <OverviewNodes cluster={cluster} />
      <OverviewKeyspaces cluster={cluster} />
    </div>
  );
}
