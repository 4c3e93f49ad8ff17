import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { CellEdit, CellRead, ExpiresAt, MutationOptions, RowChange, RowRead } from '@/lib/contract/mutations';
import { isCounterTable } from '../cql/mutation/checks';
import type { ColumnShape } from '../cql/schema-lookup';
import { edited } from './cell';
import { wantedOf } from './compare';
import { columnNamed, EditError, type EditTable, isInParts, stored } from './table';
import { expiryOf, partIndex } from './ttl';
import { type Part, partsIn, writtenParts } from './writes';

/**
 * The change that takes another one back: what was there, with the TTL that remains by then, over what was written. Write
 * times cannot come back: an old one would be older than the change itself.
 * @param row as it was before the change
 * @param rule of TTLs, by which the change was made
 * @throws EditError for what cannot be undone, with the reason
 */
export function inverseOf(
  table: EditTable,
  change: RowChange,
  row: RowRead | null,
  rule: MutationOptions['ttl'] = 'keep',
): RowChange {
  switch (change.kind) {
    case 'update':
      return undoneUpdate(table, change, row);
    case 'insert':
      return { kind: 'delete', key: change.key, seen: seenAfter(table, change, row) };
    case 'delete':
      if (isCounterTable(table)) throw new EditError('A deleted counter stays gone, so its deletion cannot be undone.');
      if (row === null) throw new EditError('There was no row, so there is nothing to bring back.');
      return inserted(table, change.key, row);
    case 'move':
      return undoneMove(table, change, row, rule);
    case 'delete_partition':
    case 'delete_range':
      throw new EditError('What it deleted was not read, so it cannot be brought back.');
    default:
      return change satisfies never;
  }
}

type Update = Extract<RowChange, { readonly kind: 'update' }>;

function undoneUpdate(table: EditTable, change: Update, row: RowRead | null): RowChange {
  const edits = Object.entries(change.edits).flatMap(([name, edit]): [string, CellEdit][] => {
    if ('by' in edit) return [[name, { by: String(-BigInt(edit.by)) }]];
    const undone = undoneEdit(columnNamed(table, name), edit, row);
    return undone === null ? [] : [[name, undone]];
  });
  const seen = isCounterTable(table) ? {} : { seen: wantedOf(table, change, row) };
  return { kind: 'update', key: change.key, ...seen, edits: Object.fromEntries(edits) };
}

/** Null: the edit wrote nothing. */
function undoneEdit(column: ColumnShape, edit: CellEdit, row: RowRead | null): CellEdit | null {
  const cell = row === null ? undefined : ownValue(row.cells, column.name);
  const before = cell?.value ?? null;
  if (cell === undefined || row === null || stored(column, before) === null) return { set: null };
  const isAllGone = stored(column, edited(column, before, edit)) === null;
  const parts = column.type.kind === 'list' || isAllGone ? null : writtenParts(column, before, edit);
  if (parts === null) return wholeBack(column, row);
  // Parts that were not written keep their write times also through the undo; those that were get their TTLs back.
  return parts.length === 0 ? null : partsBack(column, partsIn(column, before, parts), cell, row);
}

function wholeBack(column: ColumnShape, row: RowRead): CellEdit {
  const cell = ownValue(row.cells, column.name);
  if (cell === undefined || stored(column, cell.value) === null) return { set: null };
  return withExpiry({ set: cell.value }, column, expiryOf(column, cell, row.at));
}

function partsBack(column: ColumnShape, parts: readonly Part[], cell: CellRead, row: RowRead): CellEdit {
  const all = [expiryOf(column, cell, row.at)].flat();
  const expiresAt = parts.map(([part]) => all[partIndex(column, cell.value, part)] ?? null);
  const ages = cell.parts == null ? {} : { expiresAt };
  if (column.type.kind === 'udt')
    return { fields: Object.fromEntries(parts.map(([name, value]) => [String(name), value])), ...ages };
  return { elements: parts.map(([element, value]): [JsonValue, JsonValue] => [element, value]), ...ages };
}

/** Before Cassandra 5.0 the TTLs of parts are unknown, also one by one: then the undo asks as the change did. */
function withExpiry(edit: { set: JsonValue }, column: ColumnShape, expiresAt: ExpiresAt): CellEdit {
  return isInParts(column) && Array.isArray(expiresAt) && expiresAt.length === 0 ? edit : { ...edit, expiresAt };
}

function seenAfter(table: EditTable, change: RowChange, row: RowRead | null): Readonly<Record<string, JsonValue>> {
  return wantedOf(table, change, row) ?? {};
}

/** A row as it was, with what remains of its TTLs. */
function inserted(table: EditTable, key: RowChange['key'], row: RowRead): RowChange {
  const cells = Object.entries(row.cells).filter(
    ([name, { value }]) => columnNamed(table, name).kind === 'regular' && value !== null,
  );
  return {
    kind: 'insert',
    key,
    values: Object.fromEntries(cells.map(([name, { value }]) => [name, value])),
    expiresAt: Object.fromEntries(
      cells.flatMap(([name, cell]) => {
        const expiresAt = expiryOf(columnNamed(table, name), cell, row.at);
        return Array.isArray(expiresAt) && expiresAt.length === 0 ? [] : [[name, expiresAt]];
      }),
    ),
  };
}

type Move = Extract<RowChange, { readonly kind: 'move' }>;

function undoneMove(table: EditTable, change: Move, row: RowRead | null, rule: MutationOptions['ttl']): RowChange {
  if (row === null) throw new EditError('There was no row, so there is nothing to move back.');
  const seen = seenAfter(table, change, row);
  // A move that keeps TTLs brings back those that it kept; else every value gets its own again.
  const names = rule === 'keep' ? Object.keys(change.edits ?? {}) : Object.keys(row.cells);
  const edits = names.flatMap((name): [string, CellEdit][] => {
    const column = columnNamed(table, name);
    const before = ownValue(row.cells, name)?.value ?? null;
    const edit = ownValue(change.edits ?? {}, name);
    if (stored(column, before) === null && (edit === undefined || edited(column, before, edit) === null)) return [];
    // The row is written whole, so parts that did not change need their TTLs too.
    return [[name, wholeBack(column, row)]];
  });
  return { kind: 'move', key: change.to, to: change.key, seen, edits: Object.fromEntries(edits) };
}
