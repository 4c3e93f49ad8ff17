import type { Row } from '@/lib/client/stream-events';
import type { HeaderFrame } from '@/lib/contract/frames';
import { jsonText } from '@/lib/contract/json';
import { placesOf } from '@/lib/cql/row-key';
import type { RowOrder } from './source';

/**
 * The key of a row's run: its partition key, and inside a partition the values that order it. Rows of one run are adjacent.
 */
export function keyOfRows(header: HeaderFrame, order: RowOrder | undefined): (row: Row) => string {
  const key = header.columns.flatMap(({ kind }, index) => (kind === 'partition_key' ? [index] : []));
  const places = [...key, ...orderPlaces(header, order)];
  return (row) => jsonText(places.map((place) => row[place]));
}

/** The positions in a row of the values that order it inside a partition, up to the first that is not among the columns. */
export function orderPlaces({ columns }: HeaderFrame, order: RowOrder | undefined): number[] {
  if (order?.by !== 'value') return [];
  const places = placesOf([order.column, ...order.tuple], columns);
  const gap = places.indexOf(-1);
  return gap === -1 ? places : places.slice(0, gap);
}
