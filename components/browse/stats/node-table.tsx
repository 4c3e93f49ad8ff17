import { DataTable } from '@/components/ui/data-table';
import { DiskSize } from '@/components/ui/disk-size';
import { Estimate } from '@/components/ui/estimate';
import type { NodeStats } from '@/lib/contract/stats';
import { formatBytes, formatCount } from '@/lib/text/format';

const UNKNOWN = '–';

/** What each node holds of the table; a node that does not answer has a row that says so. */
export function NodeTable({ nodes }: { nodes: readonly NodeStats[] }) {
  return (
    <DataTable
      caption="The table by node"
      rows={nodes}
      rowKey={({ node }) => node}
      columns={[
        { id: 'node', header: 'Node', rowHeader: true, mono: true, cell: ({ node }) => node },
        {
          id: 'partitions',
          header: 'Partitions (estimate)',
          align: 'right',
          cell: ({ partitions, failure }) =>
            failure === null ? <Estimate value={partitions} format={formatCount} unknown={UNKNOWN} /> : 'no answer',
        },
        {
          id: 'mean',
          header: 'Mean size (estimate)',
          align: 'right',
          cell: ({ meanPartitionBytes }) => (
            <Estimate value={meanPartitionBytes} format={formatBytes} unknown={UNKNOWN} />
          ),
        },
        {
          id: 'largest',
          header: 'Largest partition',
          align: 'right',
          cell: ({ maxPartitionMebibytes }) => <DiskSize mebibytes={maxPartitionMebibytes} unknown={UNKNOWN} />,
        },
        {
          id: 'disk',
          header: 'On disk',
          align: 'right',
          cell: ({ diskMebibytes }) => <DiskSize mebibytes={diskMebibytes} unknown={UNKNOWN} />,
        },
        {
          id: 'reads',
          header: 'Reads',
          align: 'right',
          cell: ({ localRead }) => known(localRead, ({ count }) => formatCount(Number(count))),
        },
        {
          id: 'writes',
          header: 'Writes',
          align: 'right',
          cell: ({ localWrite }) => known(localWrite, ({ count }) => formatCount(Number(count))),
        },
      ]}
    />
  );
}

function known<T>(value: T | null, text: (value: T) => string) {
  return value === null ? <span className="text-faint">{UNKNOWN}</span> : text(value);
}
