import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, MutationPlan, RowChange, RowRead, StatementOutcome } from '@/lib/contract/mutations';
import { edited } from './cell';
import { columnNamed, EditError, type EditTable, isPartitionKey, isSame, stored } from './table';

/** One cell of a row that is not as it was read. */
export interface ConflictCell {
  readonly column: string;
  /** As the person read it; undefined: it was not read, or the row is new. */
  readonly seen: JsonValue | undefined;
  readonly now: JsonValue;
  /** As the change would leave it, over what is there now; undefined: the change does not edit it. */
  readonly wanted: JsonValue | undefined;
}

/**
 * How a change and the row as it is now disagree. `cells`: others have changed it; `gone`: there is no row any more;
 * `exists`: a row stands where a new one was meant; `taken`: one stands where a row was to be moved, and its cells say
 * as `seen` what the moved row has, as `now` what stands at the new key.
 */
export type Conflict =
  | { readonly kind: 'cells' | 'exists'; readonly cells: readonly ConflictCell[] }
  | { readonly kind: 'taken'; readonly cells: readonly ConflictCell[] }
  /** `canAdd`: all that is known of the row can be added as a new one. `isTaken`: one stands where it was to be moved. */
  | { readonly kind: 'gone'; readonly canAdd: boolean; readonly isTaken: boolean };

type Values = Readonly<Record<string, JsonValue>>;

/** Whose value counts. */
export type Take = 'mine' | 'theirs';

/**
 * The conflict between a change and the row as it is now; null: there is none.
 * @param before the row as the plan read it, for what the change does not say that was seen
 * @param target of a move: the row that stands at the new key
 */
export function conflictOf(
  table: EditTable,
  change: RowChange,
  now: RowRead | null,
  before: RowRead | null,
  target: RowRead | null = null,
): Conflict | null {
  switch (change.kind) {
    case 'insert':
      return now === null ? null : { kind: 'exists', cells: insertCells(table, change, now) };
    case 'update':
    case 'move':
    case 'delete': {
      if (change.kind === 'update' && Object.values(change.edits).some((edit) => 'by' in edit)) return null;
      const isTaken = target !== null;
      if (now === null && !isStaticUpdate(table, change))
        return { kind: 'gone', canAdd: change.kind !== 'delete' && !isTaken, isTaken };
      if (change.kind === 'move' && target !== null)
        return { kind: 'taken', cells: takenCells(table, change, now, target) };
      const cells = changedCells(table, change, now, before);
      const wasNone = change.seen === null;
      return cells.length === 0 ? null : { kind: wasNone ? 'exists' : 'cells', cells };
    }
    default:
      // What deletes a range or a partition was not read.
      return null;
  }
}

type Seeing = Extract<RowChange, { readonly kind: 'update' | 'move' | 'delete' }>;
type Insert = Extract<RowChange, { readonly kind: 'insert' }>;
type Move = Extract<RowChange, { readonly kind: 'move' }>;

function isStaticUpdate(table: EditTable, change: RowChange): boolean {
  return change.kind === 'update' && isPartitionKey(table, change.key);
}

function editsOf(change: Seeing): Readonly<Record<string, CellEdit>> {
  return change.kind === 'delete' ? {} : (change.edits ?? {});
}

/** What was seen of a row, by the change itself or else by its plan. */
function seenOf({ seen }: Seeing, before: RowRead | null): Values {
  return { ...valuesOf(before), ...(seen ?? {}) };
}

/** The values of a row without their ages. */
function valuesOf(row: RowRead | null): Values {
  return Object.fromEntries(Object.entries(row?.cells ?? {}).map(([name, { value }]) => [name, value]));
}

function changedCells(
  table: EditTable,
  change: Seeing,
  now: RowRead | null,
  before: RowRead | null,
): readonly ConflictCell[] {
  const [seen, edits, values] = [seenOf(change, before), editsOf(change), valuesOf(now)];
  const names = change.kind === 'update' ? Object.keys(edits) : Object.keys({ ...seen, ...edits });
  return names
    .filter((name) => now === null || Object.hasOwn(values, name))
    .flatMap((name): ConflictCell[] => {
      const [old, next] = [ownValue(seen, name), ownValue(values, name) ?? null];
      const isNew = change.seen === null;
      if (!isNew && isSame(columnNamed(table, name), old ?? null, next)) return [];
      const edit = ownValue(edits, name);
      const wanted = edit === undefined ? undefined : mine(table, name, edit, { seen: old ?? null, now: next }).value;
      return [{ column: name, seen: isNew ? undefined : old, now: next, wanted }];
    });
}

/** In which values the row that is moved, with its edits, and the one at the new key differ. */
function takenCells(table: EditTable, { edits = {} }: Move, now: RowRead | null, target: RowRead): ConflictCell[] {
  const [own, there] = [valuesOf(now), valuesOf(target)];
  return table.shape.columns
    .filter(({ kind }) => kind === 'regular')
    .flatMap((column): ConflictCell[] => {
      const [seen, value] = [ownValue(own, column.name) ?? null, ownValue(there, column.name) ?? null];
      const edit = ownValue(edits, column.name);
      const wanted = edit === undefined ? seen : mine(table, column.name, edit, { seen, now: seen }).value;
      return isSame(column, wanted, value) ? [] : [{ column: column.name, seen, now: value, wanted }];
    });
}

function insertCells(table: EditTable, { values }: Insert, now: RowRead): readonly ConflictCell[] {
  const there = valuesOf(now);
  return Object.entries(values).flatMap(([name, wanted]): ConflictCell[] => {
    const value = ownValue(there, name) ?? null;
    if (isSame(columnNamed(table, name), wanted, value)) return [];
    return [{ column: name, seen: undefined, now: value, wanted }];
  });
}

/** An edit over what is there now: entries and appended values join it; what does not fit it any more is set as a whole. */
function mine(
  table: EditTable,
  name: string,
  edit: CellEdit,
  { seen, now }: { readonly seen: JsonValue; readonly now: JsonValue },
): { readonly edit: CellEdit; readonly value: JsonValue } {
  const column = columnNamed(table, name);
  try {
    return { edit, value: edited(column, now, edit) };
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
    const value = edited(column, seen, edit);
    return { edit: { set: value }, value };
  }
}

/**
 * The change after a decision on each cell: guarded by what is there now, with the edits that count. Null: nothing is left
 * to change.
 * @param take of a deletion, `theirs` for any cell keeps the row
 */
export function resolved(
  table: EditTable,
  change: RowChange,
  now: RowRead | null,
  take: (column: string) => Take,
): RowChange | null {
  const seen = valuesOf(now);
  switch (change.kind) {
    case 'insert': {
      const { key, ttlSeconds } = change;
      const edits = Object.entries(change.values).flatMap(([name, value]): [string, CellEdit][] => {
        const isEqual = isSame(columnNamed(table, name), value, ownValue(seen, name) ?? null);
        if (isEqual || take(name) === 'theirs') return [];
        return [[name, { set: value, ...(ttlSeconds === undefined ? {} : { ttlSeconds }) }]];
      });
      return edits.length === 0 ? null : { kind: 'update', key, seen, edits: Object.fromEntries(edits) };
    }
    case 'delete':
      return Object.keys(seen).some((name) => take(name) === 'theirs') ? null : { ...change, seen };
    case 'update':
    case 'move': {
      const edits = Object.fromEntries(
        Object.entries(editsOf(change)).flatMap(([name, edit]): [string, CellEdit][] => {
          if (take(name) === 'theirs') return [];
          const [old, next] = [ownValue(change.seen ?? {}, name) ?? null, ownValue(seen, name) ?? null];
          const own = mine(table, name, edit, { seen: old, now: next });
          return isSame(columnNamed(table, name), own.value, next) ? [] : [[name, own.edit]];
        }),
      );
      if (change.kind === 'move') return { ...change, seen, edits };
      const shown = now === null ? Object.fromEntries(Object.keys(edits).map((name) => [name, null])) : seen;
      return Object.keys(edits).length === 0 ? null : { ...change, seen: shown, edits };
    }
    default:
      return change;
  }
}

/** A move that is given up: what it would have edited is edited where the row is. Null: nothing. */
export function stayed({ key, edits = {}, seen }: Move): RowChange | null {
  if (Object.keys(edits).length === 0) return null;
  return { kind: 'update', key, edits, ...(seen === undefined ? {} : { seen }) };
}

/** The deletion of the row at the old key, as it is now: what is left of a move whose row has arrived. */
export function oldDeleted({ key }: Move, now: RowRead | null): RowChange {
  return { kind: 'delete', key, seen: valuesOf(now) };
}

/**
 * A row that is gone, as a new one: all that is known of it, with the edits. Static columns stay with their partition.
 * @param before the row as the plan read it
 */
export function addedAgain(
  table: EditTable,
  change: Extract<RowChange, { readonly kind: 'update' | 'move' }>,
  before: RowRead | null,
): RowChange {
  const [seen, edits] = [seenOf(change, before), editsOf(change)];
  const values = Object.keys({ ...seen, ...edits }).flatMap((name): [string, JsonValue][] => {
    const column = columnNamed(table, name);
    if (column.kind !== 'regular') return [];
    const [old, edit] = [ownValue(seen, name) ?? null, ownValue(edits, name)];
    const value = stored(column, edit === undefined ? old : edited(column, old, edit));
    return value === null ? [] : [[name, value]];
  });
  return { kind: 'insert', key: change.kind === 'move' ? change.to : change.key, values: Object.fromEntries(values) };
}

export interface FoundConflict {
  readonly conflict: Conflict;
  readonly now: RowRead | null;
  /** As the plan read it. */
  readonly before: RowRead | null;
}

/** The conflicts of a plan, and of what became of it, by change. */
export function conflictsIn(
  table: EditTable,
  { changes, rows, refusals, statements }: Pick<MutationPlan, 'changes' | 'rows' | 'refusals' | 'statements'>,
  outcomes: ReadonlyMap<number, StatementOutcome>,
): ReadonlyMap<number, FoundConflict> {
  const refused = refusals.map(({ change, target }) => ({ change, row: rows[change] ?? null, target }));
  const ran = [...outcomes.values()]
    // Of a move whose row has arrived the next plan says what is left.
    .filter(({ statement }) => (statements[statement]?.after ?? null) === null)
    .flatMap((outcome) => (outcome.outcome === 'applied' ? [] : (outcome.rows ?? [])));
  return new Map(
    [...refused, ...ran].flatMap(({ change: at, row: now, target = null }): [number, FoundConflict][] => {
      const change = changes[at];
      const before = rows[at] ?? null;
      const conflict = change === undefined ? null : conflictOf(table, change, now, before, target);
      return conflict === null ? [] : [[at, { conflict, now, before }]];
    }),
  );
}
