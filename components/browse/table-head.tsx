import { lazy } from 'react';
import { TableHead as Head } from '@/components/table-head/table-head';
import { Later } from '@/components/ui/later';
import type { BrowseAddress } from '@/lib/browse/address';
import type { TablePlace } from '@/lib/client/place';
import type { TableTab } from '@/lib/client/table-tabs';
import type { Keyspace, Table } from '@/lib/contract/schema';
import type { ReadState } from '@/lib/reader/read-state';
import type { ExportLinkProps } from './export-link';
import { RowCount } from './row-count';

const ExportLink = lazy(() => import('./export-link'));

interface TableHeadProps {
  place: TablePlace;
  keyspace: Keyspace | undefined;
  table: Table | undefined;
  /** Null: the address does not describe a view. */
  address: BrowseAddress | null;
  reading: ReadState;
  /** Which of the table's pages this is. */
  tab?: TableTab | undefined;
}

/** The head of a table's page with how many rows it has, and an export of the view. */
export function TableHead({ place, keyspace, table, address, reading, tab = 'Rows' }: TableHeadProps) {
  return (
    <Head
      place={place}
      keyspace={keyspace}
      table={table}
      tab={tab}
      count={address?.filters.length === 0 && <RowCount reading={reading} />}
      exportLink={address !== null && <ExportSide place={place} table={table} address={address} />}
    />
  );
}

/** The link as soon as its code is here: what it carries of the view is decided there. */
function ExportSide(props: ExportLinkProps) {
  // As wide as the link.
  const waiting = <span className="h-6 w-14" />;
  return (
    <Later fallback={waiting}>
      <ExportLink {...props} />
    </Later>
  );
}
