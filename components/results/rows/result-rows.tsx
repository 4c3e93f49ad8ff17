import type { WheelEvent } from 'react';
import { ROW_PX } from '@/components/grid/types';
import { pagesInOrder } from '@/lib/reader/whole';
import type { ShownResult } from '../editing';
import { reachedIn } from '../fetch-bar/reached';
import { CellMenuPanel } from './cell-menu-panel';
import { RowPanels, Tools } from './row-panels';
import { RowsGrid } from './rows-grid';
import { SidePanel } from './side-panel';
import { type Parts, type ResultRowsProps, useRowParts } from './use-row-parts';

/** The grid over a reader's window, with selection, copying, finding, the age lens and the inspector. */
export function ResultRows(props: ResultRowsProps) {
  const { state, header } = props;
  const parts = useRowParts(props);
  const { grid, rows } = parts;
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
      <RowPanels result={props} parts={parts} />
      {props.editing?.(shownResult(props, parts))}
      {props.bar(reachedIn(state.reading, header), <Tools result={props} parts={parts} />)}
    </>
  );
}

/** The rows for whoever edits them. */
function shownResult({ header, state }: ResultRowsProps, parts: Parts): ShownResult {
  const { window } = state;
  return {
    columns: header.columns,
    shown: parts.columns,
    rows: parts.read,
    firstRow: window.marks.firstRow,
    *inMemory() {
      for (const rows of pagesInOrder(window)) yield* rows;
    },
    selection: parts.selection,
    grid: parts.grid,
    goTo: parts.goTo,
    publish: parts.publish,
  };
}

/** How far down a turn of the wheel scrolls; some browsers report lines. */
function wheelPx({ deltaY, deltaMode }: WheelEvent): number {
  return deltaMode === 0 ? deltaY : deltaY * ROW_PX;
}
