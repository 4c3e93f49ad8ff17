import { useHiddenColumns } from '@/components/results/columns/use-hidden-columns';
import { LinkButton } from '@/components/ui/link-button';
import { pagePath } from '@/lib/client/paths';
import type { Table } from '@/lib/contract/schema';
import type { BrowseAddress } from './browse-address';
import { shownNames, viewColumns } from './column-states';
import type { TablePlace } from './place';

interface ExportLinkProps {
  place: TablePlace;
  table: Table | undefined;
  address: BrowseAddress;
}

/** To the export sheet, filled with what is shown. */
export default function ExportLink({ place, table, address }: ExportLinkProps) {
  const { hidden } = useHiddenColumns(place);
  const names = table?.columns.map(({ name }) => name);
  const columns = names === undefined ? address.columns : shownNames(viewColumns(names, address.columns, hidden));
  const { filters, filtering } = address;
  const exported = { keyspace: place.keyspace, table: place.table, filters, filtering, columns };
  return (
    <LinkButton size="sm" href={pagePath.exports(place.cluster, exported)}>
      Export
    </LinkButton>
  );
}
