'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import { ResultPane } from '@/components/results/result-view';
import { useResultReader, useResultState } from '@/components/results/use-result';
import { useHydrated } from '@/components/ui/use-hydrated';
import { AT_START } from '@/lib/browse/address';
import type { TablePlace } from '@/lib/browse/place';
import { rowOrderOf } from '@/lib/browse/row-order';
import { browseSource, tokenBefore } from '@/lib/browse/source';
import { schemaQuery } from '@/lib/client/queries';
import type { Row } from '@/lib/client/stream-events';
import type { SchemaResponse } from '@/lib/contract/schema';
import { useFilterConsent } from './filters/filter-consent';
import { TableHead } from './table-head';
import { useBrowseAddress } from './use-browse-address';
import { usePlan } from './use-plan';

/** What changes the view is not needed to read it: filters and menus come while the first rows are on their way. */
const Toolbar = lazy(() => import('./toolbar').then((toolbar) => ({ default: toolbar.Toolbar })));
const NoRows = lazy(() => import('./no-rows'));
const NoSuchTable = lazy(() => import('@/components/shell/no-such-table'));
const FilterGate = lazy(() => import('./filters/filter-gate'));
const RowHome = lazy(() => import('./row-home/row-home'));
const RailSide = lazy(() => import('./rail/rail-side'));
const GoToSide = lazy(() => import('./rail/go-to-side'));

/** The toolbar's room, so that nothing moves when it comes. */
const TOOLBAR_SPACE = <div className="min-h-9 shrink-0 border-line border-y bg-surface" />;

/** The rows of a table: filters, order and columns stand in the address; what cannot be served is not sent. */
export function TableView(place: TablePlace) {
  const { data: schema } = useQuery(schemaQuery(place.cluster));
  const [address, change] = useBrowseAddress();
  const [run, setRun] = useState(0);
  const found = useMemo(() => lookUp(schema, place.keyspace, place.table), [schema, place.keyspace, place.table]);
  const { shape, plan } = usePlan(place, schema);
  const built = plan(address);

  const missing = schema !== undefined && found.table === undefined;
  // Without filters there is nothing that the schema could object to: rows need not wait for it.
  const plain = address.filters.length === 0 && !address.reversed;
  const consent = useFilterConsent(address, built);
  const servable = !missing && !consent.missing && (built === undefined ? plain : built.problem === null);
  const source = browseSource(place, address, rowOrderOf(address, shape, built));
  const reader = useResultReader(source, run, servable);
  const { reading } = useResultState(reader);

  const rows = useRef<HTMLDivElement>(null);
  const [agreed, setAgreed] = useState(0);
  // The button that was pressed goes away with the choice; the next key is meant for the rows that come instead.
  useEffect(() => {
    if (agreed > 0) rows.current?.focus();
  }, [agreed]);
  const client = useQueryClient();
  const isGone = reading.error?.code === 'not_found';
  // The schema that is known still has the table: a new one says that it was dropped.
  useEffect(() => {
    if (isGone) void client.invalidateQueries(schemaQuery(place.cluster));
  }, [client, isGone, place.cluster]);
  const agree = () => {
    setAgreed((now) => now + 1);
    consent.give();
    if (!address.filtering) change({ filtering: true });
  };
  // The rail's room, so that the rows do not change their width when it comes.
  const railSpace = source.order?.by === 'token' && <div className="w-3.5 shrink-0 border-line border-l bg-canvas" />;
  const refresh = () => setRun((now) => now + 1);
  const restart = () => {
    const token = reading.page?.token;
    if (reading.error?.code === 'cursor_refused' && token) change({ ...AT_START, from: tokenBefore(token) });
    refresh();
  };
  const [viewOpen, setViewOpen] = useState(false);
  const [homeOf, setHomeOf] = useState<Row | null>(null);
  const hydrated = useHydrated();

  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <TableHead place={place} keyspace={found.keyspace} table={found.table} address={address} reading={reading} />
      {hydrated && !missing ? (
        <Suspense fallback={TOOLBAR_SPACE}>
          <Toolbar
            place={place}
            shape={shape}
            built={built}
            plan={(filters) => plan({ ...address, filters, filtering: false })}
            address={address}
            onChange={change}
            reading={reading}
            onRefresh={refresh}
            goTo={
              shape !== undefined && (
                <Suspense>
                  <GoToSide reader={reader} shape={shape} onChange={change} />
                </Suspense>
              )
            }
            viewOpen={viewOpen}
            onViewOpen={setViewOpen}
          />
        </Suspense>
      ) : (
        TOOLBAR_SPACE
      )}
      <div ref={rows} tabIndex={-1} className="min-h-0 flex-1 bg-surface outline-none">
        {missing ? (
          <Suspense>
            <NoSuchTable {...place} hasKeyspace={found.keyspace !== undefined} />
          </Suspense>
        ) : servable || built === undefined || shape === undefined ? (
          <ResultPane
            reader={reader}
            table={found.table}
            place={place}
            keepsColumns
            side={
              <Suspense fallback={railSpace}>
                {shape === undefined ? (
                  railSpace
                ) : (
                  <RailSide reader={reader} shape={shape} address={address} onChange={change} />
                )}
              </Suspense>
            }
            rowTools={(columns, values, at) =>
              found.table !== undefined && (
                <Suspense>
                  <RowHome
                    place={place}
                    table={found.table}
                    columns={columns}
                    values={values}
                    at={at}
                    opened={homeOf}
                    onOpen={setHomeOf}
                  />
                </Suspense>
              )
            }
            empty={<NoRows cluster={place.cluster} filtered={address.filters.length > 0} />}
            onRestart={restart}
            onHeader={() => setViewOpen(true)}
          />
        ) : (
          <Suspense>
            <FilterGate
              place={place}
              shape={shape}
              built={built}
              view={address}
              onAgree={agree}
              onColumns={(columns) => change({ columns })}
            />
          </Suspense>
        )}
      </div>
    </div>
  );
}

function lookUp(schema: SchemaResponse | undefined, keyspaceName: string, tableName: string) {
  const keyspace = schema?.keyspaces.find(({ name }) => name === keyspaceName);
  return { keyspace, table: keyspace?.tables.find(({ name }) => name === tableName) };
}
