import { useCallback, useMemo, useState } from 'react';
import type { ShownResult } from '@/components/results/editing';
import { toast } from '@/components/ui/toasts';
import type { ChangeStore, Standing } from '@/lib/changes/change-store';
import { isJson } from '@/lib/contract/json';
import type { RowChange } from '@/lib/contract/mutations';
import type { PasteProblem } from '@/lib/edit/acts';
import type { EditableRows } from '@/lib/edit/editable';
import { KeyTexts, ShownChanges } from '@/lib/edit/shown-changes';
import { keyText } from '@/lib/edit/table';
import { type CellCommands, commandsOf } from './cell-commands';
import { EditBar } from './edit-bar';
import type { EditKeyActs } from './edit-keys';
import { frequentValues } from './frequent-values';
import { NewRows } from './new-rows';
import { TaskDialog } from './task-dialogs';
import type { Task } from './tasks';
import { said, sayRefusal, useActs } from './use-acts';
import { useCellEdit } from './use-cell-edit';
import { usePalette } from './use-palette';
import { usePasting } from './use-pasting';
import { usePublished } from './use-published';
import { useStanding } from './use-store';

interface EditedRowsProps {
  result: ShownResult;
  rows: EditableRows;
  store: ChangeStore;
  onApplied: () => void;
}

/** The changes that wait for the rows that are shown: what they look like, how they are made, and the bar below. */
export function EditedRows({ result, rows, store, onApplied }: EditedRowsProps) {
  const standing = useStanding(store);
  const shown = useShown(rows, standing);
  const [task, setTask] = useState<Task | null>(null);
  const [isStale, setStale] = useState(false);
  const end = () => {
    setTask(null);
    if (isStale) onApplied();
    setStale(false);
  };
  const onProblems = useCallback((problems: readonly PasteProblem[]) => setTask({ kind: 'problems', problems }), []);
  const acts = useActs(rows, store, onProblems);
  const edit = useCellEdit({ result, rows, shown, acts, onKey: (values) => setTask({ kind: 'move', values }) });
  const active = result.selection.now?.active;
  const commandsFor = (row: number, column: number) =>
    commandsOf({ result, rows, shown, store, acts, begin: edit.begin, setTask }, row, column);
  const keyActs = keyActsOf(result, store, setTask, edit.begin, commandsFor);
  usePasting(result.grid, (text) => result.selection.now !== null && acts.paste(result, result.selection.now, text));
  usePublished({ result, rows, shown, acts, overlay: edit.overlay, keyActs, commandsFor });
  const review = () => setTask({ kind: 'review' });
  usePalette(rows, shown, { ...keyActs, review }, active && commandsFor(active.row, active.column));
  return (
    <>
      {shown.inserts.length > 0 && (
        <NewRows {...{ result, rows, store, shown, keyActs }} inserts={shown.inserts} onTask={setTask} />
      )}
      <EditBar
        standing={standing}
        onUndo={keyActs.undo}
        onRedo={keyActs.redo}
        onReview={review}
        onDiscard={() => setTask({ kind: 'discard' })}
        onTakeOver={(id) => void store.takeOver(id).catch(sayRefusal)}
        onLook={(changes) => look(store, changes, onApplied)}
        onDiscardLeft={(id) => void store.discardLeft(id).catch(sayRefusal)}
      />
      {task !== null && (
        <TaskDialog
          {...{ task, rows, shown, store }}
          // The outcomes are read first: rows that are read again take the place of all of this.
          onApplied={() => setStale(true)}
          seenOf={(name) => frequentValues(result.inMemory(), rows.sources.get(name) ?? -1)}
          onShowRow={(key) => showRow(result, rows, key)}
          onEnd={end}
        />
      )}
    </>
  );
}

async function look(store: ChangeStore, changes: readonly RowChange[], onApplied: () => void): Promise<void> {
  const { lookAndSay } = await import('../review/last-run');
  await lookAndSay(store, changes, onApplied);
}

function useShown(rows: EditableRows, { queue, endings }: Standing): ShownChanges {
  const texts = useMemo(() => new KeyTexts(rows), [rows]);
  return useMemo(() => new ShownChanges(rows, texts, queue, endings), [rows, texts, queue, endings]);
}

function keyActsOf(
  result: ShownResult,
  store: ChangeStore,
  setTask: (task: Task) => void,
  begin: (row: number, column: number, typed?: string) => void,
  commandsFor: (row: number, column: number) => CellCommands | undefined,
): EditKeyActs {
  const active = result.selection.now?.active;
  const commands = active && commandsFor(active.row, active.column)?.commands;
  return {
    undo: () => said(() => store.act({ do: 'undo' })),
    redo: () => said(() => store.act({ do: 'redo' })),
    add: () => setTask({ kind: 'add' }),
    selected:
      active === undefined || commands === undefined
        ? undefined
        : { ...commands, edit: (typed) => begin(active.row, active.column, typed) },
  };
}

/** Goes to the row of a change where it is in memory. */
function showRow(
  { rows: all, selection, goTo }: ShownResult,
  rows: EditableRows,
  key: Readonly<Record<string, unknown>>,
): void {
  if (!isJson(key)) return;
  const wanted = keyText(rows.table, key);
  const texts = new KeyTexts(rows);
  for (let row = 0; row < all.count; row += 1) {
    const values = all.at(row);
    const found = values == null ? null : texts.of(values);
    // A change of static columns is its partition's: any row of it shows it.
    if (found?.row === wanted || found?.partition === wanted) {
      goTo(row, selection.now?.active.column ?? 0);
      return;
    }
  }
  toast({ id: 'edit', text: 'This row is not among those in memory: scroll or jump to it.' });
}
