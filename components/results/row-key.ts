import type { Row } from '@/lib/client/stream-events';
import type { HeaderFrame } from '@/lib/contract/frames';
import type { RowOrder } from './source';

/**
 * The key of a row's run: its partition key, and inside a partition the value of the column that orders it. Rows of one
 * run follow each other.
 */
export function keyOfRows({ columns }: HeaderFrame, order: RowOrder | undefined): (row: Row) => string {
  const places = columns.flatMap(({ kind, name }, index) =>
    kind === 'partition_key' || (order?.by === 'value' && name === order.column) ? [index] : [],
  );
  return (row) => JSON.stringify(places.map((place) => row[place]));
}
