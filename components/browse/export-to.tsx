import { LongLink } from '@/components/results/long-link';
import type { BrowseAddress } from '@/lib/browse/address';
import { pagePath } from '@/lib/client/paths';
import type { TablePlace } from '@/lib/client/place';
import { isAsRead } from '@/lib/local/local-view';

export interface ExportToProps {
  place: TablePlace;
  address: BrowseAddress;
  /** Null: all. */
  columns: readonly string[] | null;
}

/** A link to the export form, filled in with the view and these columns. */
export function ExportTo({ place: { cluster, keyspace, table }, address, columns }: ExportToProps) {
  const { filters, filtering } = address;
  const arranged = !isAsRead(address);
  return (
    <LongLink href={pagePath.exports(cluster, { keyspace, table, filters, filtering, columns, arranged })}>
      Export
    </LongLink>
  );
}
