import { DIRECTIONS, firstDirection, SORTS, type TableChoice } from './table-list';

/** What the tables page keeps in its address. */
export interface TablesAddress extends TableChoice {
  /** The table that is looked into; null: none. */
  readonly open: { readonly keyspace: string; readonly table: string } | null;
}

export function readTablesAddress(search: string): TablesAddress {
  const given = new URLSearchParams(search);
  const sort = SORTS.find((one) => one === given.get('sort')) ?? 'hurt';
  const [of, table] = [given.get('of'), given.get('table')];
  return {
    sort,
    direction: DIRECTIONS.find((one) => one === given.get('direction')) ?? firstDirection(sort),
    text: given.get('text') ?? '',
    keyspace: given.get('keyspace') || null,
    open: of && table ? { keyspace: of, table } : null,
    system: given.get('system') === 'true',
  };
}

/** The query string with `change` in it; what is not of the page stays. */
export function writeTablesAddress(search: string, change: Partial<TablesAddress>): string {
  const next = new URLSearchParams(search);
  const put = (name: string, text: string | null) => {
    if (text === null || text === '') next.delete(name);
    else next.set(name, text);
  };
  if (change.sort !== undefined) put('sort', change.sort === 'hurt' ? null : change.sort);
  if (change.direction !== undefined) {
    const { sort } = readTablesAddress(next.toString());
    put('direction', change.direction === firstDirection(sort) ? null : change.direction);
  }
  if (change.text !== undefined) put('text', change.text);
  if (change.keyspace !== undefined) put('keyspace', change.keyspace);
  if (change.open !== undefined) {
    put('of', change.open?.keyspace ?? null);
    put('table', change.open?.table ?? null);
  }
  if (change.system !== undefined) put('system', change.system ? 'true' : null);
  return next.toString();
}
