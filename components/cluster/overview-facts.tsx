'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Skeleton } from '@/components/ui/skeleton';
import { topologyQuery } from '@/lib/client/topology-query';
import { releaseCounts } from '@/lib/cluster/overview';
import type { TopologyResponse } from '@/lib/contract/topology';
import { SchemaAgreement } from './schema-agreement';

/** Facts of the cluster as a whole; its nodes have their own panel. */
export function OverviewFacts({ cluster }: { cluster: string }) {
  const { data, isPending } = useQuery(topologyQuery(cluster));
  // The panel of nodes says what failed.
  if (data === undefined && !isPending) return null;
  return (
    <dl className="flex flex-wrap overflow-hidden rounded-md border border-line bg-surface">
      <Fact name="Release">{data && <Release topology={data} />}</Fact>
      <Fact name="Schema">{data && <SchemaAgreement agreement={data.schemaAgreement} />}</Fact>
      <Fact name="Partitioner">{data && shortClass(data.partitioner)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="-mr-px -mb-px min-h-16 min-w-48 flex-auto border-line border-r border-b px-4 py-2">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="mt-1 font-medium text-base">{children ?? <Skeleton className="h-4 w-24" />}</dd>
    </div>
  );
}

function Release({ topology }: { topology: TopologyResponse }) {
  const counts = releaseCounts(topology.nodes);
  const [first] = counts;
  if (counts.length === 1 && first !== undefined) return first.release ?? 'unknown';
  return counts.map(({ release, nodes }) => `${release ?? 'unknown'} on ${nodes}`).join(', ');
}

function shortClass(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1);
}
