import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { CellOverlay } from '@/components/grid/types';
import type { ShownResult } from '@/components/results/editing';
import { toast } from '@/components/ui/toasts';
import type { Row } from '@/lib/client/stream-events';
import type { JsonValue } from '@/lib/contract/json';
import type { CellEdit } from '@/lib/contract/mutations';
import { cellPlace, type EditableRows, moveRefusal } from '@/lib/edit/editable';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import { moveSelection, selectCell } from '@/lib/grid/selection';
import { type AfterEdit, CellEditor } from '../cell/cell-editor';
import { frequentValues } from './frequent-values';
import type { Acts } from './use-acts';

/** The cell that is being edited, held by its row as it was read: rows may come in above it meanwhile. */
interface EditedCell {
  /** As the window counts. */
  readonly row: number;
  readonly source: number;
  readonly values: Row;
  readonly typed: string | undefined;
  /** Values to offer. */
  readonly seen: readonly JsonValue[];
}

interface Options {
  result: ShownResult;
  rows: EditableRows;
  shown: ShownChanges;
  acts: Acts;
  /** The cell is a part of the primary key. */
  onKey: (values: Row) => void;
}

/** The editor over a cell of the grid. */
export function useCellEdit({ result, rows, shown, acts, onKey }: Options) {
  const [cell, setCell] = useState<EditedCell | null>(null);
  const begin = (row: number, column: number, typed?: string) => {
    const source = result.shown[column]?.source;
    const values = result.rows.at(row);
    if (source === undefined) return;
    const why = values == null ? 'This row is not in memory, or gone.' : editRefusal(rows, shown, values, source);
    if (why !== null || values == null) return toast({ id: 'edit', text: why ?? '' });
    const place = cellPlace(rows, values, source);
    if (place.kind === 'key') {
      const stays = moveRefusal(rows);
      if (stays !== null) return toast({ id: 'edit', text: stays });
      if (typed === undefined) return onKey(values);
      return toast({ id: 'edit', text: `“${place.column.name}” is part of the primary key. F2 moves the row.` });
    }
    if (place.kind === 'cell' && place.column.kind === 'static') {
      toast({ id: 'edit', text: staticWords(place.column.name) });
    }
    result.grid.current?.reveal(row);
    const seen = frequentValues(result.inMemory(), source);
    setCell({ row: row + result.firstRow, source, values, typed, seen });
  };
  const end = (after: AfterEdit) => {
    setCell(null);
    result.grid.current?.focus();
    goOn(result, cell, after);
  };
  const commit = (edit: CellEdit, after: AfterEdit) => {
    if (cell !== null) acts.edit(cell.values, cell.source, edit);
    end(after);
  };
  return { begin, overlay: useOverlay({ result, rows, shown, cell, commit, end }) };
}

interface OverlayOptions extends Pick<Options, 'result' | 'rows' | 'shown'> {
  cell: EditedCell | null;
  commit: (edit: CellEdit, after: AfterEdit) => void;
  end: (after: AfterEdit) => void;
}

/** The editor in the place of its cell: another object only where it looks otherwise. */
function useOverlay({ result, rows, shown, cell, ...acts }: OverlayOptions): CellOverlay | undefined {
  const latest = useRef(acts);
  useLayoutEffect(() => {
    latest.current = acts;
  });
  const { shown: columns, firstRow } = result;
  return useMemo(() => {
    const column = cell === null ? undefined : rows.columns[cell.source];
    if (cell === null || column === undefined) return undefined;
    const at = columns.findIndex(({ source }) => source === cell.source);
    if (at === -1) return undefined;
    const content = (
      <CellEditor
        key={`${cell.row} ${cell.source}`}
        column={column}
        value={shown.of(cell.values).values[cell.source] ?? null}
        typed={cell.typed}
        seen={cell.seen}
        onCommit={(edit, after) => latest.current.commit(edit, after)}
        onCancel={() => latest.current.end('stay')}
      />
    );
    return { row: cell.row - firstRow, column: at, content };
  }, [rows, shown, cell, columns, firstRow]);
}

function staticWords(name: string): string {
  return `“${name}” is static: it belongs to the partition, and changes in all its rows.`;
}

/** Why a cell is not edited, whatever its column; null: it may be. */
export function editRefusal(rows: EditableRows, shown: ShownChanges, values: Row, source: number): string | null {
  const place = cellPlace(rows, values, source);
  if (place.kind === 'refused') return place.why;
  return shown.of(values).fate === 'deleted' ? 'This row is to be deleted. Take that back to edit it.' : null;
}

/** The cell that is active after an edit. */
function goOn(
  { rows, shown, selection, grid, firstRow }: ShownResult,
  cell: EditedCell | null,
  after: AfterEdit,
): void {
  if (after === 'stay' || cell === null) return;
  const column = shown.findIndex(({ source }) => source === cell.source);
  const bounds = { rows: rows.count, columns: shown.length, viewRows: 1 };
  const next = moveSelection(selectCell({ row: cell.row - firstRow, column }), after, bounds, false);
  if (next === null) return;
  selection.change(next);
  grid.current?.reveal(next.active.row);
}
