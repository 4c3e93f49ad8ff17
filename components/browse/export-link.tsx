import { useHiddenColumns } from '@/components/results/columns/use-hidden-columns';
import { shownNames, viewColumns } from '@/lib/browse/column-states';
import type { Table } from '@/lib/contract/schema';
import { ExportTo, type ExportToProps } from './export-to';

/** {@link ExportTo} with the columns shown: those hidden in this browser are left out. */
export default function ExportLink({
  table,
  place,
  address,
}: Omit<ExportToProps, 'columns'> & { table: Table | undefined }) {
  const { hidden } = useHiddenColumns(place);
  const names = table?.columns.map(({ name }) => name);
  const columns = names === undefined ? address.columns : shownNames(viewColumns(names, address.columns, hidden));
  return <ExportTo place={place} address={address} columns={columns} />;
}
