import { type JsonValue, ownValue } from '@/lib/contract/json';
import { MUTATION_CHANGES } from '@/lib/contract/limits';
import type { CellEdit, RowChange } from '@/lib/contract/mutations';
import { isCounter, isCounterTable } from '../cql/mutation/checks';
import type { RowKey } from '../cql/row-key';
import type { ColumnShape } from '../cql/schema-lookup';
import { formatCount, plural } from '../text/format';
import { mapPairs } from '../wire/json-texts';
import { parseTypedText } from '../wire/typed-text';
import { edited } from './cell';
import { cellPlace, type EditableRows, hasRow, rowKeyOf, seenOf, type Values } from './editable';
import type { ChangeQueue, QueueAct } from './queue';
import { columnNamed, EditError, type EditTable, isInParts, isSame, keyText } from './table';

type Insert = Extract<RowChange, { readonly kind: 'insert' }>;

/** What a person does to rows that are shown, as acts of the queue. Rows are given as they were read. */

/** An act, and what of it was left out, in words. */
export interface ActOnCells {
  /** Null: there is nothing to do. */
  readonly act: QueueAct | null;
  readonly skipped: readonly string[];
}

/** A cell of a row: which of its values. */
export interface CellOfRow {
  readonly values: Values;
  readonly source: number;
}

/** The change of one cell. @throws EditError where it cannot be edited in place */
function cellChange(rows: EditableRows, { values, source }: CellOfRow, edit: CellEdit): RowChange {
  const place = cellPlace(rows, values, source);
  if (place.kind === 'refused') throw new EditError(place.why);
  if (place.kind === 'key') {
    throw new EditError(`“${place.column.name}” is part of the primary key: move the row to change it.`);
  }
  const { column, key } = place;
  const seen = seenOf(rows, values, column.kind === 'static' ? 'static' : 'row');
  return { kind: 'update', key, seen, edits: { [column.name]: edit } };
}

/** An edit of one cell; one that gives back what was read takes the edit away. Null: nothing changes. */
export function cellAct(rows: EditableRows, queue: ChangeQueue, cell: CellOfRow, edit: CellEdit): QueueAct | null {
  const change = cellChange(rows, cell, edit);
  const name = rows.columns[cell.source]?.name;
  if (name === undefined || !('set' in edit) || edit.ttlSeconds !== undefined || edit.expiresAt !== undefined) {
    return { do: 'change', change };
  }
  const column = columnNamed(rows.table, name);
  if (!isSame(column, edit.set, cell.values[cell.source] ?? null)) return { do: 'change', change };
  return hasEdit(rows, queue, change.key, name) ? { do: 'revert', key: change.key, column: name } : null;
}

function hasEdit({ table }: EditableRows, { changes }: ChangeQueue, key: RowKey, column: string): boolean {
  const text = keyText(table, key);
  return changes.some(
    (change) =>
      (change.kind === 'update' || change.kind === 'move') &&
      Object.hasOwn(change.edits ?? {}, column) &&
      keyText(table, change.key) === text,
  );
}

/** Null in all cells that can be null. */
export function nullsAct(rows: EditableRows, cells: readonly CellOfRow[]): ActOnCells {
  const reasons = new Map<string, number>();
  const changes: RowChange[] = [];
  for (const cell of cells) {
    const why = nullRefusal(rows, cell);
    if (why !== null) reasons.set(why, (reasons.get(why) ?? 0) + 1);
    else if ((cell.values[cell.source] ?? null) !== null) changes.push(cellChange(rows, cell, { set: null }));
  }
  const skipped = [...reasons].map(
    ([why, count]) => `${plural(count, 'cell')} ${count === 1 ? 'stays as it is' : 'stay as they are'}: ${why}`,
  );
  return { act: changes.length === 0 ? null : { do: 'changes', changes }, skipped };
}

function nullRefusal(rows: EditableRows, { values, source }: CellOfRow): string | null {
  const place = cellPlace(rows, values, source);
  if (place.kind === 'refused') return place.why;
  if (place.kind === 'key') return `“${place.column.name}” is part of the primary key, which is never null.`;
  if (!isCounter(place.column.type)) return null;
  return `“${place.column.name}” is a counter: delete its row, or add to it.`;
}

/** The deletion of whole rows. */
export function deletionAct(rows: EditableRows, all: readonly Values[]): ActOnCells {
  const changes = all
    .filter((values) => hasRow(rows, values))
    .map((values): RowChange => {
      const { table } = rows;
      const seen = seenOf(rows, values, 'row');
      const own = Object.entries(seen).filter(([name]) => columnNamed(table, name).kind === 'regular');
      return { kind: 'delete', key: rowKeyOf(rows, values), seen: Object.fromEntries(own) };
    });
  const without = all.length - changes.length;
  const skipped = without === 0 ? [] : [`${plural(without, 'partition')} without rows left: delete the partition.`];
  return { act: changes.length === 0 ? null : { do: 'changes', changes }, skipped };
}

/** The topmost value in all cells below it, column by column. @throws EditError where one cannot take it */
export function fillAct(
  rows: EditableRows,
  top: Values,
  below: readonly Values[],
  sources: readonly number[],
): QueueAct {
  const changes = sources.flatMap((source) =>
    below.map((values) => {
      checkNoCounter(rows.columns[source]);
      return cellChange(rows, { values, source }, { set: top[source] ?? null });
    }),
  );
  if (changes.length === 0) throw new EditError('Select the cell to copy and those below it, then fill down.');
  return { do: 'changes', changes };
}

function checkNoCounter(column: ColumnShape | undefined): void {
  if (column === undefined || !isCounter(column.type)) return;
  throw new EditError(`“${column.name}” is a counter, which is only added to.`);
}

/** A cell that does not take what was pasted on it. Row and column count from 1 in what was pasted. */
export interface PasteProblem {
  readonly row: number;
  readonly column: number;
  readonly name: string;
  readonly text: string;
  readonly why: string;
}

/**
 * A block of texts on the cells from one on, each read by its column's type: all of them or none.
 * @param onto the rows from the one that it is pasted at, undefined where there is none; `sources`: the columns from there, as they are shown
 */
export function pasteAct(
  rows: EditableRows,
  block: readonly (readonly (string | null)[])[],
  onto: readonly (Values | undefined)[],
  sources: readonly number[],
): QueueAct | readonly PasteProblem[] {
  const problems: PasteProblem[] = [];
  const changes: RowChange[] = [];
  block.forEach((texts, row) => {
    texts.forEach((text, column) => {
      const [values, source] = [onto[row], sources[column]];
      const name = source === undefined ? '' : (rows.columns[source]?.name ?? '');
      const found = pastedCell(rows, values, source, text);
      if (typeof found === 'string') {
        problems.push({ row: row + 1, column: column + 1, name, text: text ?? '', why: found });
      } else if (found !== null) changes.push(found);
    });
  });
  if (problems.length > 0) return problems;
  return { do: 'changes', changes };
}

/** Null: the cell has the value already; a text: why it does not take it. */
function pastedCell(
  rows: EditableRows,
  values: Values | undefined,
  source: number | undefined,
  text: string | null,
): RowChange | string | null {
  if (values === undefined) return 'There is no row for it in memory.';
  if (source === undefined) return 'There is no column for it.';
  const place = cellPlace(rows, values, source);
  if (place.kind === 'refused') return place.why;
  const { column } = place;
  if (isCounter(column.type)) return 'A counter is only added to.';
  const typed = text === null ? { value: null } : parseTypedText(text, column.type);
  if ('problem' in typed) return typed.problem;
  if (isSame(column, typed.value, values[source] ?? null)) return null;
  if (place.kind === 'key') return `“${column.name}” is part of the primary key: move the row to change it.`;
  return cellChange(rows, { values, source }, { set: typed.value });
}

/** The same value with another TTL. @throws EditError where it has none to set */
export function ttlChange(rows: EditableRows, cell: CellOfRow, value: JsonValue, ttlSeconds: number): RowChange {
  const column = rows.columns[cell.source];
  if (column !== undefined && isCounter(column.type)) throw new EditError('Counters have no TTL.');
  if (value === null) throw new EditError('A null has no TTL: give the cell a value first.');
  return cellChange(rows, cell, column === undefined ? { set: value } : withTtl(column, value, ttlSeconds));
}

/** Of a value in parts each part is written: a whole value that is the same is not. */
function withTtl(column: ColumnShape, value: JsonValue, ttlSeconds: number): CellEdit {
  const { type } = column;
  if (!isInParts(column) || value === null) return { set: value, ttlSeconds };
  if (type.kind === 'map') return { elements: mapPairs(value, type).map(([key, of]) => [key, of]), ttlSeconds };
  if (type.kind === 'set' && Array.isArray(value)) {
    return { elements: value.map((element: JsonValue): [JsonValue, JsonValue] => [element, true]), ttlSeconds };
  }
  if (type.kind === 'udt' && typeof value === 'object' && !Array.isArray(value)) {
    return { fields: Object.fromEntries(Object.entries(value)), ttlSeconds };
  }
  return { set: value, ttlSeconds };
}

/** A TTL for every value of a row that has one. @throws EditError */
export function rowTtlAct(rows: EditableRows, read: Values, shown: Values, ttlSeconds: number): QueueAct {
  if (isCounterTable(rows.table)) throw new EditError('Counters have no TTL.');
  const changes = rows.columns.flatMap((column, source) => {
    const value = shown[source] ?? null;
    const isSet = column?.kind === 'regular' && value !== null && rows.sources.get(column.name) === source;
    return isSet ? [ttlChange(rows, { values: read, source }, value, ttlSeconds)] : [];
  });
  if (changes.length === 0) throw new EditError('Every cell of this row is null, so there is nothing to expire.');
  return { do: 'changes', changes };
}

/** A new row. @throws EditError where one with its key is shown or waits already */
export function insertAct(
  table: EditTable,
  key: RowKey,
  values: Readonly<Record<string, JsonValue>>,
  ttlSeconds?: number,
): QueueAct {
  if (isCounterTable(table)) {
    throw new EditError('A counter table takes no new rows: a row is there once something is added to its counters.');
  }
  const change: RowChange = { kind: 'insert', key, values, ...(ttlSeconds === undefined ? {} : { ttlSeconds }) };
  return { do: 'change', change };
}

/** The row under another key. @throws EditError */
export function moveAct(rows: EditableRows, values: Values, to: RowKey): QueueAct {
  const key = rowKeyOf(rows, values);
  if (isCounterTable(rows.table))
    throw new EditError('Rows of a counter table cannot move: counters are only added to.');
  if (keyText(rows.table, key) === keyText(rows.table, to)) throw new EditError('This is the key that the row has.');
  const seen = Object.entries(seenOf(rows, values, 'row')).filter(
    ([name]) => columnNamed(rows.table, name).kind === 'regular',
  );
  return { do: 'change', change: { kind: 'move', key, to, seen: Object.fromEntries(seen) } };
}

/** @throws EditError where more changes would wait than one review takes */
export function checkCount(changes: readonly RowChange[]): void {
  if (changes.length <= MUTATION_CHANGES) return;
  const most = formatCount(MUTATION_CHANGES);
  throw new EditError(`At most ${most} rows can wait for their review. Run or discard those that wait first.`);
}

/** The values of a new row by a result's columns; undefined: unset. */
export function insertedValues(rows: EditableRows, { key, values }: Insert): readonly (JsonValue | undefined)[] {
  return rows.columns.map((column) =>
    column === undefined ? undefined : (ownValue(key, column.name) ?? ownValue(values, column.name)),
  );
}

/** An edit of a new row: of a value, or of a part of its key, which is nowhere yet. Null: nothing changes. */
export function insertEditAct(table: EditTable, insert: Insert, column: ColumnShape, edit: CellEdit): QueueAct | null {
  if (column.kind === 'regular' || column.kind === 'static') {
    return { do: 'change', change: { kind: 'update', key: insert.key, edits: { [column.name]: edit } } };
  }
  const key = { ...insert.key, [column.name]: edited(column, ownValue(insert.key, column.name) ?? null, edit) };
  if (keyText(table, key) === keyText(table, insert.key)) return null;
  return { do: 'replace', key: insert.key, change: { ...insert, key } };
}
