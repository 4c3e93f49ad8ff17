import { useRef, useState } from 'react';
import { Grid } from '@/components/grid/grid';
import { type CellOverlay, type ColumnActions, type GridHandle, HEADER_PX, ROW_PX } from '@/components/grid/types';
import type { ShownResult } from '@/components/results/editing';
import { cellFace } from '@/components/results/rows/cell-face';
import { Button } from '@/components/ui/button';
import type { ChangeStore } from '@/lib/changes/change-store';
import type { JsonValue } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import { insertEditAct, insertedValues } from '@/lib/edit/acts';
import type { EditableRows } from '@/lib/edit/editable';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import { moveSelection, type Selection, selectCell, selectedRange } from '@/lib/grid/selection';
import { plural } from '@/lib/text/format';
import { type AfterEdit, CellEditor } from '../cell/cell-editor';
import { type EditKeyActs, editKeys } from './edit-keys';
import { frequentValues } from './frequent-values';
import { newLook } from './looks';
import type { Task } from './tasks';
import { ttlWords } from './ttl-words';
import { said } from './use-acts';

type Insert = Extract<RowChange, { readonly kind: 'insert' }>;

/** More are scrolled to. */
const MOST_ROWS = 5;
const SCROLLBAR_PX = 14;

interface NewRowsProps {
  result: Pick<ShownResult, 'shown' | 'grid' | 'inMemory'>;
  rows: EditableRows;
  store: ChangeStore;
  inserts: readonly Insert[];
  shown: Pick<ShownChanges, 'endingOf'>;
  /** What the keys do wherever the rows are. */
  keyActs: EditKeyActs;
  onTask: (task: Task) => void;
}

/** New rows, in a place of their own: they are nowhere among the rows that are read. */
export function NewRows(props: NewRowsProps) {
  const { result, rows, inserts, shown, keyActs } = props;
  const grid = useRef<GridHandle>(null);
  const { selection, select, overlay, selected } = useNewRows(props, () => grid.current?.focus());
  const at = (row: number) => {
    const insert = inserts[row];
    return insert === undefined ? null : insertedValues(rows, insert);
  };
  return (
    <section aria-label="New rows" className="shrink-0 border-line-strong border-t">
      <Head {...props} active={selection === null ? undefined : inserts[selection.active.row]} selected={selected} />
      <div style={{ height: HEADER_PX + ROW_PX * Math.min(inserts.length, MOST_ROWS) + SCROLLBAR_PX }}>
        <Grid<JsonValue | undefined>
          label="New rows"
          handle={grid}
          columns={result.shown}
          columnActions={NO_ACTIONS}
          attachment={() => null}
          rows={{ count: inserts.length, open: false, at, onView: nothing }}
          cells={{
            faceOf: (value, source) => cellFace(value ?? null, rows.columns[source]?.type),
            looks: (row) => newLook(inserts[row] && shown.endingOf(inserts[row])),
          }}
          selection={{ now: selection, change: select }}
          overlay={overlay}
          commands={{
            ...NO_COMMANDS,
            back: () => result.grid.current?.focus(),
            open: () => selected?.edit(),
            keys: (event) => editKeys(event, { ...keyActs, selected }),
          }}
        />
      </div>
    </section>
  );
}

function nothing(): void {}

const NO_ACTIONS: ColumnActions = { resize: nothing, fit: nothing, move: nothing, sort: nothing, menu: nothing };
const NO_COMMANDS = { inspect: nothing, record: nothing, cellMenu: nothing, copy: nothing, find: nothing };

type Selected = EditKeyActs['selected'];

interface HeadProps extends NewRowsProps {
  active: Insert | undefined;
  selected: Selected;
}

/** How many there are, and what is done with the one that is selected. */
function Head({ inserts, active, selected, onTask }: HeadProps) {
  const ttl = active?.ttlSeconds;
  return (
    <div className="flex min-h-8 items-center gap-2 bg-ok-soft px-3 text-xs">
      <p className="mr-auto min-w-0 py-1">
        <span className="font-medium">{plural(inserts.length, 'new row')}</span>, not written yet. “–” is unset.
        {ttl !== undefined && ` The selected one ${ttlWords(ttl)}.`}
      </p>
      <Button
        size="sm"
        variant="ghost"
        disabled={active === undefined}
        onClick={() => active && onTask({ kind: 'new_ttl', insert: active })}
      >
        TTL…
      </Button>
      <Button size="sm" variant="ghost" disabled={selected === undefined} onClick={selected?.deleteRows}>
        Remove
      </Button>
    </div>
  );
}

/** What is selected among the new rows, and the cell that is being edited. */
function useNewRows({ result, rows, store, inserts }: NewRowsProps, focus: () => void) {
  const { shown } = result;
  const [held, select] = useState<Selection | null>(null);
  const [cell, setCell] = useState<{ row: number; column: number; insert: Insert; typed: string | undefined }>();
  const last = held === null ? 0 : Math.max(held.active.row, held.anchor.row);
  const selection = held !== null && last < inserts.length ? held : null;
  const end = (after: AfterEdit) => {
    setCell(undefined);
    focus();
    if (after === 'stay' || cell === undefined) return;
    const bounds = { rows: inserts.length, columns: shown.length, viewRows: 1 };
    select(moveSelection(selectCell(cell), after, bounds, false));
  };
  const source = cell === undefined ? undefined : shown[cell.column]?.source;
  const column = source === undefined ? undefined : rows.columns[source];
  const overlay: CellOverlay | undefined =
    cell === undefined || source === undefined || column === undefined
      ? undefined
      : {
          row: cell.row,
          column: cell.column,
          content: (
            <CellEditor
              key={`${cell.row} ${cell.column}`}
              column={column}
              value={insertedValues(rows, cell.insert)[source]}
              typed={cell.typed}
              seen={frequentValues(result.inMemory(), source)}
              onCommit={(edit, after) => {
                said(() => {
                  const act = insertEditAct(rows.table, cell.insert, column, edit);
                  if (act !== null) store.act(act);
                });
                end(after);
              }}
              onCancel={() => end('stay')}
            />
          ),
        };
  const begin = (typed?: string) => {
    if (selection === null) return;
    const insert = inserts[selection.active.row];
    if (insert !== undefined) setCell({ ...selection.active, insert, typed });
  };
  const selected = selection === null ? undefined : selectedActs({ rows, store, inserts, shown, selection, begin });
  return { selection, select, overlay, selected };
}

interface SelectedNew extends Pick<NewRowsProps, 'rows' | 'store' | 'inserts'> {
  shown: ShownResult['shown'];
  selection: Selection;
  begin: (typed?: string) => void;
}

/** A new row that is deleted is none, and a value that is deleted is unset. */
function selectedActs({ rows, store, inserts, shown, selection, begin }: SelectedNew): Selected {
  const { firstRow, lastRow, firstColumn, lastColumn } = selectedRange(selection);
  const chosen = inserts.slice(firstRow, lastRow + 1);
  const names = shown.slice(firstColumn, lastColumn + 1).map(({ source }) => rows.columns[source]?.name ?? '');
  return {
    edit: begin,
    toNull: () =>
      said(() => {
        for (const { key, values } of chosen) {
          for (const column of names.filter((name) => Object.hasOwn(values, name))) {
            store.act({ do: 'revert', key, column });
          }
        }
      }),
    deleteRows: () =>
      said(() => store.act({ do: 'changes', changes: chosen.map(({ key }) => ({ kind: 'delete', key })) })),
    fill: nothing,
  };
}
