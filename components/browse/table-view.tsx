import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, useEffect, useMemo, useRef, useState } from 'react';
import { ResultPane } from '@/components/results/result-view';
import { useResultReader, useResultState } from '@/components/results/use-result';
import { Later } from '@/components/ui/later';
import { AT_START, type BrowseAddress, type BrowseChange } from '@/lib/browse/address';
import type { ViewPlan } from '@/lib/browse/planner';
import { rowOrderOf } from '@/lib/browse/row-order';
import { browseSource, tokenBefore } from '@/lib/browse/source';
import type { TablePlace } from '@/lib/client/place';
import { schemaQuery } from '@/lib/client/queries';
import type { Row } from '@/lib/client/stream-events';
import type { SchemaResponse } from '@/lib/contract/schema';
import type { TableShape } from '@/lib/cql/schema-lookup';
import type { ResultReader } from '@/lib/reader/result-reader';
import { useFilterConsent } from './filters/filter-consent';
import { FollowSelection } from './key/follow-selection';
import { SelectedRow } from './key/selected-row';
import { TableHead } from './table-head';
import { KEY_SPACE, TOOLBAR_SPACE } from './toolbar-space';
import { useUnread } from './unread/use-unread';
import { useBrowseAddress } from './use-browse-address';
import { usePlan } from './use-plan';

/** Filters and menus are not needed to read rows: they load while the first page is on its way. */
const Toolbar = lazy(() => import('./toolbar').then((toolbar) => ({ default: toolbar.Toolbar })));
const NoRows = lazy(() => import('./no-rows'));
const NoSuchTable = lazy(() => import('@/components/shell/no-such-table'));
const FilterGate = lazy(() => import('./filters/filter-gate'));
const KeyBar = lazy(() => import('./key/key-bar'));
const UnreadGate = lazy(() => import('./unread/unread-gate'));
const EditRows = lazy(() => import('@/components/edit/grid/edit-rows'));
const RowHome = lazy(() => import('./row-home/row-home'));
const RailSide = lazy(() => import('./rail/rail-side'));
const GoToSide = lazy(() => import('./rail/go-to-side'));

/** The rows of a table: the address holds filters, order and columns; a read that cannot be served is not sent. */
export function TableView(place: TablePlace) {
  const view = useTableView(place);
  const { address, found, unread, reading } = view;
  const [viewOpen, setViewOpen] = useState(false);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableHead
        place={place}
        keyspace={found.keyspace}
        table={found.table}
        address={unread.length > 0 ? null : address}
        reading={reading}
      />
      <Tools place={place} view={view} viewOpen={viewOpen} onViewOpen={setViewOpen} />
      <div ref={view.consent.rows} tabIndex={-1} className="min-h-0 flex-1 bg-surface outline-none">
        <Content place={place} view={view} onHeader={() => setViewOpen(true)} />
      </div>
    </div>
  );
}

interface ToolsProps {
  place: TablePlace;
  view: View;
  viewOpen: boolean;
  onViewOpen: (open: boolean) => void;
}

/** What changes the view, once there is one: the key form and the toolbar. */
function Tools({ place, view, viewOpen, onViewOpen }: ToolsProps) {
  const { address, change, missing, unread, shape, built, reader, reading } = view;
  if (missing || unread.length > 0) return null;
  return (
    <>
      <Later fallback={KEY_SPACE}>
        {shape === undefined ? (
          !reading.disconnected && KEY_SPACE
        ) : (
          <KeyBar shape={shape} address={address} selected={view.selected} onChange={change} />
        )}
      </Later>
      <Later fallback={TOOLBAR_SPACE}>
        <Toolbar
          place={place}
          shape={shape}
          built={built}
          plan={(filters) => view.plan({ ...address, filters, filtering: false })}
          address={address}
          onChange={change}
          reading={reading}
          onRefresh={view.refresh}
          goTo={shape !== undefined && <GoTo reader={reader} shape={shape} onChange={change} />}
          viewOpen={viewOpen}
          onViewOpen={onViewOpen}
        />
      </Later>
    </>
  );
}

type View = ReturnType<typeof useTableView>;

/** What the address reads of a table, and whether it can. */
function useTableView(place: TablePlace) {
  const { data: schema } = useQuery(schemaQuery(place.cluster));
  const [address, change] = useBrowseAddress();
  const unread = useUnread();
  const [selected] = useState(() => new SelectedRow());
  const [run, setRun] = useState(0);
  const found = useMemo(() => lookUp(schema, place.keyspace, place.table), [schema, place.keyspace, place.table]);
  const { shape, plan } = usePlan(place, schema);
  const built = plan(address);
  const missing = schema !== undefined && found.table === undefined;
  // Without filters nothing in the view can contradict the schema: rows do not wait for it.
  const plain = address.filters.length === 0 && !address.reversed;
  const consent = useConsent(address, change, built);
  const isKnown = !missing && unread.length === 0;
  const servable = isKnown && !consent.missing && (built === undefined ? plain : built.problem === null);
  const source = browseSource(place, address, rowOrderOf(address, shape, built));
  const reader = useResultReader(source, run, servable);
  const { reading } = useResultState(reader);
  useSchemaAfterDrop(place.cluster, reading.error?.code === 'not_found');
  const refresh = () => setRun((now) => now + 1);
  const restart = () => {
    const token = reading.page?.token;
    if (reading.error?.code === 'cursor_refused' && token) change({ ...AT_START, from: tokenBefore(token) });
    refresh();
  };
  return {
    ...{ address, change, unread, found, missing, shape, plan, built, servable },
    ...{ reader, reading, selected, consent, refresh, restart },
  };
}

/** Agreement to filtering; afterwards the rows have the focus. */
function useConsent(address: BrowseAddress, change: (change: BrowseChange) => void, built: ViewPlan | undefined) {
  const rows = useRef<HTMLDivElement>(null);
  const [agreed, setAgreed] = useState(0);
  const { missing, give } = useFilterConsent(address, built);
  // The pressed button disappears: the next key is meant for the rows that take its place.
  useEffect(() => {
    if (agreed > 0) rows.current?.focus();
  }, [agreed]);
  const agree = () => {
    setAgreed((now) => now + 1);
    give();
    if (!address.filtering) change({ filtering: true });
  };
  return { rows, missing, agree };
}

/** The cached schema still has a table that was dropped: a reload corrects it. */
function useSchemaAfterDrop(cluster: string, isGone: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    if (isGone) void client.invalidateQueries(schemaQuery(cluster));
  }, [client, isGone, cluster]);
}

interface ContentProps {
  place: TablePlace;
  view: View;
  /** Somebody wants to see the order of the rows, or the hidden columns. */
  onHeader: () => void;
}

/** The rows, or why none are read. */
function Content({ place, view, onHeader }: ContentProps) {
  const { address, change, found, missing, unread, shape, built, servable } = view;
  if (missing) {
    return (
      <Later>
        <NoSuchTable {...place} hasKeyspace={found.keyspace !== undefined} />
      </Later>
    );
  }
  if (unread.length > 0) {
    return (
      <Later>
        <UnreadGate parts={unread} onChosen={() => view.consent.rows.current?.focus()} />
      </Later>
    );
  }
  if (servable || built === undefined || shape === undefined) {
    return <Rows place={place} view={view} onHeader={onHeader} />;
  }
  return (
    <Later>
      <FilterGate
        place={place}
        shape={shape}
        built={built}
        view={address}
        onAgree={view.consent.agree}
        onColumns={(columns) => change({ columns })}
      />
    </Later>
  );
}

function Rows({ place, view, onHeader }: ContentProps) {
  const { address, change, found, shape, reader } = view;
  const [homeOf, setHomeOf] = useState<Row | null>(null);
  const { sort, quick } = address;
  const { table } = found;
  return (
    <ResultPane
      reader={reader}
      table={table}
      place={place}
      keepsColumns
      local={{
        view: { sort, quick },
        change: ({ sort, quick }, replaces) => change({ sort, quick }, replaces),
        reverse: () => change({ reversed: !address.reversed }),
      }}
      side={<Side reader={reader} shape={shape} address={address} onChange={change} />}
      rowTools={(columns, values, at) =>
        table !== undefined && (
          <Later>
            {at === 'bar' && <FollowSelection to={view.selected} columns={columns} values={values} />}
            <RowHome
              place={place}
              table={table}
              columns={columns}
              values={values}
              at={at}
              opened={homeOf}
              onOpen={setHomeOf}
            />
          </Later>
        )
      }
      cellOffers={(cell) =>
        import('./cell-menu/cell-offers').then(({ cellOffers }) =>
          cellOffers(cell, { ...view, table, onHome: setHomeOf }),
        )
      }
      editing={(result) => (
        <Later>
          <EditRows result={result} place={place} onApplied={view.refresh} />
        </Later>
      )}
      empty={<NoRows place={place} shape={shape} filtered={address.filters.length > 0} />}
      onRestart={view.restart}
      onHeader={onHeader}
    />
  );
}

interface SideProps {
  reader: ResultReader;
  shape: TableShape | undefined;
  address: BrowseAddress;
  onChange: View['change'];
}

/** The rail, or its space, so that the rows keep their width when it loads. */
function Side({ reader, shape, address, onChange }: SideProps) {
  const space = reader.source.order?.by === 'token' && (
    <div className="w-3.5 shrink-0 border-line border-l bg-canvas" />
  );
  if (shape === undefined) return space;
  return (
    <Later fallback={space}>
      <RailSide reader={reader} shape={shape} address={address} onChange={onChange} />
    </Later>
  );
}

function GoTo(props: { reader: ResultReader; shape: TableShape; onChange: View['change'] }) {
  return (
    <Later>
      <GoToSide {...props} />
    </Later>
  );
}

function lookUp(schema: SchemaResponse | undefined, keyspaceName: string, tableName: string) {
  const keyspace = schema?.keyspaces.find(({ name }) => name === keyspaceName);
  return { keyspace, table: keyspace?.tables.find(({ name }) => name === tableName) };
}
