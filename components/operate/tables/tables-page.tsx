'use client';

import { useQuery } from '@tanstack/react-query';
import { lazy, useCallback, useMemo } from 'react';
import { ReadNote } from '@/components/shell/age';
import { FailureState } from '@/components/shell/failure-state';
import { EmptyState } from '@/components/ui/empty-state';
import { Checkbox, Input, Select } from '@/components/ui/input';
import { Later } from '@/components/ui/later';
import { laterModule, useLaterModule } from '@/components/ui/later-module';
import { PAGE_BODY, TEXT_WIDTH } from '@/components/ui/page';
import { Panel } from '@/components/ui/panel';
import { Loading, Skeleton } from '@/components/ui/skeleton';
import { tablesQuery } from '@/lib/client/tables';
import { useSearchState } from '@/lib/client/use-search-state';
import { listTables } from '@/lib/cluster/table-list';
import { readTablesAddress, type TablesAddress, writeTablesAddress } from '@/lib/cluster/tables-address';
import type { TablesResponse } from '@/lib/contract/tables';
import { formatCount, formatInterval, plural } from '@/lib/text/format';
import { TableList } from './table-list';
import { UnknownFigures } from './unknown-figures';

/** Few addresses are damaged. */
const UnreadTablesNotice = lazy(() => import('./unread-tables-notice'));
const TABLES = { read: readTablesAddress, write: writeTablesAddress };
/** What is shown of one table is there once one is opened. */
const TABLE_PANEL = laterModule(() => import('./table-panel'));

/** All tables of a cluster, what hurts most first. */
export function TablesPage({ cluster }: { cluster: string }) {
  const { data, error, isFetching, refetch } = useQuery(tablesQuery(cluster));
  return (
    <div className={PAGE_BODY}>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h1 className="font-semibold text-xl">Tables</h1>
        {data !== undefined && (
          <p className="ml-auto text-faint text-xs">
            <ReadNote asOf={data.asOf} error={error} />
          </p>
        )}
      </header>
      <Later>
        <UnreadTablesNotice />
      </Later>
      {data === undefined && error !== null && (
        <FailureState
          title="The tables could not be read"
          error={error}
          onRetry={() => refetch()}
          retrying={isFetching}
        />
      )}
      {data === undefined && error === null && (
        <Loading label="Asking every node">
          <Skeleton className="h-96" />
        </Loading>
      )}
      {data !== undefined && <Tables cluster={cluster} data={data} />}
    </div>
  );
}

function Tables({ cluster, data }: { cluster: string; data: TablesResponse }) {
  const [address, write] = useSearchState(TABLES);
  const change = useCallback((wanted: Partial<TablesAddress>) => write(wanted, 'push'), [write]);
  const rows = useMemo(() => listTables(data.tables, address), [data.tables, address]);
  const { open, sort, direction } = address;
  return (
    <>
      <UnknownFigures unknown={data.unknown} silent={data.silent} />
      <Panel title="Tables that hurt" flush note={<PaceNote data={data} />}>
        <Filters tables={data.tables} address={address} onChange={write} shown={rows.length} />
        {rows.length === 0 ? (
          <div className="p-4">
            <EmptyState title="No matches">Choose another keyspace, or clear the filter.</EmptyState>
          </div>
        ) : (
          <TableList
            rows={rows}
            sort={sort}
            direction={direction}
            onSort={(by, way) => change({ sort: by, direction: way })}
            open={open}
            onOpen={(wanted) => change({ open: wanted })}
          />
        )}
      </Panel>
      {open !== null && (
        <Opened
          key={`${open.keyspace}\u0000${open.table}`}
          cluster={cluster}
          open={open}
          data={data}
          onClose={() => change({ open: null })}
        />
      )}
      <OrderNote />
    </>
  );
}

type OpenedProps = {
  cluster: string;
  open: NonNullable<TablesAddress['open']>;
  data: TablesResponse;
  onClose: () => void;
};

function Opened({ cluster, open, data, onClose }: OpenedProps) {
  const module = useLaterModule(TABLE_PANEL);
  const row = data.tables.find(({ keyspace, table }) => keyspace === open.keyspace && table === open.table);
  if (module === undefined) return <Skeleton className="h-64" />;
  return <module.TablePanel place={{ cluster, ...open }} row={row} onClose={onClose} />;
}

type FiltersProps = {
  tables: TablesResponse['tables'];
  address: TablesAddress;
  onChange: (change: Partial<TablesAddress>, step: 'push' | 'typed') => void;
  shown: number;
};

function Filters({ tables, address, onChange, shown }: FiltersProps) {
  const { text, keyspace, system } = address;
  const keyspaces = useMemo(() => [...new Set(tables.map((row) => row.keyspace))].sort(), [tables]);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-b px-4 py-2">
      <Input
        type="search"
        aria-label="Filter tables"
        placeholder="Filter tables"
        className="max-w-56"
        value={text}
        onChange={({ target }) => onChange({ text: target.value }, 'typed')}
      />
      <Select
        aria-label="Keyspace"
        className="max-w-48"
        value={keyspace ?? ''}
        onChange={({ target }) => onChange({ keyspace: target.value === '' ? null : target.value }, 'push')}
      >
        <option value="">All keyspaces</option>
        {keyspaces.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <Checkbox checked={system} onChange={({ target }) => onChange({ system: target.checked }, 'push')}>
        With system tables
      </Checkbox>
      <p role="status" className="text-faint text-xs">
        {plural(shown, 'table')}
      </p>
    </div>
  );
}

function PaceNote({ data: { pace, tables } }: { data: TablesResponse }) {
  const windowMs = tables.reduce((most, row) => Math.max(most, row.windowMs ?? 0), 0);
  const rates = windowMs === 0 ? 'rates come with the second look' : `rates over the last ${formatInterval(windowMs)}`;
  return `latencies, tombstones and rates of every node every ${formatInterval(pace.everyMs)}, sizes every 5 min; ${rates}; at most ${formatCount(pace.statementsPerMinute)} statements a minute for all viewers`;
}

function OrderNote() {
  return (
    <p className={`text-faint text-xs ${TEXT_WIDTH}`}>
      The order: how many times over its threshold the worst measure of a table is. Measures are tombstones per read
      (tombstone_warn_threshold of the node), the largest partition (100 MiB), read p99 (slow_query_log_timeout), write
      p99 (a tenth of write_request_timeout), and indexes that do not serve. How many SSTables a read touches is not in
      CQL: a trace of one read says it, on the query page.
    </p>
  );
}
