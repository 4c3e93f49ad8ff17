import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import type { TablePlace } from '@/lib/client/place';
import { tableNodesQuery, tableRepairQuery } from '@/lib/client/tables';
import { replicaResultsQuery } from '@/lib/client/traces';
import { FIGURE_COLUMNS, figureText, ownsText } from '@/lib/cluster/table-columns';
import type { JsonValue } from '@/lib/contract/json';
import { COMPARED_ROWS } from '@/lib/contract/limits';
import type { ReplicaResult, ReplicaResultsRequest, ReplicaResultsResponse } from '@/lib/contract/replica-results';
import type { TableNode, TableNodesResponse } from '@/lib/contract/tables';
import { qualifiedName, quoteIdentifier } from '@/lib/cql/identifiers';
import { formatAge, formatBytes, formatCount } from '@/lib/text/format';
import { compareReplicas, replicaVerdict } from '@/lib/trace/compare-replicas';
import { LastRepair } from './last-repair';

interface PlaceFactsProps {
  readonly place: TablePlace;
  readonly token: string;
  /** Addresses, primary first. */
  readonly replicas: readonly string[];
  /** The partition key in its JSON form, in order, where its partition can be compared on demand. */
  readonly partition?: Readonly<Record<string, JsonValue>> | undefined;
}

/** What is known of the place where a key lives: sizes on its replicas, the last repair, and on demand what differs. */
export default function PlaceFacts({ place, token, replicas, partition }: PlaceFactsProps) {
  const nodes = useQuery(tableNodesQuery(place));
  const repair = useQuery(tableRepairQuery(place, token));
  const [asked, setAsked] = useState(false);
  const request = useMemo(() => requestOf(place, partition ?? {}), [place, partition]);
  const compared = useQuery({
    ...replicaResultsQuery(place.cluster, request),
    enabled: asked && partition !== undefined,
  });
  return (
    <section aria-label="Sizes and repairs" className="flex flex-col gap-2">
      {nodes.data === undefined && nodes.error === null && (
        <Loading label="Asking the replicas">
          <Skeleton className="h-20" />
        </Loading>
      )}
      {nodes.error !== null && <Notice tone="warn">The sizes could not be read: {nodes.error.message}</Notice>}
      {nodes.data !== undefined && <Replicas data={nodes.data} replicas={replicas} compared={compared.data} />}
      {repair.error !== null && <Notice tone="warn">The repairs could not be read: {repair.error.message}</Notice>}
      {repair.data !== undefined && (
        <LastRepair repair={repair.data} token={token} at={nodes.data?.asOf ?? new Date().toISOString()} />
      )}
      {partition !== undefined && replicas.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <Button
            size="sm"
            busy={compared.isFetching}
            onClick={() => (asked ? void compared.refetch() : setAsked(true))}
          >
            Compare the partition
          </Button>
          <p className="min-w-52 flex-1 text-faint text-xs">
            Reads its first {COMPARED_ROWS} rows from each replica at ONE, with tracing.
          </p>
        </div>
      )}
      {compared.error !== null && <Notice tone="warn">{compared.error.message}</Notice>}
      {compared.data !== undefined && <Compared response={compared.data} />}
    </section>
  );
}

function requestOf(
  { keyspace, table }: TablePlace,
  partition: Readonly<Record<string, JsonValue>>,
): ReplicaResultsRequest {
  const where = Object.keys(partition).map((column) => `${quoteIdentifier(column)} = ?`);
  return {
    statement: `SELECT * FROM ${qualifiedName(keyspace, table)} WHERE ${where.join(' AND ')}`,
    params: Object.values(partition),
  };
}

function Compared({ response }: { response: ReplicaResultsResponse }) {
  const text = useMemo(() => replicaVerdict(response, compareReplicas(response)), [response]);
  return (
    <p role="status" aria-label="Whether the replicas differ" className="text-sm">
      {text}
    </p>
  );
}

const SHOWN_FIGURES = FIGURE_COLUMNS.filter(
  ({ figure }) => figure === 'diskMebibytes' || figure === 'meanPartitionBytes',
);

interface ReplicasProps {
  readonly data: TableNodesResponse;
  readonly replicas: readonly string[];
  readonly compared: ReplicaResultsResponse | undefined;
}

/** The table on each replica, and the partition there once it was compared. */
export function Replicas({ data, replicas, compared }: ReplicasProps) {
  const rows = replicas.flatMap((address) => data.nodes.filter(({ node }) => node === address));
  const columns: readonly DataColumn<TableNode>[] = [
    { id: 'node', header: 'Replica', rowHeader: true, mono: true, cell: ({ node }) => node },
    { id: 'place', header: 'Datacenter / rack', cell: ({ datacenter, rack }) => `${datacenter} / ${rack}` },
    ...SHOWN_FIGURES.map((column): DataColumn<TableNode> => {
      const { figure, header, about } = column;
      return {
        id: figure,
        header: <span title={about}>{figure === 'diskMebibytes' ? 'Table on disk' : header}</span>,
        align: 'right',
        cell: ({ figures }) => figureText(column, figures),
      };
    }),
    { id: 'owns', header: 'Holds of the rows', align: 'right', cell: ownsText },
    {
      id: 'repaired',
      header: <span title="As this node knows it: system.repairs">Incremental repair of the table</span>,
      cell: ({ repairedAt }) => (repairedAt === null ? 'not known' : formatAge(ageOf(data, repairedAt))),
    },
    ...(compared === undefined ? [] : partitionColumns(compared)),
    {
      id: 'read',
      header: 'Read',
      cell: ({ silence, askedAt }) => silence ?? (askedAt === null ? 'not yet' : formatAge(ageOf(data, askedAt))),
    },
  ];
  return <DataTable caption="The table on each replica" columns={columns} rows={rows} rowKey={({ node }) => node} />;
}

function ageOf({ asOf }: TableNodesResponse, time: string): number {
  return Date.parse(asOf) - Date.parse(time);
}

function partitionColumns({ results }: ReplicaResultsResponse): DataColumn<TableNode>[] {
  const of = (node: string) => results.find((one) => one.node === node);
  return [
    { id: 'rows', header: 'Rows of the partition', align: 'right', cell: ({ node }) => rowsText(of(node)) },
    {
      id: 'bytes',
      header: <span title="Of these rows, uncompressed">As sent</span>,
      align: 'right',
      cell: ({ node }) => bytesText(of(node)),
    },
  ];
}

function rowsText(result: ReplicaResult | undefined): string {
  if (result === undefined || result.rows === null) return result?.error?.message ?? 'not read';
  return `${formatCount(result.rows.length)}${result.more ? ' or more' : ''}`;
}

function bytesText(result: ReplicaResult | undefined): string {
  if (result?.bytes === undefined) return '–';
  return `${formatBytes(result.bytes)}${result.more ? ' or more' : ''}`;
}
