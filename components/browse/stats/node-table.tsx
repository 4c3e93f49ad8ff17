import { DataTable } from '@/components/ui/data-table';
import { formatBytes, formatCount } from '@/components/ui/format';
import type { NodeStats } from '@/lib/contract/stats';

/** What each node has of the table; a node that does not answer has a line that says so. */
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
          header: 'Partitions it is first for',
          align: 'right',
          cell: ({ partitions, failure }) =>
            failure === null ? known(partitions, (count) => `~${formatCount(count)}`) : 'no answer',
        },
        {
          id: 'mean',
          header: 'Mean size',
          align: 'right',
          cell: ({ meanPartitionBytes }) => known(meanPartitionBytes, (bytes) => `~${formatBytes(bytes)}`),
        },
        {
          id: 'largest',
          header: 'Largest',
          align: 'right',
          cell: ({ maxPartitionMebibytes }) => known(maxPartitionMebibytes, mebibytes),
        },
        { id: 'disk', header: 'On disk', align: 'right', cell: ({ diskMebibytes }) => known(diskMebibytes, mebibytes) },
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
  return value === null ? <span className="text-faint">not told</span> : text(value);
}

function mebibytes(count: number): string {
  return `≤ ${formatBytes(count * 2 ** 20)}`;
}
