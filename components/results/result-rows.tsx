import { useQueryClient } from '@tanstack/react-query';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { Grid } from '@/components/grid/grid';
import type { ColumnActions } from '@/components/grid/types';
import type { Row } from '@/lib/client/stream';
import type { HeaderFrame, ResultColumn } from '@/lib/contract/frames';
import type { JsonValue } from '@/lib/contract/json';
import type { Table } from '@/lib/contract/schema';
import { isPlain, type LayoutAction } from '@/lib/grid/column-layout';
import { type RowView, rowAt as rowOf } from '@/lib/grid/page-window';
import { isOneCell, selectCell, selectColumns, selectedRange } from '@/lib/grid/selection';
import { cellContent } from './cell';
import { useColumnLayout } from './columns/use-column-layout';
import type { CopyForm } from './copy/copy-forms';
import type { ResultPlace } from './place';
import { reachedIn } from './reached';
import { resultColumns, shownColumns } from './result-columns';
import type { ResultReader, ResultState } from './result-reader';
import { useSaid } from './use-said';
import { useSelection } from './use-selection';

const Inspector = lazy(() => import('./inspector/inspector'));
const ColumnMenu = lazy(() => import('./columns/column-menu'));
const RowTools = lazy(() => import('./row-tools'));

interface ResultRowsProps {
  reader: ResultReader;
  state: ResultState;
  header: HeaderFrame;
  table: Table | undefined;
  place: ResultPlace | undefined;
  keepsColumns: boolean;
  onHeader: (() => void) | undefined;
  /** What stands between the grid's scrollbar and the inspector. */
  side: ReactNode;
  /** What can be done with the selected row. */
  rowTools: ((columns: readonly ResultColumn[], values: Row) => ReactNode) | undefined;
  /** What stands below the header when there is no row. */
  empty: ReactNode;
  /** The line below: how far the rows reach where no share of the ring says it, and what belongs to the selection. */
  bar: (reached: string | null, selectionTools: ReactNode) => ReactNode;
}

/** The grid over a reader's window, with selection, copying and the inspector. */
export function ResultRows({ reader, state, header, table, place, keepsColumns, ...props }: ResultRowsProps) {
  const { window, reading, landing } = state;
  const { firstRow, rowCount } = window.marks;
  const holder = useRef<HTMLDivElement>(null);
  const client = useQueryClient();
  const { selection, select, narrow } = useSelection(firstRow, landing.id);
  const [inspecting, setInspecting] = useState(false);
  const [menuColumn, setMenuColumn] = useState<number | null>(null);
  const { said, say } = useSaid();
  const reversed = reader.source.body.reversed === true;
  const { columns: base, types } = useMemo(
    () => resultColumns(header.columns, table, reversed),
    [header, table, reversed],
  );
  const { layout, arranged, change } = useColumnLayout(base, layoutKey(header, keepsColumns ? place : undefined));
  const columns = useMemo(() => shownColumns(base, arranged), [base, arranged]);
  const renderCell = useCallback((value: JsonValue, source: number) => cellContent(value, types[source]), [types]);
  const onView = useCallback(
    ({ first, last, top }: RowView) =>
      reader.view({ first: first + firstRow, last: last + firstRow, top: top + firstRow }),
    [reader, firstRow],
  );
  const rowAt = (row: number) => rowOf(window, row + firstRow);

  const changeColumns = (action: LayoutAction) => {
    change(action);
    // The same places show other columns now.
    if (action.type !== 'resize' && selection !== null) select(null);
  };
  const fitColumn = (index: number) => {
    const column = columns[index];
    if (column === undefined) return;
    void import('./columns/fit-width').then(({ fittingWidth }) => {
      const values = [...window.loaded.values()].flatMap((rows) => rows.map((row) => row[column.source] ?? null));
      change({ type: 'resize', key: column.key, widthPx: fittingWidth(values, types[column.source], column) });
    });
  };
  const columnActions: ColumnActions = {
    resize: (index, widthPx) => change({ type: 'resize', key: columns[index]?.key ?? '', widthPx }),
    fit: fitColumn,
    move: (index, to) => {
      const key = columns[index]?.key ?? '';
      change({ type: 'move', key, to });
      const moved = Math.min(Math.max(to, 0), columns.length - 1);
      if (selection !== null) select(selectCell({ row: selection.active.row, column: moved }));
    },
    menu: setMenuColumn,
  };
  const copy = (form: CopyForm, whole: boolean) => {
    if (selection === null) return;
    const range = selectedRange(selection);
    const [from, to] = whole ? [0, columns.length] : [range.firstColumn, range.lastColumn + 1];
    const sources =
      form === 'insert'
        ? header.columns.map((_, source) => source)
        : columns.slice(from, to).map(({ source }) => source);
    const rows = { first: range.firstRow + firstRow, last: range.lastRow + firstRow };
    const context = { source: reader.source, window, columns: header.columns, table, place, client };
    void import('./copy/copy-cells').then(({ copyCells }) => copyCells({ form, rows, sources }, context)).then(say);
  };
  const focusGrid = useCallback(() => holder.current?.querySelector<HTMLElement>('[role=grid]')?.focus(), []);
  const closeInspector = useCallback(() => {
    setInspecting(false);
    focusGrid();
  }, [focusGrid]);
  const back = () => {
    if (inspecting) setInspecting(false);
    else if (selection !== null && !isOneCell(selection)) narrow();
  };

  const active = selection?.active;
  const activeSource = active === undefined ? undefined : columns[active.column]?.source;
  const attachment = (index: number) => {
    const column = columns[index];
    if (index !== menuColumn || column === undefined) return null;
    return (
      <Suspense>
        <ColumnMenu
          column={column}
          index={index}
          hidden={base.filter(({ key }) => layout.hidden.includes(key))}
          changed={!isPlain(layout)}
          onChange={changeColumns}
          onFit={() => fitColumn(index)}
          onSelect={() => select(selectColumns(selectCell({ row: 0, column: index }), rowCount))}
          onOrder={props.onHeader}
          onClose={() => setMenuColumn(null)}
        />
      </Suspense>
    );
  };
  const activeValues = active === undefined ? undefined : rowAt(active.row);
  const tools = (
    <Suspense>
      {activeValues != null && props.rowTools?.(header.columns, activeValues)}
      <RowTools
        said={said}
        selected={selection !== null}
        insertable={place?.table != null && table?.kind === 'table'}
        onCopy={copy}
      />
    </Suspense>
  );

  return (
    <>
      <div ref={holder} className="relative flex min-h-0 flex-1">
        <div className="relative min-w-0 flex-1">
          <Grid
            label={`Rows of ${reader.source.label}`}
            columns={columns}
            rowCount={rowCount}
            front={-firstRow}
            landing={{ ...landing, row: landing.row - firstRow }}
            open={reading.phase !== 'complete'}
            rowAt={rowAt}
            renderCell={renderCell}
            selection={selection}
            onSelection={select}
            onView={onView}
            columnActions={columnActions}
            attachment={attachment}
            onInspect={() => setInspecting(true)}
            onCopy={() => copy('text', false)}
            onFind={() => undefined}
            onBack={back}
          />
          {rowCount === 0 && <div className="absolute inset-x-0 top-11 bottom-0 overflow-auto">{props.empty}</div>}
        </div>
        {props.side}
        {inspecting && active !== undefined && activeSource !== undefined && (
          <Suspense>
            <Inspector
              row={active.row}
              source={activeSource}
              columns={header.columns}
              values={rowAt(active.row)}
              table={table}
              place={place}
              onClose={closeInspector}
            />
          </Suspense>
        )}
      </div>
      {props.bar(reachedIn(reading, header), tools)}
    </>
  );
}

function layoutKey({ columns }: HeaderFrame, place: ResultPlace | undefined) {
  if (place?.keyspace != null && place.table !== null) {
    return { kept: true, key: JSON.stringify([place.cluster, place.keyspace, place.table]) };
  }
  return { kept: false, key: JSON.stringify(columns.map(({ name, type }) => [name, type])) };
}
