import { useQuery } from '@tanstack/react-query';
import { lazy } from 'react';
import { Age } from '@/components/shell/age';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { DiskSize } from '@/components/ui/disk-size';
import { Estimate } from '@/components/ui/estimate';
import { Later } from '@/components/ui/later';
import { Gaps } from '@/components/ui/notice';
import { Panel } from '@/components/ui/panel';
import { shown } from '@/components/ui/shown';
import { ApiFailure } from '@/lib/client/http';
import { sizesQuery } from '@/lib/client/queries';
import { copiesOf, unreliableReason } from '@/lib/cluster/table-size';
import type { Keyspace, SizesResponse, Table, TableSize } from '@/lib/contract/schema';
import { formatBytes, formatCount, plural } from '@/lib/text/format';
import { ColumnNames, TableLink } from './names';
import { compareNames, keyOf } from './table-parts';

/** Rarely needed: not part of the page's first load. */
const NoTables = lazy(() => import('./no-tables'));

/** The tables of a keyspace, with their sizes as far as they are known, and the source of those. */
export function TableList({ cluster, keyspace }: { cluster: string; keyspace: Keyspace }) {
  const sizes = useQuery({ ...sizesQuery(cluster), enabled: !keyspace.virtual });
  const tables = [...keyspace.tables].sort((a, b) => compareNames(a.name, b.name));
  if (tables.length === 0) {
    return (
      <Later>
        <NoTables cluster={cluster} keyspace={keyspace.name} />
      </Later>
    );
  }
  const found = sizes.data?.keyspaces.find((candidate) => candidate.keyspace === keyspace.name)?.tables ?? [];
  return (
    <Panel title="Tables" flush note={plural(tables.length, 'table')}>
      <DataTable
        caption={`Tables of ${keyspace.name}`}
        columns={columnsOf(cluster, keyspace, {
          sizes: new Map(found.map((size) => [size.table, size])),
          pending: sizes.isPending,
          disk: { nodes: sizes.data?.nodesAsked ?? 0, copies: copiesOf(keyspace.replication) },
        })}
        rows={tables}
        rowKey={({ name }) => name}
      />
      {!keyspace.virtual && <SizeSource sizes={sizes.data} error={sizes.error} />}
    </Panel>
  );
}

interface Sizes {
  readonly sizes: ReadonlyMap<string, TableSize>;
  readonly pending: boolean;
  /** What it takes to compare an estimate with the disk. */
  readonly disk: { readonly nodes: number; readonly copies: number | null };
}

function columnsOf(cluster: string, keyspace: Keyspace, sizes: Sizes): DataColumn<Table>[] {
  return [
    {
      id: 'name',
      header: 'Table',
      rowHeader: true,
      className: 'whitespace-normal! min-w-40',
      cell: ({ name, comment }) => (
        <>
          <TableLink cluster={cluster} keyspace={keyspace.name} table={name} />
          {comment !== '' && <span className="block font-normal text-faint text-xs">{shown(comment)}</span>}
        </>
      ),
    },
    { id: 'kind', header: 'Kind', cell: ({ kind, baseTable }) => kindText(kind, baseTable) },
    {
      id: 'key',
      header: 'Partition key',
      className: 'whitespace-normal!',
      cell: (table) => <ColumnNames columns={keyOf(table).partitionKey} />,
    },
    {
      id: 'clustering',
      header: 'Clustering',
      className: 'whitespace-normal!',
      cell: (table) => <ColumnNames columns={keyOf(table).clustering} />,
    },
    ...(keyspace.virtual ? [] : sizeColumns(sizes)),
  ];
}

function sizeColumns({ sizes, pending, disk }: Sizes): DataColumn<Table>[] {
  const unknown = pending ? '…' : 'unknown';
  const cell = (name: string, pick: (size: TableSize) => number, format: (value: number) => string) => {
    const size = sizes.get(name);
    const unreliable = size === undefined ? undefined : unreliableReason({ ...size, ...disk });
    return (
      <Estimate
        value={size === undefined ? null : pick(size)}
        format={format}
        unknown={unknown}
        unreliable={unreliable}
      />
    );
  };
  return [
    {
      id: 'bytes',
      header: 'Size (estimate)',
      align: 'right',
      cell: ({ name }) => cell(name, ({ bytes }) => bytes, formatBytes),
    },
    {
      id: 'partitions',
      header: 'Partitions (estimate)',
      align: 'right',
      cell: ({ name }) => cell(name, ({ partitions }) => partitions, formatCount),
    },
    {
      id: 'disk',
      header: 'On disk, all replicas',
      align: 'right',
      cell: ({ name }) => <DiskSize mebibytes={sizes.get(name)?.diskMebibytes ?? null} unknown={unknown} />,
    },
  ];
}

/** "table", "virtual", "view of base". */
function kindText(kind: Table['kind'], baseTable: string | null): string {
  return kind === 'view' && baseTable !== null ? `view of ${baseTable}` : kind;
}

/** Where the sizes come from and how old they are, or why there are none. */
function SizeSource({ sizes, error }: { sizes: SizesResponse | undefined; error: Error | null }) {
  return (
    <div className="space-y-2 border-line border-t px-4 py-2 text-faint text-xs">
      {sizes !== undefined && (
        <p>
          Sizes are from {sizes.source}. {sizes.nodesAnswered} of {plural(sizes.nodesAsked, 'node')} answered,{' '}
          <Age asOf={sizes.asOf} />.
        </p>
      )}
      {sizes !== undefined && <Gaps title="Some sizes are missing" gaps={sizes.gaps} />}
      {error !== null && (
        <p>Sizes are unknown: {error instanceof ApiFailure ? error.error.message : 'the server did not answer.'}</p>
      )}
    </div>
  );
}
