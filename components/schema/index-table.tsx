import { DataTable } from '@/components/ui/data-table';
import type { TableIndex } from '@/lib/contract/schema';
import { compareNames } from './table-parts';

/** The indexes of a table: what each is on, and who serves it. */
export function IndexTable({ table, indexes }: { table: string; indexes: readonly TableIndex[] }) {
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
          cell: ({ className }) => className?.split('.').at(-1) ?? 'Cassandra’s own secondary index',
        },
      ]}
    />
  );
}
