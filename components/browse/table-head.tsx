import { lazy, Suspense } from 'react';
import { Badge } from '@/components/ui/badge';
import { NavTabs } from '@/components/ui/nav-tabs';
import { Shown } from '@/components/ui/shown';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { BrowseAddress } from '@/lib/browse/address';
import type { TablePlace } from '@/lib/browse/place';
import { replicationText } from '@/lib/browse/table-facts';
import { tableTabs } from '@/lib/client/table-tabs';
import type { Keyspace, Table } from '@/lib/contract/schema';
import type { Reading } from '@/lib/reader/reading';
import { ExportTo } from './export-to';
import { RowCount } from './row-count';

const ExportLink = lazy(() => import('./export-link'));

interface TableHeadProps {
  place: TablePlace;
  keyspace: Keyspace | undefined;
  table: Table | undefined;
  address: BrowseAddress;
  reading: Reading;
}

/** What table this is, how large, how replicated, and its other views. */
export function TableHead({ place, keyspace, table, address, reading }: TableHeadProps) {
  const { cluster, keyspace: keyspaceName, table: tableName } = place;
  const replicas = keyspace === undefined ? null : replicationText(keyspace.replication);
  const hydrated = useHydrated();
  const plain = <ExportTo place={place} address={address} columns={address.columns} />;
  return (
    <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5">
      <h1 className="min-w-0 break-all font-semibold text-base">
        <span className="font-normal text-muted">
          <Shown text={keyspaceName} as="name" /> .{' '}
        </span>
        <Shown text={tableName} as="name" />
      </h1>
      <p className="flex flex-wrap gap-x-3 text-muted text-xs">
        {address.filters.length === 0 && <RowCount reading={reading} />}
        {replicas !== null && <span>{replicas}</span>}
        {table !== undefined && table.kind !== 'table' && <Badge>{table.kind}</Badge>}
      </p>
      <div className="ml-auto flex items-center gap-2">
        <NavTabs label="Views of this table" tabs={tableTabs(cluster, keyspaceName, tableName, 'Rows')} />
        {hydrated ? (
          <Suspense fallback={plain}>
            <ExportLink place={place} table={table} address={address} />
          </Suspense>
        ) : (
          plain
        )}
      </div>
    </header>
  );
}
