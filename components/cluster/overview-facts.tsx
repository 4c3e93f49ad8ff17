'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { StatusDot, type Tone } from '@/components/ui/badge';
import { Skeleton } from '@/components/ui/skeleton';
import { topologyQuery } from '@/lib/client/topology-query';
import { countStates, knownSum, releaseCounts } from '@/lib/cluster/overview';
import type { TopologyResponse } from '@/lib/contract/topology';
import { formatBytes, plural } from '@/lib/text/format';

/** The answers that an operator looks for first, one line each. */
export function OverviewFacts({ cluster }: { cluster: string }) {
  const { data, isPending } = useQuery(topologyQuery(cluster));
  // The panel of nodes below says what failed.
  if (data === undefined && !isPending) return null;
  return (
    <dl className="grid grid-cols-[repeat(auto-fit,minmax(160px,1fr))] overflow-hidden rounded-md border border-line bg-surface">
      <Fact name="Release">{data && <Release topology={data} />}</Fact>
      <Fact name="Nodes reachable from here">{data && <Reachable topology={data} />}</Fact>
      <Fact name="Schema">{data && <SchemaAgreement topology={data} />}</Fact>
      <Fact name="Data on disk">{data && <DataOnDisk topology={data} />}</Fact>
      <Fact name="Partitioner">{data && shortClass(data.partitioner)}</Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="-mr-px -mb-px min-h-16 border-line border-r border-b px-4 py-2">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="mt-1 font-medium text-base">{children ?? <Skeleton className="h-4 w-24" />}</dd>
    </div>
  );
}

function Stated({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="inline-flex items-center gap-2">
      <StatusDot tone={tone} />
      {children}
    </span>
  );
}

function Release({ topology }: { topology: TopologyResponse }) {
  const counts = releaseCounts(topology.nodes);
  const [first] = counts;
  if (counts.length === 1 && first !== undefined) return first.release ?? 'unknown';
  return counts.map(({ release, nodes }) => `${release ?? 'unknown'} on ${nodes}`).join(', ');
}

function Reachable({ topology: { nodes } }: { topology: TopologyResponse }) {
  const { up } = countStates(nodes.map(({ reachable }) => reachable.state));
  return <Stated tone={up === nodes.length ? 'ok' : 'warn'}>{`${up} of ${nodes.length}`}</Stated>;
}

function SchemaAgreement({ topology: { schemaAgreement } }: { topology: TopologyResponse }) {
  const { agreed, versions } = schemaAgreement;
  if (agreed === null) return <Stated tone="neutral">unknown</Stated>;
  if (agreed) return <Stated tone="ok">all nodes agree</Stated>;
  return <Stated tone="danger">{plural(versions.length, 'version')}, no agreement</Stated>;
}

function DataOnDisk({ topology: { nodes } }: { topology: TopologyResponse }) {
  const bytes = knownSum(nodes.map(({ loadBytes }) => loadBytes));
  if (bytes !== null) return formatBytes(bytes);
  const known = nodes.filter(({ loadBytes }) => loadBytes !== null);
  if (known.length === 0) return 'unknown';
  const part = known.reduce((sum, { loadBytes }) => sum + (loadBytes ?? 0), 0);
  return `${formatBytes(part)} on ${known.length} of ${plural(nodes.length, 'node')}`;
}

function shortClass(className: string): string {
  return className.slice(className.lastIndexOf('.') + 1);
}
