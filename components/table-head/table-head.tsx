import { lazy, type ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Later } from '@/components/ui/later';
import { NavTabs } from '@/components/ui/nav-tabs';
import { Shown } from '@/components/ui/shown';
import { replicationText } from '@/lib/browse/table-facts';
import type { TablePlace } from '@/lib/client/place';
import { type TableTab, tableTabs } from '@/lib/client/table-tabs';
import type { Keyspace, Table } from '@/lib/contract/schema';

const AboutLine = lazy(() => import('./about/about-line'));

interface TableHeadProps {
  place: TablePlace;
  keyspace: Keyspace | undefined;
  table: Table | undefined;
  /** Which of the table's pages this is. */
  tab: TableTab;
  /** What the page itself knows of the table's rows. */
  count?: ReactNode;
  /** The way to an export of what the page shows. */
  exportLink: ReactNode;
}

/** What table this is, how large, how replicated, and its other pages: the same line on each of them. */
export function TableHead({ place, keyspace, table, tab, count, exportLink }: TableHeadProps) {
  const { keyspace: keyspaceName, table: tableName } = place;
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
        {count}
        {replicas !== null && <span className="shrink-0">{replicas}</span>}
        {table !== undefined && table.kind !== 'table' && <Badge>{table.kind}</Badge>}
        {keyspace !== undefined && table !== undefined && table.kind !== 'virtual' && (
          <Later>
            <AboutLine place={place} keyspace={keyspace} table={table} />
          </Later>
        )}
      </div>
      <div className="ml-auto flex items-center gap-2">
        <NavTabs label="Views of this table" tabs={tableTabs(place, tab, table?.lacks)} />
        {!table?.lacks?.includes('export') && exportLink}
      </div>
    </header>
  );
}
