'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, type ReactNode } from 'react';
import { Age } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { DiskSize } from '@/components/ui/disk-size';
import { Estimate } from '@/components/ui/estimate';
import { Later } from '@/components/ui/later';
import { LinkButton } from '@/components/ui/link-button';
import { Gaps } from '@/components/ui/notice';
import { PAGE_BODY, PAGE_PANELS, TEXT_WIDTH } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { gapsOf, summaryOf } from '@/lib/browse/summary';
import { WHOLE_TABLE } from '@/lib/browse/whole-table';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import { schemaQuery } from '@/lib/client/queries';
import { tableStatsQuery } from '@/lib/client/table-queries';
import { useTableLacks } from '@/lib/client/use-lacks';
import { copiesOf, unreliableReason } from '@/lib/cluster/table-size';
import type { TableStats } from '@/lib/contract/stats';
import { NOT_READ } from '@/lib/reader/read-state';
import { formatBytes, formatCount, plural } from '@/lib/text/format';
import { SamplePanel } from '../sample/sample-panel';
import { TableHead } from '../table-head';
import { NodeTable } from './node-table';
import { StatsTables } from './stats-tables';
import { TopPartitionsPanel } from './top-partitions';

const LiveTablePanel = lazy(() => import('./live-panel'));

const UNKNOWN = 'unknown';

/** What is known about a table without reading it: partitions, sizes, latencies, tombstones; and a sample of its rows. */
export function StatsView(place: TablePlace) {
  const { cluster, keyspace, table } = place;
  const lacksRead = useTableLacks(place, 'read');
  const query = useQuery(tableStatsQuery(cluster, keyspace, table));
  const schema = useQuery(schemaQuery(cluster));
  const found = schema.data?.keyspaces.find(({ name }) => name === keyspace);
  return (
    <>
      <TableHead
        place={place}
        keyspace={found}
        table={found?.tables.find(({ name }) => name === table)}
        // What Export on this page exports.
        address={WHOLE_TABLE}
        reading={NOT_READ}
        tab="Stats"
      />
      <div className={`${PAGE_BODY} pt-1`}>
        {query.error !== null && (
          <FailureState
            title="Could not read the stats"
            error={query.error}
            onRetry={() => query.refetch()}
            retrying={query.isFetching}
          />
        )}
        {query.data !== undefined && (
          <Contents
            stats={query.data}
            copies={found === undefined ? null : copiesOf(found.replication)}
            among={pagePath.tables(cluster, { of: keyspace, table })}
          />
        )}
        {query.isPending && <Waiting />}
        {query.data !== undefined && (
          <Later fallback={<Skeleton className="h-64" />}>
            <LiveTablePanel {...place} />
          </Later>
        )}
        {/* A table that keeps no stats has no rows on the ring either. */}
        {query.data !== undefined && !lacksRead && <SamplePanel {...place} />}
      </div>
    </>
  );
}

type ContentsProps = {
  stats: TableStats;
  copies: number | null;
  /** The address of the table among all tables. */
  among: string;
};

function Contents({ stats, copies, among }: ContentsProps) {
  const { nodes } = stats;
  const { partitions, meanPartitionBytes, maxPartitionMebibytes, diskMebibytes, answered, asked } = summaryOf(nodes);
  const bytes = partitions === null || meanPartitionBytes === null ? null : partitions * meanPartitionBytes;
  const unreliable = unreliableReason({ bytes, diskMebibytes, nodes: asked, copies });
  return (
    <>
      <Gaps title="Some nodes did not report everything" gaps={gapsOf(nodes)} />
      <Panel
        title="Partitions"
        note={<Age asOf={stats.asOf} />}
        actions={
          <LinkButton size="sm" href={among}>
            Among all tables
          </LinkButton>
        }
      >
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4">
          <Fact name="Partitions, estimate">
            <Estimate value={partitions} format={formatCount} unknown={UNKNOWN} unreliable={unreliable} />
          </Fact>
          <Fact name="Mean size, estimate">
            <Estimate value={meanPartitionBytes} format={formatBytes} unknown={UNKNOWN} />
          </Fact>
          <Fact name="Largest partition">
            <DiskSize mebibytes={maxPartitionMebibytes} unknown={UNKNOWN} />
          </Fact>
          <Fact name="On disk, all replicas">
            <DiskSize mebibytes={diskMebibytes} unknown={UNKNOWN} />
          </Fact>
        </dl>
        <p className={`mt-3 text-faint text-xs ${TEXT_WIDTH}`}>
          Estimates are from {stats.estimates}; they leave out rows not flushed yet and count each replica set once.{' '}
          {answered} of {plural(asked, 'node')} answered. Nodes round sizes up to whole MiB.
        </p>
        {unreliable !== undefined && <p className={`mt-2 text-sm text-warn ${TEXT_WIDTH}`}>{unreliable}</p>}
      </Panel>
      <div className={PAGE_PANELS}>
        <Panel title="By node" flush>
          <NodeTable nodes={nodes} />
        </Panel>
        <Panel title="Latency and tombstones" note="the last few minutes, by node">
          <StatsTables nodes={nodes} />
        </Panel>
      </div>
      <TopPartitionsPanel nodes={nodes} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="font-semibold text-lg tabular-nums">{children}</dd>
    </div>
  );
}

function Waiting() {
  return (
    <Loading label="Asking every node">
      <div className="space-y-4">
        <Skeleton className="h-28" />
        <Skeleton className="h-32" />
        <Skeleton className="h-64" />
      </div>
    </Loading>
  );
}
