'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { StatusDot } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Gaps } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { pagePath } from '@/lib/client/paths';
import { topologyQuery } from '@/lib/client/topology-query';
import { gossipWitnesses, knownSum, type RackSummary, rackSummaries, type StateCount } from '@/lib/cluster/overview';
import type { TopologyResponse } from '@/lib/contract/topology';
import { formatBytes, plural } from '@/lib/text/format';

/** Nodes by datacenter and rack, with their states by source. */
export function OverviewNodes({ cluster }: { cluster: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(topologyQuery(cluster));
  const ring = (
    <>
      <Link
        href={pagePath.nodes(cluster)}
        className="mr-3 inline-flex min-h-6 items-center text-accent text-sm hover:underline"
      >
        See every node
      </Link>
      <Link
        href={pagePath.ring(cluster)}
        className="inline-flex min-h-6 items-center text-accent text-sm hover:underline"
      >
        See the ring
      </Link>
    </>
  );
  return (
    <Panel title="Nodes" note={data && <NodesNote topology={data} error={error} />} actions={ring} flush>
      {data !== undefined && <NodeFacts topology={data} />}
      {data === undefined && isPending && <NodesSkeleton />}
      {data === undefined && error !== null && (
        <FailureState
          className="m-4"
          title="The nodes could not be read"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      )}
    </Panel>
  );
}

function NodesNote({ topology, error }: { topology: TopologyResponse; error: Error | null }) {
  return (
    <>
      {diskWords(topology)} · <ReadNote asOf={topology.asOf} error={error} />
    </>
  );
}

function diskWords({ nodes }: TopologyResponse): string {
  const known = nodes.map(({ loadBytes }) => loadBytes).filter((bytes) => bytes !== null);
  if (known.length === 0) return 'size on disk unknown';
  const size = `${formatBytes(knownSum(known) ?? 0)} on disk`;
  return known.length === nodes.length ? size : `${size} on ${known.length} of ${plural(nodes.length, 'node')}`;
}

/** A line for each rack, however many nodes it has. */
export function NodeFacts({ topology }: { topology: TopologyResponse }) {
  const witnesses = gossipWitnesses(topology);
  return (
    <>
      <DataTable
        caption="Nodes by datacenter and rack"
        columns={RACK_COLUMNS}
        rows={rackSummaries(topology.nodes)}
        rowKey={({ datacenter, rack }) => JSON.stringify([datacenter, rack])}
      />
      <div className="flex flex-col gap-2 border-line border-t p-4 empty:hidden">
        <Gaps gaps={topology.gaps} />
        <p className="text-faint text-xs">
          Reachable: Ringside has just connected to it. Gossip: what the nodes report to each other,{' '}
          {witnesses.length === 0 ? 'which no node could be asked for' : `as seen by ${witnesses.join(', ')}`}.
        </p>
      </div>
    </>
  );
}

const RACK_COLUMNS: readonly DataColumn<RackSummary>[] = [
  { id: 'datacenter', header: 'Datacenter', cell: ({ datacenter }) => datacenter, rowHeader: true },
  { id: 'rack', header: 'Rack', cell: ({ rack }) => rack },
  { id: 'nodes', header: 'Nodes', cell: ({ nodes }) => nodes, align: 'right' },
  {
    id: 'reachable',
    header: 'Reachable from here',
    cell: ({ reachable, nodes }) => <Count of={nodes} {...reachable} />,
  },
  { id: 'gossip', header: 'Up by gossip', cell: ({ gossip, nodes }) => <Count of={nodes} {...gossip} /> },
  {
    id: 'load',
    header: 'Data on disk',
    cell: ({ loadBytes }) =>
      loadBytes === null ? <span className="text-faint">unknown</span> : formatBytes(loadBytes),
    align: 'right',
  },
];

function Count({ up, unknown, of }: StateCount & { of: number }) {
  if (unknown === of) return <span className="text-faint">unknown</span>;
  return (
    <span className="inline-flex items-center gap-2">
      <StatusDot tone={up === of ? 'ok' : up === 0 ? 'danger' : 'warn'} />
      {up} of {of}
      {unknown > 0 && <span className="text-faint">, {unknown} unknown</span>}
    </span>
  );
}

function NodesSkeleton() {
  return (
    <Loading label="Reading the nodes">
      <div className="flex flex-col gap-4 p-4">
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-4 w-1/2" />
        <Skeleton className="h-4 w-3/5" />
      </div>
    </Loading>
  );
}
