import { lazy, Suspense } from 'react';
import { Badge } from '@/components/ui/badge';
import { NavTabs } from '@/components/ui/nav-tabs';
import { Shown } from '@/components/ui/shown';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { BrowseAddress } from '@/lib/browse/address';
import { replicationText } from '@/lib/browse/table-facts';
import type { TablePlace } from '@/lib/client/place';
import { type TableTab, tableTabs } from '@/lib/client/table-tabs';
import type { Keyspace, Table } from '@/lib/contract/schema';
import type { ReadState } from '@/lib/reader/read-state';
import { ExportTo } from './export-to';
import { RowCount } from './row-count';

const AboutLine = lazy(() => import('./about/about-line'));
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

/** What table this is, how large, how replicated, and its other pages. */
export function TableHead({ place, keyspace, table, address, reading, tab = 'Rows' }: TableHeadProps) {
  const { cluster, keyspace: keyspaceName, table: tableName } = place;
  const replicas = keyspace === undefined ? null : replicationText(keyspace.replication);
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5">
      <h1 className="min-w-0 break-all font-semibold text-base">
        <span className="font-normal text-muted">
          <Shown text={keyspaceName} as="name" /> .{' '}
        </span>
        <Shown text={tableName} as="name" />
      </h1>
      <div className="flex min-h-6 min-w-0 items-center gap-x-3 text-muted text-xs lg:flex-1">
        {address?.filters.length === 0 && <RowCount reading={reading} />}
        {replicas !== null && <span className="shrink-0">{replicas}</span>}
        {table !== undefined && table.kind !== 'table' && <Badge>{table.kind}</Badge>}
        {keyspace !== undefined && table !== undefined && table.kind !== 'virtual' && (
          <Suspense>
            <AboutLine place={place} keyspace={keyspace} table={table} />
          </Suspense>
        )}
      </div>
      <div className="ml-auto flex items-center gap-2">
        <NavTabs label="Views of this table" tabs={tableTabs(cluster, keyspaceName, tableName, tab)} />
        {address !== null && <ExportSide place={place} table={table} address={address} />}
      </div>
    </header>
  );
}

function ExportSide(props: { place: TablePlace; table: Table | undefined; address: BrowseAddress }) {
  const hydrated = useHydrated();
  const plain = <ExportTo place={props.place} address={props.address} columns={props.address.columns} />;
  if (!hydrated) return plain;
  return (
    <Suspense fallback={plain}>
      <ExportLink {...props} />
    </Suspense>
  );
}
