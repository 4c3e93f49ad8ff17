import { ClusterMark } from '@/components/shell/cluster-switcher';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Shown } from '@/components/ui/shown';
import type { ClusterEdit } from '@/lib/contract/configured';

type ClusterTableProps = {
  clusters: readonly ClusterEdit[];
  canChange: boolean;
  onEdit: (cluster: ClusterEdit) => void;
  onReview: (cluster: ClusterEdit) => void;
};

/** The configured clusters: where they are, how Ringside logs in, whether they are in use. */
export function ClusterTable({ clusters, canChange, onEdit, onReview }: ClusterTableProps) {
  const actions: DataColumn<ClusterEdit> = {
    id: 'actions',
    header: 'Actions',
    cell: (cluster) => <RowActions cluster={cluster} onEdit={onEdit} onReview={onReview} />,
  };
  return (
    <DataTable
      caption="Configured clusters"
      columns={canChange ? [...COLUMNS, actions] : COLUMNS}
      rows={clusters}
      rowKey={({ name }) => name}
    />
  );
}

const COLUMNS: readonly DataColumn<ClusterEdit>[] = [
  {
    id: 'name',
    header: 'Cluster',
    rowHeader: true,
    cell: ({ name, label, colour }) => (
      <span className="inline-flex items-center gap-2">
        <ClusterMark colour={colour ?? null} />
        <Shown text={label ?? name} as="text" />
        {label !== undefined && label !== name && <span className="text-faint text-xs">{name}</span>}
      </span>
    ),
  },
  { id: 'points', header: 'Contact points', mono: true, cell: ({ contactPoints }) => contactPoints.join(', ') },
  { id: 'port', header: 'Port', mono: true, align: 'right', cell: ({ port }) => port },
  { id: 'login', header: 'Password', cell: ({ password }) => passwordWords(password) },
  { id: 'tls', header: 'TLS', cell: ({ tls }) => (tls === null ? 'off' : tls.verify ? 'verified' : 'not verified') },
  {
    id: 'state',
    header: 'State',
    cell: ({ disabled, writes }) => (
      <span className="inline-flex gap-1">
        {disabled ? <Badge tone="warn">Disabled</Badge> : <Badge tone="ok">In use</Badge>}
        <Badge>{writes ? 'Writes allowed' : 'Read-only'}</Badge>
      </span>
    ),
  },
];

function passwordWords(password: ClusterEdit['password']): string {
  if (password === 'none') return 'none';
  return password === 'kept' ? 'in the file' : `secret “${password.secret}”`;
}

function RowActions({
  cluster,
  onEdit,
  onReview,
}: { cluster: ClusterEdit } & Pick<ClusterTableProps, 'onEdit' | 'onReview'>) {
  const { name, disabled } = cluster;
  const words = disabled ? 'Enable' : 'Disable';
  return (
    <span className="inline-flex gap-1">
      <Button size="sm" aria-label={`Edit ${name}`} onClick={() => onEdit(cluster)}>
        Edit
      </Button>
      <Button size="sm" aria-label={`${words} ${name}`} onClick={() => onReview({ ...cluster, disabled: !disabled })}>
        {words}
      </Button>
    </span>
  );
}
