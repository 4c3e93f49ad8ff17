'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { lazy, useState } from 'react';
import { Age, ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { DiskSize } from '@/components/ui/disk-size';
import { Estimate } from '@/components/ui/estimate';
import { Checkbox } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { Gaps } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { pagePath } from '@/lib/client/paths';
import { schemaQuery, sizesQuery } from '@/lib/client/queries';
import { type KeyspaceSummary, keyspaceSummaries, replicationWords } from '@/lib/cluster/overview';
import type { SchemaResponse } from '@/lib/contract/schema';
import { formatBytes, formatCount, plural } from '@/lib/text/format';

const OverviewEmpty = lazy(() => import('./overview-empty'));

/** The cluster's keyspaces with replication, tables and estimated sizes. */
export function OverviewKeyspaces({ cluster }: { cluster: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(schemaQuery(cluster));
  const [withSystem, setWithSystem] = useState(false);
  const system = data?.keyspaces.filter((keyspace) => keyspace.system).length ?? 0;
  const actions = system > 0 && (
    <Checkbox checked={withSystem} onChange={(event) => setWithSystem(event.target.checked)}>
      Show {plural(system, 'system keyspace')}
    </Checkbox>
  );
  return (
    <Panel title="Keyspaces" note={data && <ReadNote asOf={data.asOf} error={error} />} actions={actions} flush>
      {data !== undefined && <KeyspaceFacts cluster={cluster} schema={data} withSystem={withSystem} />}
      {data === undefined && isPending && <KeyspacesSkeleton />}
      {data === undefined && error !== null && (
        <FailureState
          className="m-4"
          title="The schema could not be read"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      )}
    </Panel>
  );
}

type KeyspaceFactsProps = { cluster: string; schema: SchemaResponse; withSystem: boolean };

function KeyspaceFacts({ cluster, schema, withSystem }: KeyspaceFactsProps) {
  const sizes = useQuery(sizesQuery(cluster));
  const rows = keyspaceSummaries(schema.keyspaces, sizes.data);
  const shown = withSystem ? rows : rows.filter(({ keyspace }) => !keyspace.system);
  return (
    <>
      {shown.length === 0 ? (
        <Later fallback={<div className="h-48" />}>
          <OverviewEmpty cluster={cluster} />
        </Later>
      ) : (
        <DataTable
          caption="Keyspaces"
          columns={columnsFor(cluster, sizes.isPending)}
          rows={shown}
          rowKey={({ keyspace }) => keyspace.name}
        />
      )}
      <div className="flex flex-col gap-2 border-line border-t p-4">
        <Gaps title="The schema is not complete" gaps={schema.gaps} />
        <SizesNote cluster={cluster} />
      </div>
    </>
  );
}

/** The source of the sizes, their age, and what is missing. */
function SizesNote({ cluster }: { cluster: string }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(sizesQuery(cluster));
  if (data !== undefined) {
    return (
      <>
        <Gaps title="The sizes are not complete" gaps={data.gaps} />
        <p className="text-faint text-xs">
          Sizes are from {data.source}. {data.nodesAnswered} of {plural(data.nodesAsked, 'node')} answered,{' '}
          <Age asOf={data.asOf} />.
        </p>
      </>
    );
  }
  if (isPending) return <p className="text-faint text-xs">Reading the sizes…</p>;
  return (
    <FailureState title="The sizes could not be read" error={error} onRetry={() => refetch()} retrying={isFetching} />
  );
}

function columnsFor(cluster: string, sizesPending: boolean): DataColumn<KeyspaceSummary>[] {
  const pending = <Skeleton className="ml-auto h-3 w-12" />;
  const estimate = (value: number | null, format: (value: number) => string, unreliable: string | undefined) => {
    if (value === null && sizesPending) return pending;
    return <Estimate value={value} format={format} unknown="unknown" unreliable={unreliable} />;
  };
  return [
    {
      id: 'name',
      header: 'Keyspace',
      rowHeader: true,
      cell: ({ keyspace }) => (
        <span className="inline-flex items-center gap-2">
          <Link href={pagePath.keyspace(cluster, keyspace.name)} className="text-accent hover:underline">
            {keyspace.name}
          </Link>
          {keyspace.virtual && <Badge>virtual</Badge>}
          {!keyspace.durableWrites && <Badge tone="warn">durable_writes: false</Badge>}
        </span>
      ),
    },
    {
      id: 'replication',
      header: 'Replication',
      cell: ({ keyspace }) => <ReplicationCell options={keyspace.replication} />,
    },
    { id: 'tables', header: 'Tables', cell: ({ keyspace }) => formatCount(keyspace.tables.length), align: 'right' },
    {
      id: 'partitions',
      header: 'Partitions (estimate)',
      cell: ({ partitions, unreliable }) => estimate(partitions, formatCount, unreliable),
      align: 'right',
    },
    {
      id: 'size',
      header: 'Size (estimate)',
      cell: ({ bytes, unreliable }) => estimate(bytes, formatBytes, unreliable),
      align: 'right',
    },
    {
      id: 'disk',
      header: 'On disk, all replicas',
      cell: ({ diskMebibytes }) =>
        diskMebibytes === null && sizesPending ? pending : <DiskSize mebibytes={diskMebibytes} unknown="unknown" />,
      align: 'right',
    },
  ];
}

function ReplicationCell({ options }: { options: Readonly<Record<string, string>> }) {
  const { strategy, factors } = replicationWords(options);
  if (strategy === '') return <span className="text-faint">not replicated</span>;
  return (
    <>
      {factors !== '' && <span>{factors} </span>}
      <span className="text-faint text-xs">{strategy}</span>
    </>
  );
}

function KeyspacesSkeleton() {
  return (
    <Loading label="Reading the schema">
      <div className="flex flex-col gap-4 p-4">
        <Skeleton className="h-4 w-3/4" />
        <Skeleton className="h-4 w-2/3" />
        <Skeleton className="h-4 w-3/4" />
        <Skeleton className="h-4 w-1/2" />
      </div>
    </Loading>
  );
}
