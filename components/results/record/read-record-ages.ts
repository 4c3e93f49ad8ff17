import type { TablePlace } from '@/lib/client/place';
import type { Row } from '@/lib/client/stream';
import type { KeyPlaces } from '@/lib/cql/row-key';
import { type Age, type AgedColumn, agesIn, planAgeReads } from '../age/age-plan';
import { readAll } from '../age/read-all';

/** Write times and TTLs of a row's cells, by which of its values. A cell without an entry was not found. */
export type RecordAges = ReadonlyMap<number, Age | null>;

/**
 * Reads the age of each cell of one row by its primary key, some columns a statement, one statement after another.
 * @throws Error with the server's own words
 */
export async function readRecordAges(
  place: TablePlace,
  key: KeyPlaces,
  columns: readonly AgedColumn[],
  values: Row,
  signal: AbortSignal,
): Promise<RecordAges> {
  const ages = new Map<number, Age | null>();
  for (const read of planAgeReads(place, key, columns, [{ row: 0, values }])) {
    const answer = await readAll(place.cluster, { statement: read.statement, params: [...read.params] }, signal);
    for (const [source, age] of agesIn(read, answer).get(0) ?? []) ages.set(source, age);
  }
  return ages;
}
