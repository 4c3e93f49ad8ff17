import { RefreshCw } from 'lucide-react';
import { useMemo } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Notice } from '@/components/ui/notice';
import type { JsonValue } from '@/lib/contract/json';
import type { ReplicaResult, ReplicaResultsResponse } from '@/lib/contract/replica-results';
import { formatCount, plural } from '@/lib/text/format';
import { compareReplicas, type ReplicaRow, replicaVerdict } from '@/lib/trace/compare-replicas';
import { columnType, valueText } from '@/lib/values/value-text';

interface ReplicaResultsProps {
  response: ReplicaResultsResponse;
  onAgain: () => void;
  isRunning: boolean;
}

/** Who answered what, how fast, and whose data it was; then the rows that are not the same everywhere. */
export function ReplicaResults({ response, onAgain, isRunning }: ReplicaResultsProps) {
  const comparison = useMemo(() => compareReplicas(response), [response]);
  const { different } = comparison;
  return (
    <div className="flex flex-col gap-3">
      <p role="status">{replicaVerdict(response, comparison)}</p>
      {response.unknownReason !== undefined && <Notice>The replicas are not known: {response.unknownReason}.</Notice>}
      <DataTable caption="Results by node" columns={NODES} rows={response.results} rowKey={({ node }) => node} />
      {different.length > 0 && <Differences response={response} rows={different} />}
      <Button
        size="sm"
        className="self-start"
        busy={isRunning}
        icon={<RefreshCw size={14} aria-hidden="true" />}
        onClick={onAgain}
      >
        Run again
      </Button>
    </div>
  );
}

const NODES: readonly DataColumn<ReplicaResult>[] = [
  { id: 'node', header: 'Coordinator', mono: true, rowHeader: true, cell: ({ node }) => node },
  {
    id: 'replica',
    header: 'Replica',
    cell: ({ isReplica }) => (isReplica === null ? 'not known' : isReplica ? 'yes' : 'no'),
  },
  { id: 'rows', header: 'Rows', align: 'right', cell: rowsOf },
  {
    id: 'elapsed',
    header: 'Latency',
    align: 'right',
    mono: true,
    cell: ({ elapsedMs }) => (elapsedMs === null ? '' : `${elapsedMs.toFixed(1)} ms`),
  },
  { id: 'proof', header: 'Whose data', className: 'whitespace-normal!', cell: (result) => <Proof result={result} /> },
  {
    id: 'trace',
    header: 'Trace',
    cell: ({ traceIds, node }) =>
      traceIds.length === 0 ? '' : <CopyButton label={`Copy the trace id of ${node}`} text={traceIds.join('\n')} />,
  },
];

function rowsOf({ rows, more, error }: ReplicaResult) {
  if (rows === null) return <span className="text-danger">{error?.message ?? 'no answer'}</span>;
  return `${formatCount(rows.length)}${more ? ' first' : ''}`;
}

function Proof({ result: { proof, servedBy, rows } }: { result: ReplicaResult }) {
  if (rows === null) return null;
  if (proof === 'own') return <Badge tone="ok">its own, by the trace</Badge>;
  if (proof === 'others') return <Badge tone="warn">read by {servedBy.join(', ')}</Badge>;
  return <Badge tone="warn">not proved: the trace does not say</Badge>;
}

const LISTED = 50;

/** One line per row that differs, one column per node. */
function Differences({ response, rows }: { response: ReplicaResultsResponse; rows: readonly ReplicaRow[] }) {
  const { results } = response;
  const columns: readonly DataColumn<ReplicaRow>[] = [
    { id: 'key', header: 'Key', mono: true, rowHeader: true, className: 'whitespace-normal!', cell: ({ key }) => key },
    ...results.map(
      ({ node }, at): DataColumn<ReplicaRow> => ({
        id: node,
        header: node,
        mono: true,
        className: 'whitespace-normal!',
        cell: (row) => cellText(response, row, at),
      }),
    ),
  ];
  return (
    <section aria-label="Rows that differ">
      <h3 className="mb-1 font-medium">{plural(rows.length, 'row differs', 'rows differ')}</h3>
      <DataTable caption="Rows that differ" columns={columns} rows={rows.slice(0, LISTED)} rowKey={({ key }) => key} />
      {rows.length > LISTED && <p className="text-muted text-xs">The first {LISTED} are listed.</p>}
    </section>
  );
}

/** What a node has of a row, as far as the nodes differ in it. */
function cellText({ columns }: ReplicaResultsResponse, { rows, differing }: ReplicaRow, at: number): string {
  const row = rows[at];
  if (row === undefined) return 'not read';
  if (row === null) return 'no such row';
  const names = columns.flatMap(({ name, type }, index) => {
    if (!differing.includes(name)) return [];
    const value: JsonValue = row[index] ?? null;
    return [`${name} = ${value === null ? 'null' : valueText(value, columnType(type))}`];
  });
  return names.length === 0 ? 'has it' : names.join(' · ');
}
