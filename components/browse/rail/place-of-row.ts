import { AT_START, MOST_SKIPPED_ROWS, type PlaceChange } from '@/lib/browse/address';
import { tokenBefore } from '@/lib/browse/source';
import type { Row } from '@/lib/client/stream-events';
import type { HeaderFrame } from '@/lib/contract/frames';
import { type JsonValue, jsonText } from '@/lib/contract/json';
import { placesOf } from '@/lib/cql/row-key';
import type { TableShape } from '@/lib/cql/schema-lookup';
import { markAt, pageOfRow } from '@/lib/grid/page-marks';
import { tokenAtShare } from '@/lib/reader/rail-coverage';
import type { ResultReader } from '@/lib/reader/result-reader';
import { orderPlaces } from '@/lib/reader/row-key';
import type { RowOrder } from '@/lib/reader/source';
import { murmur3Token, routingKey } from '@/lib/ring/murmur3';
import { fromJson } from '@/lib/wire/encode';

/** For the values of a place in an address: Node takes 16 KiB for the address and all headers together. */
const MOST_CHARACTERS = 4_000;

/** The token of a partition key, from its values in their JSON form and in key order; null if one of them is null. */
export function tokenOfKey(values: readonly JsonValue[], shape: TableShape): bigint | null {
  const parts: Uint8Array[] = [];
  for (const [index, name] of shape.partitionKey.entries()) {
    const type = shape.columns.find((column) => column.name === name)?.type;
    const bytes = type === undefined ? null : fromJson(values[index] ?? null, type);
    if (bytes === null) return null;
    parts.push(bytes);
  }
  return murmur3Token(routingKey(parts));
}

/** The token of a row's partition; null if part of its key is not among the columns. */
export function tokenOfRow(row: Row, { columns }: HeaderFrame, shape: TableShape): bigint | null {
  const places = placesOf(shape.partitionKey, columns);
  if (places.includes(-1)) return null;
  return tokenOfKey(
    places.map((place) => row[place] ?? null),
    shape,
  );
}

/**
 * A row of a partition as a place in an address: the values that order it, and how many rows with the same values come
 * before it. Null for a row without such values, or if they are not among the columns.
 */
export function placeInPartition(
  { row, skip }: { readonly row: Row; readonly skip: number },
  header: HeaderFrame,
  order: RowOrder,
): PlaceChange | null {
  const places = orderPlaces(header, order);
  const values = fitting(places.map((place) => row[place] ?? null));
  const [first, ...more] = values;
  if (first === undefined) return null;
  return {
    ...AT_START,
    at: jsonText(first),
    and: more.length === 0 ? null : more,
    // The rows before it were counted for all the values; for fewer of them the count is unknown.
    skip: values.length === places.length ? skip : 0,
  };
}

/** The values up to the first null, or the first that makes the address too long for servers. The first may have any length. */
function fitting(values: readonly JsonValue[]): JsonValue[] {
  let characters = 0;
  const end = values.findIndex((value, index) => {
    characters += encodeURIComponent(JSON.stringify(value)).length;
    return value === null || (index > 0 && characters > MOST_CHARACTERS);
  });
  return values.slice(0, end === -1 ? values.length : end);
}

/**
 * The row at the top of the view as a place in an address, so that opening it shows that row at the top again; null if it
 * has none. If the key is not among the columns, the row will only be near the top.
 */
export function placeOfView(reader: ResultReader, shape: TableShape): PlaceChange | null {
  const { window, reading } = reader.getState();
  const { order } = reader.source;
  const { marks, prior } = window;
  const top = Math.min(reader.getView().top, marks.endRow - 1);
  if (order === undefined || reading.header === null || marks.rowCount === 0) return null;
  if (top <= marks.firstRow && prior === null) return AT_START;
  const found = reader.positionOf(top);
  if (found === null) return null;
  const { row } = found;
  const skip = Math.min(found.skip ?? 0, MOST_SKIPPED_ROWS);
  if (order.by === 'value') return placeInPartition({ row, skip }, reading.header, order);
  const token = tokenOfRow(row, reading.header, shape);
  if (token !== null) return { ...AT_START, from: tokenBefore(String(token)), skip };
  const share = markAt(marks, pageOfRow(marks, top) ?? Number.NaN)?.share;
  return share == null ? null : { ...AT_START, from: String(tokenAtShare(share[0])) };
}
