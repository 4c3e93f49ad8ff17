import { StatusDot } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import type { TableIndex } from '@/lib/contract/schema';
import type { TableDetails } from '@/lib/contract/stats';
import { indexStateInWords } from './index-state';
import { compareNames } from './table-parts';

interface IndexTableProps {
  table: string;
  indexes: readonly TableIndex[];
  /** Whether each is built; undefined while unknown. */
  states: TableDetails['indexes'] | undefined;
}

/** The indexes of a table: what each covers, which class serves it, and whether it is built on every node. */
export function IndexTable({ table, indexes, states }: IndexTableProps) {
  return (
    <DataTable
      caption={`Indexes of ${table}`}
      rows={[...indexes].sort((a, b) => compareNames(a.name, b.name))}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: 'Index', rowHeader: true, mono: true, cell: ({ name }) => name },
        { id: 'target', header: 'On', mono: true, cell: ({ target }) => target },
        { id: 'kind', header: 'Kind', cell: ({ kind }) => kind },
        {
          id: 'class',
          header: 'Served by',
          mono: true,
          cell: ({ className }) => className?.split('.').at(-1) ?? 'Cassandra (secondary index)',
        },
        {
          id: 'options',
          header: 'Options',
          mono: true,
          cell: ({ options }) =>
            Object.entries(options ?? {})
              .map(([key, value]) => `${key}: ${value}`)
              .join(', '),
        },
        {
          id: 'state',
          header: 'State',
          cell: ({ name }) => <IndexState nodes={states?.find((state) => state.name === name)?.nodes} />,
        },
      ]}
    />
  );
}

function IndexState({ nodes }: { nodes: TableDetails['indexes'][number]['nodes'] | undefined }) {
  if (nodes === undefined) return <span className="text-faint">…</span>;
  const { tone, words } = indexStateInWords(nodes);
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-normal">
      <StatusDot tone={tone} />
      {words}
    </span>
  );
}
