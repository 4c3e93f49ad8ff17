import { useMemo } from 'react';
import type { ShownResult } from '@/components/results/editing';
import { toast } from '@/components/ui/toasts';
import type { ChangeStore } from '@/lib/changes/change-store';
import type { Row } from '@/lib/client/stream-events';
import type { CellEdit } from '@/lib/contract/mutations';
import { type ActOnCells, cellAct, deletionAct, fillAct, nullsAct, type PasteProblem, pasteAct } from '@/lib/edit/acts';
import { pastedCells } from '@/lib/edit/clipboard';
import type { EditableRows } from '@/lib/edit/editable';
import type { QueueAct } from '@/lib/edit/queue';
import { EditError } from '@/lib/edit/table';
import { type Selection, selectedRange } from '@/lib/grid/selection';
import { plural } from '@/lib/text/format';

/** What can be done to the rows that are shown. Each act says in one line why it was refused, or what it left out. */
export function useActs(
  rows: EditableRows,
  store: ChangeStore,
  onProblems: (problems: readonly PasteProblem[]) => void,
) {
  return useMemo(() => actsOf(rows, store, onProblems), [rows, store, onProblems]);
}

export type Acts = ReturnType<typeof useActs>;

/** What of a result an act reads. */
type Shown = Pick<ShownResult, 'rows' | 'shown'>;

function actsOf(rows: EditableRows, store: ChangeStore, onProblems: (problems: readonly PasteProblem[]) => void) {
  const act = (make: () => QueueAct | null) => said(() => actIfAny(store, make()));
  const some = (make: () => ActOnCells) =>
    said(() => {
      const { act: found, skipped } = make();
      actIfAny(store, found);
      if (skipped.length > 0) toast({ id: 'edit', text: skipped.join(' ') });
    });
  return {
    act,
    edit: (values: Row, source: number, edit: CellEdit) =>
      act(() => cellAct(rows, store.getQueue(), { values, source }, edit)),
    toNull: (shown: Shown, selection: Selection) =>
      some(() => {
        const sources = sourcesOf(shown, selection);
        return nullsAct(
          rows,
          rowsOf(shown, selection).flatMap((values) => sources.map((source) => ({ values, source }))),
        );
      }),
    deleteRows: (shown: Shown, selection: Selection) => some(() => deletionAct(rows, rowsOf(shown, selection))),
    fill: (shown: Shown, selection: Selection, withEdits: (values: Row) => Row) =>
      act(() => {
        const [top, ...below] = rowsOf(shown, selection);
        return top === undefined ? null : fillAct(rows, withEdits(top), below, sourcesOf(shown, selection));
      }),
    paste: (shown: Shown, selection: Selection, text: string) =>
      said(() => {
        const { firstRow, firstColumn } = selectedRange(selection);
        const block = pastedCells(text);
        const onto = block.map((_, index) => shown.rows.at(firstRow + index) ?? undefined);
        const sources = shown.shown.slice(firstColumn).map(({ source }) => source);
        const found = pasteAct(rows, block, onto, sources);
        if (!('do' in found)) return onProblems(found);
        actIfAny(store, found);
        const cells = block.reduce((sum, line) => sum + line.length, 0);
        toast({ id: 'edit', text: `Pasted ${plural(cells, 'cell')}` });
      }),
  };
}

function actIfAny(store: ChangeStore, act: QueueAct | null): void {
  if (act !== null && !(act.do === 'changes' && act.changes.length === 0)) store.act(act);
}

/** Runs an act; why it was refused is said in one line. @returns false: it was refused */
export function said(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    sayRefusal(error);
    return false;
  }
}

export function sayRefusal(error: unknown): void {
  toast({ id: 'edit', tone: 'danger', text: error instanceof Error ? error.message : String(error) });
}

function sourcesOf({ shown }: Shown, selection: Selection): readonly number[] {
  const { firstColumn, lastColumn } = selectedRange(selection);
  return shown.slice(firstColumn, lastColumn + 1).map(({ source }) => source);
}

/** @throws EditError where some of them are not in memory: an act is on all that is selected */
function rowsOf({ rows }: Shown, selection: Selection): Row[] {
  const { firstRow, lastRow } = selectedRange(selection);
  const found: Row[] = [];
  for (let row = firstRow; row <= lastRow; row += 1) {
    const values = rows.at(row);
    if (values === undefined) {
      throw new EditError('Some of the selected rows have left memory. Select fewer, or scroll them into view.');
    }
    if (values !== null) found.push(values);
  }
  return found;
}
