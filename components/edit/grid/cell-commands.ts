import type { ShownResult } from '@/components/results/editing';
import type { ChangeStore } from '@/lib/changes/change-store';
import { type EditableRows, partitionKeyOf, rowKeyOf } from '@/lib/edit/editable';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import { includesCell, type Selection, selectCell, selectedRange } from '@/lib/grid/selection';
import type { EditCommands, OfferedCell } from './offers';
import type { Task } from './tasks';
import { type Acts, said, sayRefusal } from './use-acts';

interface Options {
  result: ShownResult;
  rows: EditableRows;
  shown: ShownChanges;
  store: ChangeStore;
  acts: Acts;
  begin: (row: number, column: number, typed?: string) => void;
  setTask: (task: Task) => void;
}

/** A cell, what is selected with it, and what can be done to them. */
export interface CellCommands {
  readonly cell: OfferedCell;
  readonly commands: EditCommands;
}

/** The commands for a cell of the grid; undefined where its row is not in memory, or gone. */
export function commandsOf(options: Options, row: number, column: number): CellCommands | undefined {
  const { result, rows, shown, store, acts, begin, setTask } = options;
  const source = result.shown[column]?.source;
  const values = result.rows.at(row);
  if (source === undefined || values == null) return undefined;
  const selection = selectionAt(result.selection.now, row, column);
  const { firstRow, lastRow, firstColumn, lastColumn } = selectedRange(selection);
  const selectedRows = lastRow - firstRow + 1;
  const cell = { values, source, rows: selectedRows, cells: selectedRows * (lastColumn - firstColumn + 1) };
  const commands: EditCommands = {
    edit: () => begin(row, column),
    toNull: () => acts.toNull(result, selection),
    fill: () => acts.fill(result, selection, (one) => [...shown.of(one).values]),
    paste: () =>
      void navigator.clipboard.readText().then(
        (text) => acts.paste(result, selection, text),
        () => sayRefusal(new Error('The browser does not give the clipboard away here. Press the keys for Paste.')),
      ),
    add: () => setTask({ kind: 'add' }),
    duplicate: () => setTask({ kind: 'duplicate', values }),
    move: () => setTask({ kind: 'move', values }),
    deleteRows: () => acts.deleteRows(result, selection),
    deleteMany: () => setTask({ kind: 'many', values }),
    cellTtl: () => setTask({ kind: 'ttl', values, source }),
    rowTtl: () => setTask({ kind: 'ttl', values, source: null }),
    revert: () =>
      said(() => {
        const { fate, cells } = shown.of(values);
        const own = [...cells.keys()].some((one) => rows.columns[one]?.kind === 'regular');
        const key = own || fate !== 'kept' ? rowKeyOf(rows, values) : partitionKeyOf(rows, values);
        store.act({ do: 'revert', key });
      }),
  };
  return { cell, commands };
}

/** What is selected where the cell is in it, else the cell alone. */
function selectionAt(selection: Selection | null, row: number, column: number): Selection {
  return selection !== null && includesCell(selection, { row, column }) ? selection : selectCell({ row, column });
}
