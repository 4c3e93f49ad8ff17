import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState, type WheelEvent } from 'react';
import { Grid, type GridHandle } from '@/components/grid/grid';
import { ROW_PX } from '@/components/grid/types';
import type { Row } from '@/lib/client/stream';
import type { HeaderFrame, ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { LayoutAction } from '@/lib/grid/column-layout';
import { type RowView, rowAt as rowOf } from '@/lib/grid/page-window';
import { selectCell, selectColumns } from '@/lib/grid/selection';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import { reachedIn } from '../fetch-bar/reached';
import type { ResultPlace } from '../place';
import { cellFace } from './cell-face';
import { useCopying } from './use-copying';
import { usePanels } from './use-panels';
import { useSelection } from './use-selection';
import { useShownColumns } from './use-shown-columns';

const Inspector = lazy(() => import('../inspector/inspector'));
const ColumnMenu = lazy(() => import('../columns/column-menu'));
const SelectionTools = lazy(() => import('./row-tools'));
const FindBar = lazy(() => import('../find/find-bar'));
const AgeLens = lazy(() => import('../age/age-lens'));

/** What can be done with a row, given its columns and values: in the line below the rows, or in the inspector's head. */
export type RowTools = (columns: readonly ResultColumn[], values: Row, at: 'bar' | 'inspector') => ReactNode;

interface ResultRowsProps {
  reader: ResultReader;
  state: ResultState;
  header: HeaderFrame;
  table: Table | undefined;
  place: ResultPlace | undefined;
  keepsColumns: boolean;
  onHeader: (() => void) | undefined;
  /** What stands between the grid's scrollbar and the inspector. A wheel turned over it scrolls the rows. */
  side: ReactNode;
  /** What can be done with the selected row. */
  rowTools: RowTools | undefined;
  /** What stands below the header when there is no row. */
  empty: ReactNode;
  /** The line below: how far the rows reach where no share of the ring says it, and what belongs to the selection. */
  bar: (reached: string | null, selectionTools: ReactNode) => ReactNode;
}

/** The grid over a reader's window, with selection, copying, finding, the age lens and the inspector. */
export function ResultRows({ reader, state, header, table, place, keepsColumns, ...props }: ResultRowsProps) {
  const { window, reading, landing } = state;
  const { firstRow, rowCount } = window.marks;
  const grid = useRef<GridHandle>(null);
  const shown = useShownColumns({ reader, header, table, keptFor: keepsColumns ? place : undefined });
  const { columns, types } = shown;
  const { selection, select, narrow } = useSelection(firstRow, landing.id, columns.length);
  const sources = useMemo(() => columns.map(({ source }) => source), [columns]);
  const { copy, said } = useCopying({ reader, header, table, place, columns, selection });
  const panes = useRef<HTMLDivElement>(null);
  const panels = usePanels({ grid, panes, selection, narrow });
  const [menuColumn, setMenuColumn] = useState<number | null>(null);
  const faceOf = useCallback((value: JsonValue, source: number) => cellFace(value, types[source]), [types]);
  const onView = useCallback(
    ({ first, last, top }: RowView) =>
      reader.view({ first: first + firstRow, last: last + firstRow, top: top + firstRow }),
    [reader, firstRow],
  );
  const rowAt = (row: number) => rowOf(window, row + firstRow);

  const changeColumns = (action: LayoutAction) => {
    shown.change(action);
    // The same places show other columns now.
    if (action.type !== 'resize') select(null);
  };
  const columnActions = {
    ...shown.actions,
    move: (index: number, to: number) => {
      shown.actions.move(index, to);
      const moved = Math.min(Math.max(to, 0), columns.length - 1);
      if (selection !== null) select(selectCell({ row: selection.active.row, column: moved }));
    },
    menu: setMenuColumn,
  };
  const active = selection?.active;
  const activeSource = active === undefined ? undefined : columns[active.column]?.source;
  const activeValues = active === undefined ? undefined : rowAt(active.row);
  const aged = agedPlace(place, table);
  const menu = (index: number) => {
    const column = columns[index];
    if (index !== menuColumn || column === undefined) return null;
    return (
      <Suspense>
        <ColumnMenu
          column={column}
          index={index}
          hidden={shown.hidden}
          changed={shown.isChanged}
          onChange={changeColumns}
          onFit={() => shown.actions.fit(index)}
          onSelect={() => select(selectColumns(selectCell({ row: 0, column: index }), rowCount))}
          onOrder={props.onHeader}
          onHidden={keepsColumns ? props.onHeader : undefined}
          onClose={() => setMenuColumn(null)}
        />
      </Suspense>
    );
  };
  const rowTools =
    activeValues == null ? undefined : (at: 'bar' | 'inspector') => props.rowTools?.(header.columns, activeValues, at);
  const tools = (
    <Suspense>
      {rowTools?.('bar')}
      <SelectionTools
        said={said}
        finding={panels.finding}
        selected={selection !== null}
        hidden={shown.hidden.length > 0}
        lens={aged === undefined ? undefined : panels.lens}
        insertable={place?.table != null && table?.kind === 'table'}
        onCopy={copy}
        onFind={panels.openFind}
        onLens={panels.toggleLens}
      />
    </Suspense>
  );

  return (
    <>
      <div ref={panes} className="relative flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          <Grid
            label={`Rows of ${reader.source.label}`}
            handle={grid}
            columns={columns}
            rowCount={rowCount}
            front={-firstRow}
            landing={{ ...landing, row: landing.row - firstRow }}
            open={reading.phase !== 'complete'}
            rowAt={rowAt}
            faceOf={faceOf}
            looks={panels.looks}
            selection={selection}
            onSelection={select}
            onView={onView}
            columnActions={columnActions}
            attachment={menu}
            onInspect={panels.inspect}
            onCopy={() => copy('text', false)}
            onFind={panels.openFind}
            onBack={panels.back}
          />
          {rowCount === 0 && <div className="absolute inset-x-0 top-11 bottom-0 overflow-auto">{props.empty}</div>}
        </div>
        <div className="contents" onWheel={(event) => grid.current?.scrollBy(wheelPx(event))}>
          {props.side}
        </div>
        {panels.inspecting && active !== undefined && activeSource !== undefined && (
          <Suspense>
            <Inspector
              row={active.row}
              source={activeSource}
              columns={header.columns}
              values={activeValues}
              table={table}
              place={place}
              tools={rowTools?.('inspector')}
              onClose={panels.closeInspector}
            />
          </Suspense>
        )}
      </div>
      {panels.finding && (
        <Suspense>
          <FindBar
            window={window}
            sources={sources}
            types={types}
            onLooks={panels.setFoundLooks}
            onClose={panels.closeFind}
            onGo={({ row, source }) => {
              select(selectCell({ row: row - firstRow, column: Math.max(0, sources.indexOf(source)) }));
              grid.current?.reveal(row - firstRow);
            }}
          />
        </Suspense>
      )}
      {panels.lens && aged !== undefined && (
        <Suspense>
          <AgeLens
            key={landing.id}
            reader={reader}
            header={header.columns}
            columns={columns}
            firstRow={firstRow}
            {...aged}
            onLooks={panels.setAgeLooks}
            onClose={panels.closeLens}
          />
        </Suspense>
      )}
      {props.bar(reachedIn(reading, header), tools)}
    </>
  );
}

/** The table whose cells have write times, where the rows are of one that is known. */
function agedPlace(place: ResultPlace | undefined, table: Table | undefined) {
  if (place?.keyspace == null || place.table === null || table === undefined) return undefined;
  return { table, place: { cluster: place.cluster, keyspace: place.keyspace, table: place.table } };
}

/** How far a turn of the wheel goes down; some browsers tell it in lines. */
function wheelPx({ deltaY, deltaMode }: WheelEvent): number {
  return deltaMode === 0 ? deltaY : deltaY * ROW_PX;
}
