import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, type WheelEvent } from 'react';
import { Grid } from '@/components/grid/grid';
import {
  type CellLooks,
  type GridCells,
  type GridColumn,
  type GridHandle,
  type GridRows,
  ROW_PX,
} from '@/components/grid/types';
import type { Row } from '@/lib/client/stream';
import type { HeaderFrame, ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import type { LayoutAction } from '@/lib/grid/column-layout';
import { type RowView, rowAt } from '@/lib/grid/page-window';
import { type Selection, selectCell, selectColumns } from '@/lib/grid/selection';
import { AS_READ } from '@/lib/local/local-view';
import type { ResultReader } from '@/lib/reader/result-reader';
import type { ResultState } from '@/lib/reader/result-state';
import type { CellAction } from '@/lib/values/cell-menu';
import type { CellOffers } from '../cell-menu/offers';
import type { CopyForm } from '../copy/copy-forms';
import { reachedIn } from '../fetch-bar/reached';
import type { LocalControl } from '../local/local-control';
import { type Local, useLocal, useSortedColumns } from '../local/use-local';
import type { ResultPlace } from '../place';
import { cellFace } from './cell-face';
import { useCellMenu } from './use-cell-menu';
import { useColumnHeads } from './use-column-heads';
import { useCopying } from './use-copying';
import { usePanels } from './use-panels';
import { useSelection } from './use-selection';
import { type ShownColumns, useShownColumns } from './use-shown-columns';

const Inspector = lazy(() => import('../inspector/inspector'));
const RecordView = lazy(() => import('../record/record-view'));
const CellMenu = lazy(() => import('../cell-menu/cell-menu'));
const ColumnMenu = lazy(() => import('../columns/column-menu'));
const SelectionTools = lazy(() => import('./row-tools'));
const FindBar = lazy(() => import('../find/find-bar'));
const AgeLens = lazy(() => import('../age/age-lens'));
const LocalBar = lazy(() => import('../local/local-bar'));
const ColumnSummary = lazy(() => import('../local/column-summary'));
const SummaryPanel = lazy(() => import('../local/summary-panel'));

/** What can be done with a row, given its columns and values: in the line below the rows, or in the inspector's head. */
export type RowTools = (columns: readonly ResultColumn[], values: Row, at: 'bar' | 'inspector') => ReactNode;

interface ResultRowsProps {
  reader: ResultReader;
  state: ResultState;
  header: HeaderFrame;
  table: Table | undefined;
  place: ResultPlace | undefined;
  keepsColumns: boolean;
  /** How the rows are sorted and filtered on this page. */
  local: LocalControl;
  onHeader: (() => void) | undefined;
  /** What stands between the grid's scrollbar and the inspector. A wheel turned over it scrolls the rows. */
  side: ReactNode;
  /** What can be done with the selected row. */
  rowTools: RowTools | undefined;
  /** What whoever shows the rows adds to a cell's menu. */
  cellOffers: CellOffers | undefined;
  /** What stands below the header when there is no row. */
  empty: ReactNode;
  /** The line below: how far the rows reach where no share of the ring says it, and what belongs to the selection. */
  bar: (reached: string | null, selectionTools: ReactNode) => ReactNode;
}

/** The grid over a reader's window, with selection, copying, finding, the age lens and the inspector. */
export function ResultRows(props: ResultRowsProps) {
  const { state, header } = props;
  const parts = useParts(props);
  const { grid, panels, shown, rows } = parts;
  return (
    <>
      <div ref={parts.panes} className="relative flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          <RowsGrid result={props} parts={parts} />
          {rows.count === 0 && <div className="absolute inset-x-0 top-11 bottom-0 overflow-auto">{props.empty}</div>}
        </div>
        <div className="contents" onWheel={(event) => grid.current?.scrollBy(wheelPx(event))}>
          {props.side}
        </div>
        <SidePanel result={props} parts={parts} />
      </div>
      <CellMenuPanel parts={parts} />
      {panels.finding && (
        <FindPanel
          window={state.window}
          shown={shown}
          onLooks={panels.setFoundLooks}
          onClose={panels.closeFind}
          onGo={parts.goTo}
        />
      )}
      <LocalPanel result={props} parts={parts} />
      <LensPanel result={props} parts={parts} />
      {props.bar(reachedIn(state.reading, header), <Tools result={props} parts={parts} />)}
    </>
  );
}

type Parts = ReturnType<typeof useParts>;

interface PartProps {
  result: ResultRowsProps;
  parts: Parts;
}

/** What the grid and all that stands around it share. */
function useParts({ reader, state, header, table, place, keepsColumns, ...props }: ResultRowsProps) {
  const grid = useRef<GridHandle>(null);
  const panes = useRef<HTMLDivElement>(null);
  const shown = useShownColumns({ reader, header, table, keptFor: keepsColumns ? place : undefined });
  const local = useLocal(props.local, header, shown);
  const columns = useSortedColumns(shown.columns, state.isArranged ? local.view : AS_READ);
  const { selection, select, narrow } = useSelection(state.window.marks.firstRow, state.landing.id, columns.length);
  const rows = useGridRows(reader, state);
  const cell = activeCell(selection, columns, rows.at);
  const { repeatable, order } = reader.source;
  return {
    grid,
    panes,
    shown,
    columns,
    local,
    rows,
    cell,
    selection: { now: selection, change: select },
    heads: useColumnHeads(shown, selection, select, (column, adds) =>
      local.press(column, adds, { state, repeatable, order }),
    ),
    copying: useCopying({ reader, header, table, place, columns, selection }),
    panels: usePanels({ grid, panes, selection, narrow }),
    cellMenu: useCellMenu({ header, table, columns, rowAt: rows.at, selection, offersOf: props.cellOffers }),
    aged: agedPlace(place, table),
    rowTools: (at: 'bar' | 'inspector') =>
      cell?.values == null ? undefined : props.rowTools?.(header.columns, cell.values, at),
    goTo: (row: number, column: number) => {
      select(selectCell({ row, column }));
      grid.current?.reveal(row);
    },
  };
}

function RowsGrid({ result: { reader, state, keepsColumns, onHeader }, parts }: PartProps) {
  const { shown, rows, heads, selection, panels, copying } = parts;
  return (
    <Grid
      label={`Rows of ${reader.source.label}`}
      handle={parts.grid}
      columns={parts.columns}
      columnActions={heads.actions}
      attachment={(index) =>
        index === heads.menuColumn && (
          <HeadMenu
            shown={shown}
            index={index}
            sorting={{ local: parts.local, state, repeatable: reader.source.repeatable }}
            onChange={heads.change}
            onSelect={() => selection.change(selectColumns(selectCell({ row: 0, column: index }), rows.count))}
            onOrder={onHeader}
            onHidden={keepsColumns ? onHeader : undefined}
            onClose={heads.closeMenu}
          />
        )
      }
      rows={rows}
      cells={useCells(shown.types, panels.looks)}
      selection={selection}
      commands={{
        inspect: panels.inspect,
        record: panels.record,
        cellMenu: parts.cellMenu.open,
        copy: () => copying.copy('text', false),
        find: panels.openFind,
        back: panels.back,
      }}
    />
  );
}

/** How the rows are arranged on this page, and the summary of a column, as far as somebody has asked for it. */
function LocalPanel({ result: { reader, state }, parts: { local, grid } }: PartProps) {
  const summarized = local.summaryOf === null ? undefined : local.columns[local.summaryOf];
  return (
    <Suspense>
      {local.isOpen && <LocalBar reader={reader} state={state} local={local} onEnd={() => grid.current?.focus()} />}
      {summarized && <ColumnSummary reader={reader} state={state} local={local} column={summarized} />}
    </Suspense>
  );
}

/** The summary of all columns, beside the grid. */
function SummarySide({ result: { reader, state }, parts: { local, panels } }: PartProps) {
  return (
    <Suspense>
      <SummaryPanel
        reader={reader}
        state={state}
        columns={local.columns}
        onColumn={local.summarize}
        onClose={panels.closeSide}
      />
    </Suspense>
  );
}

/** One value, or one row, beside the grid. */
function SidePanel({ result, parts }: PartProps) {
  const { header, table, place } = result;
  const { panels, cell, rows, shown, aged, goTo } = parts;
  const tools = parts.rowTools('inspector');
  if (panels.side === 'inspector' && cell !== undefined) {
    return (
      <Suspense>
        <Inspector
          {...cell}
          columns={header.columns}
          table={table}
          place={place}
          tools={tools}
          onRecord={panels.record}
          onClose={panels.closeSide}
        />
      </Suspense>
    );
  }
  if (panels.side === 'summary') return <SummarySide result={result} parts={parts} />;
  if (panels.side !== 'record') return null;
  const column = (source: number) => shown.columns.findIndex((one) => one.source === source);
  return (
    <Suspense>
      <RecordView
        row={cell?.row ?? null}
        rowCount={rows.count}
        values={cell?.values}
        source={cell?.source ?? -1}
        columns={header.columns}
        types={shown.types}
        aged={aged}
        tools={tools}
        isHidden={(source) => column(source) === -1}
        onRow={(row) => cell !== undefined && goTo(row, column(cell.source))}
        onInspect={(source) => {
          if (cell !== undefined) goTo(cell.row, column(source));
          panels.inspect();
        }}
        onClose={panels.closeSide}
      />
    </Suspense>
  );
}

/** A cell's menu, while it is open. */
function CellMenuPanel({ parts }: { parts: Parts }) {
  const { cellMenu, panels, copying, shown, heads, goTo } = parts;
  const { menu, facts } = cellMenu;
  const column = menu === null ? undefined : shown.columns[menu.column];
  if (menu === null || facts === undefined || column === undefined) return null;
  const act = (action: CellAction) => {
    const copies = COPIES[action];
    if (copies !== undefined) return copying.copy(...copies);
    if (action === 'hide') return heads.change({ type: 'hide', key: column.key });
    goTo(menu.row, menu.column);
    if (action === 'inspect') panels.inspect();
    else panels.record();
  };
  return (
    <Suspense>
      <CellMenu
        key={menu.id}
        facts={facts}
        xPx={menu.xPx}
        yPx={menu.yPx}
        offers={menu.offers}
        onAct={act}
        // The row that is acted on is the active one.
        onOffer={() => goTo(menu.row, menu.column)}
        onClose={cellMenu.close}
      />
    </Suspense>
  );
}

/** What is copied by an action, and whether whole rows are. */
const COPIES: Readonly<Record<CellAction, readonly [form: CopyForm, whole: boolean] | undefined>> = {
  inspect: undefined,
  record: undefined,
  hide: undefined,
  'copy.text': ['text', false],
  'copy.cql': ['cql', false],
  'copy.json': ['json', false],
  'copy.rows.json': ['json', true],
  'copy.rows.csv': ['csv', true],
  'copy.rows.insert': ['insert', true],
  'copy.rows.where': ['where', true],
};

function LensPanel({ result: { reader, state, header }, parts: { panels, aged, shown } }: PartProps) {
  if (!panels.lens || aged === undefined) return null;
  return (
    <Suspense>
      <AgeLens
        key={state.landing.id}
        reader={reader}
        header={header.columns}
        columns={shown.columns}
        firstRow={state.window.marks.firstRow}
        {...aged}
        onLooks={panels.setAgeLooks}
        onClose={panels.closeLens}
      />
    </Suspense>
  );
}

/** What can be done with the selection, in the line below the rows. */
function Tools({ result: { place, table }, parts }: PartProps) {
  const { panels, copying, selection, shown, aged } = parts;
  return (
    <Suspense>
      {parts.rowTools('bar')}
      <SelectionTools
        finding={panels.finding}
        selected={selection.now !== null}
        hidden={shown.hidden.length > 0}
        lens={aged === undefined ? undefined : panels.lens}
        keyed={place?.table != null && table !== undefined}
        insertable={place?.table != null && table?.kind === 'table'}
        onCopy={copying.copy}
        onFind={panels.openFind}
        onFilter={parts.local.openFilter}
        onRecord={panels.openRecord}
        summary={panels.side === 'summary'}
        onSummary={panels.toggleSummary}
        onLens={panels.toggleLens}
      />
    </Suspense>
  );
}

interface HeadMenuProps {
  shown: ShownColumns;
  index: number;
  sorting: { local: Local; state: ResultState; repeatable: boolean };
  onChange: (action: LayoutAction) => void;
  onSelect: () => void;
  onOrder: (() => void) | undefined;
  onHidden: (() => void) | undefined;
  onClose: () => void;
}

/** The menu of the column that is shown at `index`. */
function HeadMenu({ shown, index, ...actions }: HeadMenuProps) {
  const column = shown.columns[index];
  if (column === undefined) return null;
  return (
    <Suspense>
      <ColumnMenu
        column={column}
        index={index}
        hidden={shown.hidden}
        changed={shown.isChanged}
        onFit={() => shown.actions.fit(index)}
        {...actions}
      />
    </Suspense>
  );
}

interface FindPanelProps {
  window: ResultState['window'];
  shown: ShownColumns;
  /** Goes to a cell, by where it is shown. */
  onGo: (row: number, column: number) => void;
  onLooks: (looks: CellLooks | undefined) => void;
  onClose: () => void;
}

function FindPanel({ window, shown, onGo, onLooks, onClose }: FindPanelProps) {
  const sources = useMemo(() => shown.columns.map(({ source }) => source), [shown.columns]);
  const { firstRow } = window.marks;
  return (
    <Suspense>
      <FindBar
        window={window}
        sources={sources}
        types={shown.types}
        onLooks={onLooks}
        onClose={onClose}
        onGo={({ row, source }) => onGo(row - firstRow, Math.max(0, sources.indexOf(source)))}
      />
    </Suspense>
  );
}

/** The reader's window as rows of a grid, which count from 0 at the first that can be scrolled to. */
function useGridRows(reader: ResultReader, { window, reading, landing }: ResultState): GridRows<JsonValue> {
  const { firstRow, rowCount } = window.marks;
  const onView = useCallback(
    ({ first, last, top }: RowView) =>
      reader.view({ first: first + firstRow, last: last + firstRow, top: top + firstRow }),
    [reader, firstRow],
  );
  return {
    count: rowCount,
    open: reading.phase !== 'complete',
    front: -firstRow,
    landing: { ...landing, row: landing.row - firstRow },
    at: (row) => rowAt(window, row + firstRow),
    onView,
  };
}

function useCells(types: ShownColumns['types'], looks: CellLooks | undefined): GridCells<JsonValue> {
  const faceOf = useCallback((value: JsonValue, source: number) => cellFace(value, types[source]), [types]);
  return { faceOf, looks };
}

/** The active cell with the values of its row; undefined: none is active. */
function activeCell(selection: Selection | null, columns: readonly GridColumn[], rowOf: GridRows<JsonValue>['at']) {
  if (selection === null) return undefined;
  const { row, column } = selection.active;
  const source = columns[column]?.source;
  return source === undefined ? undefined : { row, source, values: rowOf(row) };
}

/** The table whose cells have write times, where the rows are of one that is known. */
function agedPlace(place: ResultPlace | undefined, table: Table | undefined) {
  if (place?.keyspace == null || place.table === null || table === undefined) return undefined;
  return { table, place: { cluster: place.cluster, keyspace: place.keyspace, table: place.table } };
}

/** How far down a turn of the wheel scrolls; some browsers report lines. */
function wheelPx({ deltaY, deltaMode }: WheelEvent): number {
  return deltaMode === 0 ? deltaY : deltaY * ROW_PX;
}
