import { addressOf } from '@/lib/contract/endpoint';
import { rows } from '@/lib/contract/endpoints/tables';
import type { Filter } from '@/lib/contract/filters';
import { type JsonValue, jsonText, parseJson } from '@/lib/contract/json';
import type { RowsRequest } from '@/lib/contract/reads';
import type { ValueBound } from '@/lib/grid/page-marks';
import { isAsRead } from '@/lib/local/local-view';
import type { ReadStart, ResultSource, RowOrder } from '@/lib/reader/source';
import type { TablePlace } from '../client/place';
import type { BrowseAddress } from './address';

/** A few screens of rows: they arrive in half the time of a whole page. */
const FIRST_PAGE_ROWS = 250;

/** The request of a table's view. Two views that read the same have the same key, wherever they start. */
export function browseSource(place: TablePlace, address: BrowseAddress, order: RowOrder | undefined): ResultSource {
  const { filters, columns, reversed, filtering, pageRows } = address;
  const body = {
    ...(filters.length === 0 ? {} : { filters: filters.map(filterJson) }),
    ...(columns === null ? {} : { columns: [...columns] }),
    ...(reversed ? { reversed } : {}),
    ...(filtering ? { allowFiltering: true } : {}),
    ...(pageRows === null ? { firstPageRows: FIRST_PAGE_ROWS } : { pageRows }),
  } satisfies RowsRequest;
  const path = addressOf(rows.post, place);
  return {
    key: jsonText([path, body, order ?? null]),
    label: `${place.keyspace}.${place.table}`,
    path,
    body,
    order,
    start: readPlaceOf(address, order),
    repeatable: true,
  };
}

/** Only what the filter says: parts that its operator does not use are absent, not undefined. */
function filterJson({ column, tuple, operator, key, value, limit }: Filter) {
  return {
    column,
    operator,
    value,
    ...(tuple === undefined ? {} : { tuple }),
    ...(key === undefined ? {} : { key }),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Where reading starts by an address, if rows in that order have such places. */
export function readPlaceOf(address: BrowseAddress, order: RowOrder | undefined): ReadStart {
  const { from, at, and, skip, last } = address;
  // Rows that are sorted or filtered on the page are read whole.
  if (order === undefined || !isAsRead(address)) return { kind: 'start' };
  if (last) return { kind: 'end' };
  if (order.by === 'token' && from !== null) return { kind: 'token', token: from, skip };
  if (order.by === 'value' && at !== null) return { kind: 'value', bound: boundAt(at, and ?? [], order), skip };
  return { kind: 'start' };
}

/** As many of the values as the rows are ordered by. */
function boundAt(at: string, and: readonly JsonValue[], order: Extract<RowOrder, { by: 'value' }>): ValueBound {
  const { column } = order;
  const tuple = order.tuple.slice(0, and.length);
  if (tuple.length === 0) return { column, tuple, json: at };
  return { column, tuple, json: jsonText([parseJson(at), ...and.slice(0, tuple.length)]) };
}

/** The token from which to read so that the partition at `token` is among the rows, whole. */
export function tokenBefore(token: string): string {
  const least = -(2n ** 63n);
  const value = BigInt(token);
  return String(value > least ? value - 1n : least);
}
