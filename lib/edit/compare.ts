import { type JsonValue, ownValue } from '@/lib/contract/json';
import type { Difference, MutationLook, RowChange, RowRead } from '@/lib/contract/mutations';
import { edited } from './cell';
import { columnNamed, type EditTable, isPartitionKey, isSame, stored } from './table';

/**
 * How a row is not as the person saw it, in what the change is about. Null: it is as it was seen, or nobody said what was
 * seen. Empty: the row is gone, or it is there although there was none.
 */
export function differencesOf(table: EditTable, change: RowChange, row: RowRead | null): readonly Difference[] | null {
  if (!('seen' in change) || change.seen === undefined) return null;
  const { seen } = change;
  const isStatic = isOfPartition(table, change);
  if (seen === null || (row === null && !isStatic)) return (seen === null) === (row === null) ? null : [];
  const cells = row?.cells ?? {};
  const found = Object.entries(seen)
    .filter(([name]) => (change.kind === 'update' ? Object.hasOwn(change.edits, name) : Object.hasOwn(cells, name)))
    .flatMap(([name, value]): Difference[] => {
      const column = columnNamed(table, name);
      const now = ownValue(cells, name)?.value ?? null;
      if (isSame(column, value, now)) return [];
      const edit = change.kind === 'delete' ? undefined : ownValue(change.edits ?? {}, name);
      return [
        { column: name, seen: value, now, ...(edit === undefined ? {} : { wanted: edited(column, value, edit) }) },
      ];
    });
  return found.length === 0 ? null : found;
}

/** Static columns are null where the partition has no row: another change may bring the first, and is no difference. */
function isOfPartition(table: EditTable, change: RowChange): boolean {
  return change.kind === 'update' && isPartitionKey(table, change.key);
}

/** Whether a row has changed since a plan was made, in what its change is about: values, or write times. */
export function hasChanged(table: EditTable, change: RowChange, before: RowRead | null, now: RowRead | null): boolean {
  if ((before === null || now === null) && !isOfPartition(table, change)) return before !== now;
  const names = change.kind === 'update' ? Object.keys(change.edits) : Object.keys(before?.cells ?? {});
  return names.some((name) => {
    const [old, next] = [ownValue(before?.cells ?? {}, name), ownValue(now?.cells ?? {}, name)];
    if ((old?.writeTimeMicros ?? null) !== (next?.writeTimeMicros ?? null)) return true;
    return !isSame(columnNamed(table, name), old?.value ?? null, next?.value ?? null);
  });
}

/** The values that a change leaves, by column; null: no row. */
export function wantedOf(
  table: EditTable,
  change: RowChange,
  row: RowRead | null,
): Readonly<Record<string, JsonValue>> | null {
  const cells = row?.cells ?? {};
  const after = (names: readonly string[], edits: Extract<RowChange, { kind: 'update' }>['edits']) =>
    Object.fromEntries(
      names.map((name): [string, JsonValue] => {
        const column = columnNamed(table, name);
        const [before, edit] = [ownValue(cells, name)?.value ?? null, ownValue(edits, name)];
        return [name, stored(column, edit === undefined ? before : edited(column, before, edit))];
      }),
    );
  switch (change.kind) {
    case 'update':
      return after(Object.keys(change.edits), change.edits);
    case 'move':
      return after(
        Object.keys(cells).filter((name) => columnNamed(table, name).kind === 'regular'),
        change.edits ?? {},
      );
    case 'insert':
      return Object.fromEntries(
        Object.entries(change.values).map(([name, value]) => [name, stored(columnNamed(table, name), value)]),
      );
    default:
      return null;
  }
}

/**
 * What a read after an unknown outcome says of a change. Only a write time of our own proves anything: an equal value may be
 * somebody else's, and what is not there may still come.
 */
export function foundOf(
  table: EditTable,
  change: RowChange,
  { before, now, timestampMicros }: { before: RowRead | null; now: RowRead | null; timestampMicros: string | null },
): Exclude<MutationLook['found'], 'unreadable'> {
  const wanted = wantedOf(table, change, before);
  // A row without a marker vanishes with its last value.
  const isEmptied = change.kind === 'update' && Object.values(wanted ?? {}).every((value) => value === null);
  if (now === null && isEmptied) return 'looks_there';
  if (wanted === null || now === null) return (wanted === null) === (now === null) ? 'looks_there' : 'not_there';
  const cells = Object.keys(wanted).map((name) => ownValue(now.cells, name));
  if (timestampMicros !== null && cells.some((cell) => cell?.writeTimeMicros === timestampMicros)) return 'there';
  const isEqual = Object.entries(wanted).every(([name, value]) =>
    isSame(columnNamed(table, name), value, ownValue(now.cells, name)?.value ?? null),
  );
  return isEqual ? 'looks_there' : 'not_there';
}
