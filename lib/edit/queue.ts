import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, RowChange } from '@/lib/contract/mutations';
import { deletePartition, deleteRange, deleteRow } from '../cql/mutation/delete';
import type { RowKey } from '../cql/row-key';
import { edited, merged } from './cell';
import { columnNamed, EditError, type EditTable, isPartitionKey, keyText } from './table';

/**
 * Changes that wait to be run, at most one for each row, in the order of their first edit. It is plain JSON: held by full
 * primary key, so that no sort, filter or reload moves an edit to another row. Write it with `jsonText`, which keeps -0.
 */
export interface ChangeQueue {
  readonly changes: readonly RowChange[];
  /** What the changes were before each act, oldest first; and what was undone, next first. */
  readonly undo: readonly (readonly RowChange[])[];
  readonly redo: readonly (readonly RowChange[])[];
}

export const EMPTY_QUEUE: ChangeQueue = { changes: [], undo: [], redo: [] };

export type QueueAct =
  | { readonly do: 'change'; readonly change: RowChange }
  /** All of them or none, undone as one: a paste, a filled column, the rows that are deleted together. */
  | { readonly do: 'changes'; readonly changes: readonly RowChange[] }
  /** Another change in the place of what a row has: a new row under another key. */
  | { readonly do: 'replace'; readonly key: RowKey; readonly change: RowChange }
  /** Leaves a cell as it is; without a column the whole row. */
  | { readonly do: 'revert'; readonly key: RowKey; readonly column?: string | undefined }
  /** What was applied leaves the queue, and cannot be undone in it. */
  | { readonly do: 'settle'; readonly keys: readonly RowKey[] }
  | { readonly do: 'undo' | 'redo' | 'discard' };

/** The queue after an act. @throws EditError, MutationError, ValueError: the queue stays as it was */
export function queued(table: EditTable, queue: ChangeQueue, act: QueueAct): ChangeQueue {
  const { changes, undo, redo } = queue;
  const now = (next: readonly RowChange[]): ChangeQueue => ({ changes: next, undo: [...undo, changes], redo: [] });
  switch (act.do) {
    case 'change':
      return now(withChanges(table, changes, [act.change]));
    case 'changes':
      return now(withChanges(table, changes, act.changes));
    case 'replace':
      return now(withChanges(table, without(table, changes, act.key, undefined), [act.change]));
    case 'revert':
      return now(without(table, changes, act.key, act.column));
    case 'discard':
      return now([]);
    case 'settle': {
      const settled = new Set(act.keys.map((key) => keyText(table, key)));
      return { changes: changes.filter(({ key }) => !settled.has(keyText(table, key))), undo: [], redo: [] };
    }
    case 'undo': {
      const before = undo.at(-1);
      return before === undefined ? queue : { changes: before, undo: undo.slice(0, -1), redo: [changes, ...redo] };
    }
    case 'redo': {
      const [next, ...rest] = redo;
      return next === undefined ? queue : { changes: next, undo: [...undo, changes], redo: rest };
    }
    default:
      return act satisfies never;
  }
}

/** Several changes as one for each row. @throws EditError, MutationError, ValueError */
export function mergedChanges(table: EditTable, changes: readonly RowChange[]): RowChange[] {
  const byId = new Map<string, RowChange>();
  for (const change of changes) add(table, byId, change);
  return [...byId.values()];
}

function withChanges(table: EditTable, changes: readonly RowChange[], next: readonly RowChange[]): RowChange[] {
  const byId = new Map(changes.map((one) => [idOf(table, one), one]));
  for (const change of next) add(table, byId, change);
  return [...byId.values()];
}

function add(table: EditTable, byId: Map<string, RowChange>, change: RowChange): void {
  checkKey(table, change);
  const id = idOf(table, change);
  const before = byId.get(id);
  const both = before === undefined ? change : bothOf(table, before, change);
  if (both === null) byId.delete(id);
  else byId.set(id, both);
}

/** What a queue holds one of. A range has no row: two of them stay two. */
export function idOf(table: EditTable, change: RowChange): string {
  const row = keyText(table, change.key);
  if (change.kind === 'delete_range') return JSON.stringify([change.kind, row, change.from, change.to]);
  return change.kind === 'delete_partition' ? `${change.kind} ${row}` : row;
}

/** @throws MutationError where a key does not name just what the change is about */
function checkKey(table: EditTable, change: RowChange): void {
  // The constructors of deletions check their keys in the same way as those of anything else.
  if (change.kind === 'delete_range') return void deleteRange(table, change);
  const { key } = change;
  const isPartition = change.kind === 'delete_partition' || (change.kind === 'update' && isPartitionKey(table, key));
  if (isPartition) deletePartition(table, { key });
  else deleteRow(table, { key });
  if (change.kind === 'move') deleteRow(table, { key: change.to });
}

/** Null: nothing is left to do. */
function bothOf(table: EditTable, before: RowChange, next: RowChange): RowChange | null {
  if (next.kind === 'update') return withEdits(table, before, next.edits);
  if (next.kind === 'delete') {
    if (before.kind === 'insert') return null;
    if (before.kind === 'update') return before.seen === undefined ? next : { ...next, seen: before.seen };
  }
  if (next.kind === 'move' && before.kind === 'update') {
    const edits = mergedEdits(table, before, next.edits ?? {});
    return { ...next, ...(before.seen === undefined ? {} : { seen: before.seen }), edits };
  }
  if (next.kind === before.kind && (next.kind === 'delete' || next.kind.startsWith('delete_'))) return before;
  throw new EditError(`The row has another change already (${WORDS[before.kind]}). Take that back first.`);
}

const WORDS: Readonly<Record<RowChange['kind'], string>> = {
  update: 'edited cells',
  insert: 'it is new',
  delete: 'it is deleted',
  move: 'it is moved',
  delete_partition: 'its partition is deleted',
  delete_range: 'a range is deleted',
};

type Edits = Readonly<Record<string, CellEdit>>;

function withEdits(table: EditTable, before: RowChange, edits: Edits): RowChange {
  switch (before.kind) {
    case 'update':
      return { ...before, edits: mergedEdits(table, before, edits) };
    case 'move':
      return { ...before, edits: mergedEdits(table, before, edits) };
    case 'insert':
      return { ...before, values: withValues(table, before.values, edits) };
    default:
      throw new EditError(`The row has another change already (${WORDS[before.kind]}). Take that back first.`);
  }
}

type Edited = Pick<Extract<RowChange, { kind: 'move' }>, 'edits' | 'seen'>;

function mergedEdits(table: EditTable, { edits = {}, seen }: Edited, next: Edits): Record<string, CellEdit> {
  const names = Object.entries(next).map(([name, edit]): [string, CellEdit] => [
    name,
    merged(columnNamed(table, name), ownValue(edits, name), edit, ownValue(seen ?? {}, name)),
  ]);
  return Object.fromEntries([...Object.entries(edits), ...names]);
}

function withValues(table: EditTable, before: Readonly<Record<string, JsonValue>>, next: Edits) {
  const values = Object.entries(next).map(([name, edit]): [string, JsonValue] => [
    name,
    edited(columnNamed(table, name), ownValue(before, name) ?? null, edit),
  ]);
  return Object.fromEntries([...Object.entries(before), ...values]);
}

function without(
  table: EditTable,
  changes: readonly RowChange[],
  key: RowKey,
  column: string | undefined,
): RowChange[] {
  const id = keyText(table, key);
  return changes.flatMap((change) => {
    if (keyText(table, change.key) !== id) return [change];
    if (column === undefined) return [];
    if (change.kind === 'insert') return [{ ...change, values: omit(change.values, column) }];
    if (change.kind !== 'update' && change.kind !== 'move') return [change];
    const edits = omit(change.edits ?? {}, column);
    return change.kind === 'update' && Object.keys(edits).length === 0 ? [] : [{ ...change, edits }];
  });
}

function omit<T>(object: Readonly<Record<string, T>>, name: string): Record<string, T> {
  return Object.fromEntries(Object.entries(object).filter(([one]) => one !== name));
}
