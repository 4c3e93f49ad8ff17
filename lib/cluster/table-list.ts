import { FIGURES, type Figure } from '@/lib/contract/figures';
import type { TableRow } from '@/lib/contract/tables';

/** Which tables the page lists, and in which order; `hurt` is the order in which the server gives them. */

export const SORTS = ['hurt', 'name', ...FIGURES, 'compaction', 'ttl', 'indexes'] as const;
export type TableSort = (typeof SORTS)[number];
export const DIRECTIONS = ['up', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface TableChoice {
  readonly sort: TableSort;
  readonly direction: Direction;
  /** Part of `keyspace.table`. */
  readonly text: string;
  /** Null: all. */
  readonly keyspace: string | null;
  readonly system: boolean;
}

/** The direction that a column begins with: what is large is looked for. */
export function firstDirection(sort: TableSort): Direction {
  return sort === 'name' || sort === 'compaction' ? 'up' : 'down';
}

/** The tables that are chosen, in order. Unknown is neither large nor small: it comes last in both directions. */
export function listTables(tables: readonly TableRow[], choice: TableChoice): readonly TableRow[] {
  const needle = choice.text.trim().toLowerCase();
  const chosen = tables.filter(
    ({ keyspace, table, system }) =>
      (choice.system || !system || keyspace === choice.keyspace) &&
      (choice.keyspace === null || keyspace === choice.keyspace) &&
      `${keyspace}.${table}`.toLowerCase().includes(needle),
  );
  if (choice.sort === 'hurt') return choice.direction === 'down' ? chosen : chosen.toReversed();
  const sign = choice.direction === 'up' ? 1 : -1;
  const sortedBy = valuesOf(choice.sort);
  return chosen
    .map((row) => ({ row, value: sortedBy(row) }))
    .sort((a, b) => {
      if (a.value === null || b.value === null) return Number(a.value === null) - Number(b.value === null);
      return (a.value < b.value ? -1 : Number(a.value > b.value)) * sign;
    })
    .map(({ row }) => row);
}

function valuesOf(sort: Exclude<TableSort, 'hurt'>): (row: TableRow) => string | number | null {
  switch (sort) {
    case 'name':
      return ({ keyspace, table }) => `${keyspace}.${table}`;
    case 'compaction':
      return ({ compaction }) => compaction;
    case 'ttl':
      return ({ defaultTtlSeconds }) => defaultTtlSeconds;
    case 'indexes':
      // What is not ready comes first, then those with the most.
      return ({ indexes }) => indexes.filter(({ state }) => state !== 'ready').length * 1_000 + indexes.length;
    default:
      return ({ figures }) => figures[sort satisfies Figure];
  }
}
