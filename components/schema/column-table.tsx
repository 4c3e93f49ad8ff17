import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { Shown } from '@/components/ui/shown';
import type { Table, TableColumn } from '@/lib/contract/schema';
import { columnsInOrder, indexesOn } from './table-parts';

/** The columns of a table in the order of the key, then by name. */
export function ColumnTable({ table }: { table: Table }) {
  return (
    <DataTable
      caption={`Columns of ${table.name}`}
      rows={columnsInOrder(table)}
      rowKey={({ name }) => name}
      columns={[
        { id: 'name', header: 'Column', rowHeader: true, mono: true, cell: ({ name }) => name },
        {
          id: 'type',
          header: 'Type',
          mono: true,
          className: 'whitespace-normal! min-w-24 sm:min-w-40 break-words',
          cell: ({ type }) => (
            <span className="text-syntax-type">
              <Shown text={type} as="name" />
            </span>
          ),
        },
        {
          id: 'marks',
          header: 'Part',
          className: 'whitespace-normal!',
          cell: (column) => <Marks column={column} indexes={indexesOn(table, column.name)} />,
        },
      ]}
    />
  );
}

/** The marks that the grid's headers carry (K, C↑, C↓, S, ++, IDX), here with their words. */
function Marks({ column, indexes }: { column: TableColumn; indexes: readonly string[] }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-1.5">
      <KindMark column={column} />
      {column.type === 'counter' && <Mark mark="++" words="counter" />}
      {indexes.length > 0 && <Mark mark="IDX" words={indexes.join(', ')} />}
    </span>
  );
}

function KindMark({ column: { kind, position, clusteringOrder } }: { column: TableColumn }) {
  switch (kind) {
    case 'partition_key':
      return <Mark mark="K" words={`partition key, ${position + 1}`} />;
    case 'clustering':
      return (
        <Mark
          mark={clusteringOrder === 'desc' ? 'C↓' : 'C↑'}
          words={`clustering, ${position + 1}, ${clusteringOrder === 'desc' ? 'descending' : 'ascending'}`}
        />
      );
    case 'static':
      return <Mark mark="S" words="static: one value a partition" />;
    case 'regular':
      return null;
    default:
      return kind satisfies never;
  }
}

function Mark({ mark, words }: { mark: string; words: string }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-muted">
      <Badge className="font-mono text-key!">{mark}</Badge>
      {words}
    </span>
  );
}
