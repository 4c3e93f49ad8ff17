/** A column that rows are sorted by on this page. */
export interface SortKey {
  /** The column's name; where two columns of a result have one name, its key in the grid. */
  readonly column: string;
  readonly descending: boolean;
}

/** How this page arranges rows that it has read whole: the first sort key decides, the next ones break ties. */
export interface LocalView {
  readonly sort: readonly SortKey[];
  /** Only rows that hold this text are shown: see `quick-filter.ts`. */
  readonly quick: string;
}

/** All rows, in the order in which Cassandra returns them. */
export const AS_READ: LocalView = { sort: [], quick: '' };

export function isAsRead({ sort, quick }: LocalView): boolean {
  return sort.length === 0 && quick === '';
}

/** Sorted by this column alone. */
export function sortedBy(view: LocalView, key: SortKey): LocalView {
  return { ...view, sort: [key] };
}

/** Sorted by this column where the columns before it are equal. */
export function thenSortedBy(view: LocalView, key: SortKey): LocalView {
  return { ...view, sort: [...view.sort.filter(({ column }) => column !== key.column), key] };
}

/**
 * What a press of a column's header asks for: ascending, then descending, then not sorted by it. @param adds the columns
 * that sort already stay, and this one breaks their ties
 */
export function turnedBy(view: LocalView, column: string, adds: boolean): LocalView {
  const now = view.sort.find((key) => key.column === column);
  const isAlone = view.sort.length === 1;
  if (!adds && (now === undefined || !isAlone)) return sortedBy(view, { column, descending: false });
  if (now === undefined) return thenSortedBy(view, { column, descending: false });
  const turned = { column, descending: true };
  const sort = now.descending
    ? view.sort.filter((key) => key !== now)
    : view.sort.map((key) => (key === now ? turned : key));
  return { ...view, sort };
}

/** `delay, descending, then destination` */
export function sortText(sort: readonly SortKey[]): string {
  return sort.map(({ column, descending }) => (descending ? `${column}, descending` : column)).join(', then ');
}
