import { lazy } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Later } from '@/components/ui/later';
import { toast } from '@/components/ui/toasts';
import type { ChangeStore } from '@/lib/changes/change-store';
import type { JsonValue } from '@/lib/contract/json';
import type { RowKey } from '@/lib/cql/row-key';
import { insertAct, moveAct, rowTtlAct, ttlChange } from '@/lib/edit/acts';
import { type EditableRows, filledTable, rowKeyOf, seenOf } from '@/lib/edit/editable';
import { queueWords } from '@/lib/edit/queue-words';
import type { ShownChanges } from '@/lib/edit/shown-changes';
import type { Task } from './tasks';

const ReviewSheet = lazy(() => import('../review/review-sheet').then((it) => ({ default: it.ReviewSheet })));
const DeleteManyDialog = lazy(() =>
  import('../delete/delete-many-dialog').then((it) => ({ default: it.DeleteManyDialog })),
);
const RowForm = lazy(() => import('./row-form').then((it) => ({ default: it.RowForm })));
const TtlDialog = lazy(() => import('./ttl-dialog').then((it) => ({ default: it.TtlDialog })));
const PasteProblems = lazy(() => import('./paste-problems').then((it) => ({ default: it.PasteProblems })));

export interface TaskProps {
  task: Task;
  rows: EditableRows;
  shown: ShownChanges;
  store: ChangeStore;
  seenOf: (name: string) => readonly JsonValue[];
  onApplied: () => void;
  onShowRow: (key: Readonly<Record<string, unknown>>) => void;
  onEnd: () => void;
}

/** What is asked of a person, while it is. */
export function TaskDialog(props: TaskProps) {
  return (
    <Later>
      <Asked {...props} />
    </Later>
  );
}

function Asked(props: TaskProps) {
  const { task, rows, store, onEnd } = props;
  switch (task.kind) {
    case 'add':
    case 'duplicate':
    case 'move':
      return <AskedRow {...props} task={task} />;
    case 'ttl':
    case 'new_ttl':
      return <AskedTtl {...props} task={task} />;
    case 'many':
      return <DeleteManyDialog store={store} of={rowKeyOf(rows, task.values)} onClose={onEnd} />;
    case 'problems':
      return <PasteProblems problems={task.problems} onClose={onEnd} />;
    case 'discard':
      return <Discard {...props} />;
    case 'review':
      return <ReviewSheet store={store} onClose={onEnd} onApplied={props.onApplied} onShowRow={props.onShowRow} />;
    default:
      return task satisfies never;
  }
}

type AskedRowProps = TaskProps & { task: Extract<Task, { kind: 'add' | 'duplicate' | 'move' }> };

function AskedRow({ task, rows, shown, store, seenOf: seen, onEnd }: AskedRowProps) {
  const { table } = rows;
  const shared = { table: filledTable(rows), seenOf: seen, onClose: onEnd };
  if (task.kind === 'move') {
    const move = (to: RowKey) => {
      store.act(moveAct(rows, task.values, to));
      onEnd();
    };
    const description =
      'Nothing is sent yet. The row is written under the new key and deleted under the old one; write times are new, and static columns stay with their partition.';
    const key = rowKeyOf(rows, task.values);
    return (
      <RowForm
        {...shared}
        asks="key"
        values={key}
        title="Move this row"
        submit="Move"
        onSubmit={move}
        {...{ description }}
      />
    );
  }
  const add = (key: RowKey, values: Readonly<Record<string, JsonValue>>, ttlSeconds: number | undefined) => {
    store.act(insertAct(table, key, values, ttlSeconds));
    onEnd();
  };
  const values = task.kind === 'add' ? {} : copied(rows, shown.of(task.values).values);
  const title = task.kind === 'add' ? 'Add a row' : 'Duplicate this row';
  const description =
    task.kind === 'add'
      ? 'Nothing is sent yet. Columns that you leave out stay unset.'
      : 'Nothing is sent yet. Change the key: a row with this one is there already.';
  return (
    <RowForm {...shared} asks="row" values={values} title={title} submit="Add" onSubmit={add} {...{ description }} />
  );
}

/** A row's key and what it has: a null stays unset, and static columns are the partition's. */
function copied(rows: EditableRows, values: readonly JsonValue[]): Readonly<Record<string, JsonValue>> {
  const own = Object.entries(seenOf(rows, values, 'row')).filter(([name, value]) => {
    const source = rows.sources.get(name) ?? -1;
    return value !== null && rows.columns[source]?.kind === 'regular';
  });
  return { ...rowKeyOf(rows, values), ...Object.fromEntries(own) };
}

type AskedTtlProps = TaskProps & { task: Extract<Task, { kind: 'ttl' | 'new_ttl' }> };

function AskedTtl({ task, rows, shown, store, onEnd }: AskedTtlProps) {
  const submit = (ttlSeconds: number) => {
    if (task.kind === 'new_ttl') {
      const { insert } = task;
      store.act({ do: 'replace', key: insert.key, change: { ...insert, ttlSeconds } });
    } else {
      const { values, source } = task;
      const now = shown.of(values).values;
      if (source === null) store.act(rowTtlAct(rows, values, now, ttlSeconds));
      else {
        const change = ttlChange(rows, { values, source }, now[source] ?? null, ttlSeconds);
        store.act({ do: 'change', change });
      }
    }
    onEnd();
  };
  const source = task.kind === 'ttl' ? task.source : null;
  const column = source === null ? null : (rows.columns[source]?.name ?? null);
  return <TtlDialog column={column} onSubmit={submit} onClose={onEnd} />;
}

function Discard({ store, onEnd }: TaskProps) {
  const words = queueWords(store.getQueue().changes);
  const discard = () => {
    store.act({ do: 'discard' });
    onEnd();
    const undo = { label: 'Undo', run: () => store.act({ do: 'undo' }) };
    toast({ id: 'edit', text: `Discarded ${words}`, action: undo });
  };
  return (
    <Dialog
      open
      onOpenChange={onEnd}
      width="sm"
      title={`Discard ${words}?`}
      description="Nothing of it was sent, and the table stays as it is."
      footer={
        <>
          <Button onClick={onEnd}>Keep them</Button>
          <Button variant="danger" onClick={discard}>
            Discard
          </Button>
        </>
      }
    />
  );
}
