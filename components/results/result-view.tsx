'use client';

import { lazy, type ReactNode, useEffect } from 'react';
import { Later } from '@/components/ui/later';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { coveredShare } from '@/lib/reader/rail-coverage';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import type { CellOffers } from './cell-menu/offers';
import type { ResultEditing } from './editing';
import { type LocalControl, useOwnLocal } from './local/local-control';
import type { ResultPlace } from './place';
import { ResultSkeleton } from './rows/result-skeleton';
import type { RowTools } from './rows/use-row-parts';
import { useReconnect, useResultState } from './use-result';

const loadBar = () => import('./fetch-bar/fetch-bar');
const FetchBar = lazy(() => loadBar().then((bar) => ({ default: bar.FetchBar })));
const loadEnds = () => import('./rows/result-ends');
const WithoutColumns = lazy(() => loadEnds().then((ends) => ({ default: ends.WithoutColumns })));
const NoRows = lazy(() => loadEnds().then((ends) => ({ default: ends.NoRows })));
const loadRows = () => import('./rows/result-rows');
const ResultRows = lazy(() => loadRows().then(({ ResultRows: rows }) => ({ default: rows })));

export interface ResultViewProps {
  /** The table that is read, for marks that only the schema knows. */
  table?: Table | undefined;
  /** Where the rows come from, as far as it is known. */
  place?: ResultPlace | undefined;
  /** Columns are kept in this browser as a person arranges them, for this place: a table that is browsed. */
  keepsColumns?: boolean;
  /** How rows are sorted and filtered on this page, where the address keeps it. */
  local?: LocalControl | undefined;
  /** What stands beside the rows, at the right of their scrollbar. */
  side?: ReactNode;
  /** What can be done with the selected row. */
  rowTools?: RowTools | undefined;
  /** What is added to a cell's menu. */
  cellOffers?: CellOffers | undefined;
  /** Edits the rows, where they can be. */
  editing?: ResultEditing | undefined;
  /** What to say and do when the result is complete and has no rows. */
  empty?: ReactNode;
  /** The first row stands beside the rows as a record from the start. */
  expanded?: boolean | undefined;
  /** Starts over, where the read cannot continue. */
  onRestart?: (() => void) | undefined;
  /** Somebody asks about the order of the rows. */
  onHeader?: (() => void) | undefined;
}

/** What `reader` has read, on demand, the bar that says what was read, the inspector. Its owner starts and disposes of it. */
export function ResultPane(props: ResultViewProps & { reader: ResultReader }) {
  const { reader, table, empty, onRestart } = props;
  const state = useResultState(reader);
  const { reading } = state;
  const ownLocal = useOwnLocal(reader);
  useReconnect(reader, reading.disconnected);
  useEffect(() => {
    // The code of the grid and of its bar, and of what stands there without rows, comes while the first page is being read.
    void loadBar();
    void loadEnds();
    void loadRows();
  }, []);
  const bar = (reached: string | null, tools: ReactNode) => (
    <Bar reader={reader} state={state} reached={reached} onRestart={onRestart} tools={tools} />
  );
  const frame = (children: ReactNode) => (
    <>
      <div className="min-h-0 flex-1 overflow-hidden">{children}</div>
      {bar(null, null)}
    </>
  );
  return (
    <div className="flex h-full min-h-0 min-w-0 flex-col bg-surface">
      {reading.header === null || reading.header.columns.length === 0 ? (
        frame(
          <Later fallback={<ResultSkeleton />}>
            <WithoutColumns reading={reading} reader={reader} onRestart={onRestart} />
          </Later>,
        )
      ) : (
        <Later fallback={frame(<ResultSkeleton />)}>
          <ResultRows
            key={columnsKey(reading.header)}
            reader={reader}
            state={state}
            header={reading.header}
            table={table}
            keepsColumns={props.keepsColumns ?? false}
            {...{ place: props.place, expanded: props.expanded ?? false }}
            local={props.local ?? ownLocal}
            onHeader={props.onHeader}
            side={props.side}
            rowTools={props.rowTools}
            cellOffers={props.cellOffers}
            editing={props.editing}
            empty={
              <Later>
                <NoRows reading={reading} empty={empty} isFiltered={state.isArranged} />
              </Later>
            }
            bar={bar}
          />
        </Later>
      )}
    </div>
  );
}

function Bar({
  reader,
  state,
  reached,
  onRestart,
  tools,
}: {
  reader: ResultReader;
  state: ResultState;
  reached: string | null;
  onRestart: (() => void) | undefined;
  tools: ReactNode;
}) {
  const { reading, window, refillError, coverage } = state;
  const share = reading.page?.ringFraction ?? null;
  const notes = [
    ...(window.changed ? ['Rows have changed since they were first read. Refresh to see the table as it is now.'] : []),
    ...(refillError === null ? [] : [`Rows that had left memory could not be reread: ${refillError.message}`]),
  ];
  return (
    <Later fallback={<div className="h-9 shrink-0 border-line border-t bg-surface" />}>
      <FetchBar
        reading={reading}
        // Of a table the share of the ring is all that was read of it, at whatever places.
        share={share !== null && reader.source.order?.by === 'token' ? coveredShare(coverage) : share}
        reached={reached}
        notes={notes}
        repeatable={reader.source.repeatable}
        onReadOn={() => reader.readOn()}
        onStop={() => reader.stop()}
        onResume={() => reader.resume()}
        onRestart={onRestart}
      >
        {tools}
      </FetchBar>
    </Later>
  );
}

/** Other columns are another grid: widths, selection and places are reset. */
function columnsKey({ columns }: HeaderFrame): string {
  return JSON.stringify(columns.map(({ name, type }) => [name, type]));
}
