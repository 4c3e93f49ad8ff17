import { Plus } from 'lucide-react';
import { useLayoutEffect, useMemo, useRef } from 'react';
import type { CellOverlay } from '@/components/grid/types';
import type { GridCell, RowEdits, ShownResult } from '@/components/results/editing';
import { IconButton } from '@/components/ui/icon-button';
import type { Row } from '@/lib/client/stream-events';
import { cellPlace, type EditableRows } from '@/lib/edit/editable';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import { CellEditor } from '../cell/cell-editor';
import type { CellCommands } from './cell-commands';
import { type EditKeyActs, editKeys } from './edit-keys';
import { frequentValues } from './frequent-values';
import { looksOf } from './looks';
import { editOffers, menuOffers } from './offers';
import type { Acts } from './use-acts';
import { editRefusal } from './use-cell-edit';

interface Options {
  result: ShownResult;
  rows: EditableRows;
  shown: ShownChanges;
  acts: Acts;
  overlay: CellOverlay | undefined;
  keyActs: EditKeyActs;
  commandsFor: (row: number, column: number) => CellCommands | undefined;
}

/** Gives the edits to the grid, again only when they look otherwise: what they do is always the latest. */
export function usePublished(options: Options): void {
  const latest = useRef(options);
  useLayoutEffect(() => {
    latest.current = options;
  });
  const { rows, shown, overlay } = options;
  const { publish } = options.result;
  // The rows that are read then: the grid may count from another one by now.
  const looks = useMemo(() => looksOf(rows, shown, (row) => latest.current.result.rows.at(row)), [rows, shown]);
  const edits = useMemo((): RowEdits => {
    return {
      rowOf: (values) => shown.of(values).values,
      looks,
      overlay,
      tools: <AddButton onAdd={() => latest.current.keyActs.add()} />,
      keys: (event) => editKeys(event, latest.current.keyActs),
      open: () => latest.current.keyActs.selected?.edit(),
      offers: (row, column) => offersOf(latest.current, row, column),
      editor: (cell, onEnd) => fieldEditor(latest.current, cell, onEnd),
      refusal: ({ row, source }) => {
        const values = latest.current.result.rows.at(row);
        return values == null ? 'This row is not in memory, or gone.' : fieldRefusal(latest.current, values, source);
      },
    };
  }, [shown, looks, overlay]);
  useLayoutEffect(() => publish(edits), [publish, edits]);
  useLayoutEffect(() => () => publish(undefined), [publish]);
}

function AddButton({ onAdd }: { onAdd: () => void }) {
  return (
    <IconButton label="Add a row" keys="editAdd" size="sm" onClick={onAdd}>
      <Plus size={14} aria-hidden="true" />
    </IconButton>
  );
}

function offersOf({ rows, shown, commandsFor }: Options, row: number, column: number) {
  const found = commandsFor(row, column);
  return found === undefined ? [] : menuOffers(editOffers(rows, shown, found.cell), found.commands);
}

/** Outside of the grid a part of the key cannot be edited either: the row moves by the cell's menu. */
function fieldRefusal({ rows, shown }: Options, values: Row, source: number): string | null {
  const place = cellPlace(rows, values, source);
  return place.kind === 'key'
    ? 'Part of the primary key: move the row to change it.'
    : editRefusal(rows, shown, values, source);
}

function fieldEditor({ result, rows, shown, acts }: Options, { row, source }: GridCell, onEnd: () => void) {
  const values = result.rows.at(row);
  const column = rows.columns[source];
  if (values == null || column === undefined) return null;
  return (
    <CellEditor
      column={column}
      value={shown.of(values).values[source] ?? null}
      seen={frequentValues(result.inMemory(), source)}
      onCommit={(edit) => {
        acts.edit(values, source, edit);
        onEnd();
      }}
      onCancel={onEnd}
    />
  );
}
