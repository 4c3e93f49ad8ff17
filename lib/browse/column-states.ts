/**
 * A table's column in a view: `shown`; `hidden`: read, but hidden in this browser; `unread`: not among the columns that
 * the address names.
 */
type ColumnState = 'shown' | 'hidden' | 'unread';

export interface ViewColumn {
  readonly name: string;
  readonly state: ColumnState;
}

/** The columns of a view. `read` null: all of them. Where every column read is hidden, all are shown, as in the grid. */
export function viewColumns(
  all: readonly string[],
  read: readonly string[] | null,
  hidden: readonly string[],
): readonly ViewColumn[] {
  const isRead = new Set(read ?? all);
  const away = new Set(hidden);
  const anyShown = all.some((name) => isRead.has(name) && !away.has(name));
  return all.map((name) => {
    if (!isRead.has(name)) return { name, state: 'unread' };
    return { name, state: anyShown && away.has(name) ? 'hidden' : 'shown' };
  });
}

/** The names that are shown; null: all. */
export function shownNames(columns: readonly ViewColumn[]): string[] | null {
  const shown = columns.filter(({ state }) => state === 'shown').map(({ name }) => name);
  return shown.length === columns.length ? null : shown;
}

/** The columns to read after this one is toggled, null: all; undefined when none would be left. */
export function readToggled(columns: readonly ViewColumn[], name: string): string[] | null | undefined {
  const next = columns.filter((one) => (one.name === name) === (one.state === 'unread')).map((one) => one.name);
  if (next.length === 0) return undefined;
  return next.length === columns.length ? null : next;
}
