import type { TableName } from '@/lib/contract/common';
import type { ResultColumn } from '@/lib/contract/frames';
import type { Table } from '@/lib/contract/schema';
import { keyPlaces } from '@/lib/cql/row-key';

/** What is known of where a result comes from. */
export interface ResultOrigin {
  readonly columns: readonly ResultColumn[];
  /** The one table that it reads; null where it is not one, or not known. */
  readonly table: TableName | null;
}

/** The names of the columns that tell the rows of two results apart, and in words how rows are matched. */
export interface CompareKey {
  readonly key: readonly string[] | null;
  readonly words: string;
}

/** Rows are matched by primary key where both results have all of it, from one table; else by their position. */
export function compareKey(before: ResultOrigin, after: ResultOrigin, table: Table | undefined): CompareKey {
  const name = after.table;
  if (name === null || table === undefined) return byPosition('the result is not of one known table');
  if (before.table?.keyspace !== name.keyspace || before.table.table !== name.table) {
    return byPosition('the two results are of different tables');
  }
  const places = [before, after].map(({ columns }) => keyPlaces(table, columns));
  const missing = places.flatMap((found) => ('missing' in found ? found.missing : []));
  if (missing.length > 0) {
    return byPosition(`${[...new Set(missing)].join(', ')} of the primary key is not in both`);
  }
  const [found] = places;
  if (found === undefined || 'missing' in found) return byPosition('the primary key is not known');
  const key = [...found.partition, ...found.clustering].map((column) => column.name);
  return { key, words: `Rows are matched by primary key: ${key.join(', ')}.` };
}

function byPosition(why: string): CompareKey {
  return { key: null, words: `Rows are matched by position: ${why}.` };
}
