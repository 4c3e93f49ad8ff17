import { useHiddenColumns } from '@/components/results/columns/use-hidden-columns';
import { LongLink } from '@/components/results/long-link';
import type { BrowseAddress } from '@/lib/browse/address';
import { shownNames, viewColumns } from '@/lib/browse/column-states';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import type { Table } from '@/lib/contract/schema';
import { isAsRead } from '@/lib/local/local-view';

export interface ExportLinkProps {
  place: TablePlace;
  table: Table | undefined;
  address: BrowseAddress;
}

/** A link to the export form, filled in with the view: without the columns that are hidden in this browser. */
export default function ExportLink({ table, place, address }: ExportLinkProps) {
  const { cluster, keyspace, table: name } = place;
  const { filters, filtering } = address;
  const { hidden } = useHiddenColumns(place);
  const names = table?.columns.map((column) => column.name);
  const columns = names === undefined ? address.columns : shownNames(viewColumns(names, address.columns, hidden));
  const arranged = !isAsRead(address);
  return (
    <LongLink href={pagePath.exports(cluster, { keyspace, table: name, filters, filtering, columns, arranged })}>
      Export
    </LongLink>
  );
}
