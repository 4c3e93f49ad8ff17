import type { Reading } from '@/components/results/reading';
import { Badge } from '@/components/ui/badge';
import { LinkButton } from '@/components/ui/link-button';
import { NavTabs } from '@/components/ui/nav-tabs';
import { pagePath } from '@/lib/client/paths';
import { tableTabs } from '@/lib/client/table-tabs';
import type { Keyspace, Table } from '@/lib/contract/schema';
import type { BrowseAddress } from './browse-address';
import type { TablePlace } from './place';
import { RowCount, replicationText } from './table-facts';

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
  const whole = address.filters.length === 0;
  const exported = exportOf(place, address, reading);
  return (
    <header className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 px-3 py-1.5">
      <h1 className="min-w-0 break-all font-semibold text-base">
        <span className="font-normal text-muted">{keyspaceName} . </span>
        {tableName}
      </h1>
      <p className="flex flex-wrap gap-x-3 text-muted text-xs">
        {whole && <RowCount reading={reading} />}
        {replicas !== null && <span>{replicas}</span>}
        {table !== undefined && table.kind !== 'table' && <Badge>{table.kind}</Badge>}
      </p>
      <div className="ml-auto flex items-center gap-2">
        <NavTabs label="Views of this table" tabs={tableTabs(cluster, keyspaceName, tableName, 'Rows')} />
        <LinkButton size="sm" href={pagePath.exports(cluster, exported)}>
          Export
        </LinkButton>
      </div>
    </header>
  );
}

/**
 * What an export of the view begins with. One that filters is exported as its statement, which says so itself; that is
 * known where reading began at the start, for elsewhere the statement has the bounds of the place.
 */
function exportOf({ keyspace, table }: TablePlace, address: BrowseAddress, reading: Reading) {
  const { filters, columns, filtering, from, at, last } = address;
  const isWhole = from === null && at === null && !last;
  const statement = filtering && isWhole ? reading.header?.statement : undefined;
  return statement === undefined ? { keyspace, table, filters, columns } : { statement };
}
