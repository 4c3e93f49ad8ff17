import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { TEXT_WIDTH } from '@/components/ui/page';
import type { IndexedValues } from '@/lib/contract/tables';
import { formatCount, formatShare } from '@/lib/text/format';

const KINDS: Readonly<Record<IndexedValues['kind'], string>> = {
  secondary: 'secondary',
  sai: 'SAI',
  sasi: 'SASI',
  unknown: 'not known',
};

const COLUMNS: readonly DataColumn<IndexedValues>[] = [
  { id: 'index', header: 'Index', rowHeader: true, mono: true, cell: ({ index }) => index },
  { id: 'column', header: 'Column', mono: true, cell: ({ column }) => column },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => KINDS[kind] },
  { id: 'values', header: 'Values', align: 'right', cell: ({ values }) => formatCount(values) },
  { id: 'nulls', header: 'Without one', align: 'right', cell: ({ nulls }) => formatCount(nulls) },
  { id: 'distinct', header: 'Different', align: 'right', cell: ({ distinct }) => formatCount(distinct) },
  {
    id: 'most',
    header: 'Most common',
    align: 'right',
    cell: ({ most, values }) => (values === 0 ? '–' : formatShare(most / values)),
  },
  { id: 'says', header: 'What it means', className: 'whitespace-normal! min-w-60', cell: ({ says }) => says },
];

/** How many values the indexed columns have in the sample, and what that means for each kind of index. */
export function FoundIndexes({ indexes }: { indexes: readonly IndexedValues[] }) {
  return (
    <>
      <DataTable caption="Values of indexed columns" columns={COLUMNS} rows={indexes} rowKey={({ index }) => index} />
      <p className={`text-faint text-xs ${TEXT_WIDTH}`}>
        Of the rows that were read. Indexes on parts of a collection are not sampled.
      </p>
    </>
  );
}
