import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { FailureState } from '@/components/shell/failure-state';
import { LastRepair } from '@/components/token-ring/last-repair';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { IconButton } from '@/components/ui/icon-button';
import { LinkButton } from '@/components/ui/link-button';
import { Panel } from '@/components/ui/panel';
import { Shown } from '@/components/ui/shown';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import { tableNodesQuery, tableRepairQuery } from '@/lib/client/tables';
import { useTableLacks } from '@/lib/client/use-lacks';
import { FIGURE_COLUMNS, figureText, indexText, ownsText } from '@/lib/cluster/table-columns';
import type { TableNode, TableNodesResponse, TableRow } from '@/lib/contract/tables';
import { Finders } from './finders';
import { UnknownFigures } from './unknown-figures';

type TablePanelProps = { place: TablePlace; row: TableRow | undefined; onClose: () => void };

/** One table: why it is where it is in the order, every figure on each node, and searches of it. */
export function TablePanel({ place, row, onClose }: TablePanelProps) {
  const { cluster, keyspace, table } = place;
  const { data, error, isFetching, refetch } = useQuery(tableNodesQuery(place));
  const repair = useQuery(tableRepairQuery(place));
  const lacksRead = useTableLacks(place, 'read');
  return (
    <>
      <Panel
        title={<Shown text={`${keyspace}.${table}`} as="text" />}
        note="on each node"
        flush
        actions={
          <>
            <LinkButton size="sm" href={pagePath.table(cluster, keyspace, table)}>
              Rows
            </LinkButton>
            <LinkButton size="sm" href={pagePath.tableStats(cluster, keyspace, table)}>
              Stats
            </LinkButton>
            <IconButton size="sm" label="Close the table" onClick={onClose}>
              <X size={14} aria-hidden="true" />
            </IconButton>
          </>
        }
      >
        {row !== undefined && <Why row={row} />}
        {data === undefined && error !== null && (
          <FailureState
            className="m-4"
            title="The table could not be read on the nodes"
            error={error}
            onRetry={() => refetch()}
            retrying={isFetching}
          />
        )}
        {data === undefined && error === null && (
          <Loading label="Asking every node">
            <Skeleton className="m-4 h-32" />
          </Loading>
        )}
        {data !== undefined && <Nodes data={data} />}
        {data !== undefined && repair.data !== undefined && (
          <div className="px-4 pb-3">
            <LastRepair repair={repair.data} at={data.asOf} />
          </div>
        )}
      </Panel>
      {!lacksRead && <Finders place={place} indexes={row?.indexes.length ?? 0} />}
    </>
  );
}

export function Why({ row: { reasons, worst, notes, degree } }: { row: TableRow }) {
  return (
    <ul aria-label="Why it is here" className="flex flex-col gap-1 border-line border-b px-4 py-2 text-sm">
      {reasons.map(({ text, threshold }) => (
        <li key={text} className="flex flex-wrap items-baseline gap-x-2">
          <Badge tone="warn">over</Badge>
          <span>{text}</span>
          <span className="text-faint text-xs">threshold: {threshold}</span>
        </li>
      ))}
      {reasons.length === 0 && (
        <li className="text-muted">
          {degree === null || worst === null
            ? 'Nothing is measured of it yet.'
            : `Nothing is over its threshold. Nearest: ${worst}.`}
        </li>
      )}
      {notes.map((note) => (
        <li key={note} className="text-muted">
          The verdict: {note}
        </li>
      ))}
    </ul>
  );
}

const NODE_COLUMNS: readonly DataColumn<TableNode>[] = [
  { id: 'node', header: 'Node', rowHeader: true, mono: true, cell: ({ node }) => node },
  { id: 'place', header: 'Datacenter / rack', cell: ({ datacenter, rack }) => `${datacenter} / ${rack}` },
  { id: 'owns', header: 'Holds of the rows', align: 'right', cell: ownsText },
  ...FIGURE_COLUMNS.map((column): DataColumn<TableNode> => {
    const { figure, header, about } = column;
    return {
      id: figure,
      header: <span title={about}>{header}</span>,
      align: 'right',
      cell: ({ figures }) => figureText(column, figures),
    };
  }),
  { id: 'indexes', header: 'Indexes', cell: ({ indexes }) => indexText(indexes) },
  {
    id: 'repaired',
    header: <span title="Incremental repairs that ended, as this node knows them: system.repairs">Last repair</span>,
    cell: ({ repairedAt }) => repairedAt?.slice(0, 16).replace('T', ' ').concat(' UTC') ?? 'not known',
  },
  {
    id: 'read',
    header: 'Read',
    cell: ({ silence, askedAt }) => silence ?? askedAt?.slice(11, 19).concat(' UTC') ?? 'not yet',
  },
];

export function Nodes({ data }: { data: TableNodesResponse }) {
  return (
    <>
      <DataTable
        caption="The table on each node"
        columns={NODE_COLUMNS}
        rows={data.nodes}
        rowKey={({ node }) => node}
      />
      <p className="px-4 py-2 text-faint text-xs">
        A node by itself knows only incremental repairs. To compare what the replicas have, find the key on the ring, or
        open its rows, choose a row and Where it lives.
      </p>
      <div className="px-4 pb-3 empty:hidden">
        <UnknownFigures unknown={data.unknown} silent={[]} />
      </div>
      <details className="border-line border-t text-sm">
        <summary className="min-h-8 cursor-pointer px-4 py-1.5 text-muted hover:bg-hover">
          The statements, for one node at a time
        </summary>
        <ul className="flex flex-col gap-1 px-4 pb-3 font-mono text-xs">
          {data.statements.map((statement) => (
            <li key={statement} className="break-words">
              {statement}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}
