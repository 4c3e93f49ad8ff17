import type { JsonValue } from '@/lib/contract/json';
import type { Anchor, ValueBound } from '@/lib/grid/page-marks';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/token-ends';

/**
 * Where in a result to start. `token`: with the rows after it, skipping `skip` of them; `value`: inside a partition, with the
 * rows from that clustering value on; `end`: with the last row.
 */
export type ReadStart =
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'token'; readonly token: string; readonly skip: number }
  | { readonly kind: 'value'; readonly bound: ValueBound; readonly skip: number };

/** What to read: an NDJSON route and its request, apart from where to start and how many pages. */
export interface ResultSource {
  /** Two sources with one key are the same result; another key starts over. */
  readonly key: string;
  /** Names the grid for people who cannot see it: `flights.by_origin_day`. */
  readonly label: string;
  readonly path: string;
  readonly body: { readonly [name: string]: JsonValue };
  /** Where reading starts; at the beginning unless given. */
  readonly start?: ReadStart | undefined;
  /**
   * How the rows are ordered, for a route that can be read from the middle and upwards: by token, or inside one partition
   * by clustering columns, as they are shown. Absent: it can only be read from the start.
   */
  readonly order?: RowOrder | undefined;
  /**
   * False for a statement that changes something: it is sent once, never retried, and cannot be read on.
   */
  readonly repeatable: boolean;
}

export type RowOrder =
  | { readonly by: 'token' }
  | {
      readonly by: 'value';
      readonly column: string;
      /** The clustering columns after it with the same direction: a place is one comparison of all of them. */
      readonly tuple: readonly string[];
      readonly descending: boolean;
    };

export const START: ReadStart = { kind: 'start' };

/** What is read below and above a place; null: nothing. */
export interface Openings {
  readonly next: Anchor | null;
  readonly prior: Anchor | null;
}

/** The openings at a place. A place that does not fit the source's order counts as its start. */
export function openingsAt({ order }: Pick<ResultSource, 'order'>, place: ReadStart): Openings {
  const start: Openings = { next: { kind: 'start' }, prior: null };
  if (order === undefined) return start;
  switch (place.kind) {
    case 'start':
      return start;
    case 'end':
      return { next: null, prior: order.by === 'token' ? rowsUpTo(MAX_TOKEN) : valueAnchor(null, true) };
    case 'token': {
      if (order.by !== 'token' || BigInt(place.token) <= MIN_TOKEN) return start;
      return { next: rowsAfter(place.token), prior: rowsUpTo(BigInt(place.token)) };
    }
    case 'value':
      if (order.by !== 'value' || !isOf(place.bound, order)) return start;
      return { next: valueAnchor(place.bound, false), prior: valueAnchor(place.bound, true) };
    default:
      return place satisfies never;
  }
}

/** False for a bound on other columns than those that order the rows. */
function isOf({ column, tuple }: ValueBound, order: Extract<RowOrder, { by: 'value' }>): boolean {
  return column === order.column && tuple.every((name, index) => name === order.tuple[index]);
}

function rowsAfter(token: string): Anchor {
  return { kind: 'range', from: token, to: String(MAX_TOKEN), cursor: null };
}

/** Everything above the rows after `to`, as one range: it is read in steps. */
export function rowsUpTo(to: bigint): Anchor {
  return { kind: 'range', from: String(MIN_TOKEN), to: String(to), cursor: null };
}

function valueAnchor(value: ValueBound | null, back: boolean): Anchor {
  return { kind: 'value', value, back, cursor: null };
}

/** Where the page after one that was read from `anchor` starts; null after the last. */
export function anchorAfter(anchor: Anchor, cursor: string | null): Anchor | null {
  if (cursor === null) return null;
  // A cursor belongs to the whole request, including its bounds.
  return anchor.kind === 'range' || anchor.kind === 'value' ? { ...anchor, cursor } : { kind: 'cursor', cursor };
}

/** The request that reads from `anchor`; `maxPages` 0 reads to the end. */
export function requestAt(source: ResultSource, anchor: Anchor, maxPages: number): { [name: string]: JsonValue } {
  const body = { ...source.body, maxPages };
  switch (anchor.kind) {
    case 'start':
      return body;
    case 'cursor':
      return { ...body, cursor: anchor.cursor };
    case 'range':
      return { ...body, fromToken: anchor.from, toToken: anchor.to, ...cursorOf(anchor.cursor) };
    case 'value':
      return { ...body, ...valueRequest(source, anchor), ...cursorOf(anchor.cursor) };
    default:
      return anchor satisfies never;
  }
}

function cursorOf(cursor: string | null): { cursor?: string } {
  return cursor === null ? {} : { cursor };
}

function valueRequest({ body, order }: ResultSource, { value, back }: Extract<Anchor, { kind: 'value' }>) {
  const request: { [name: string]: JsonValue } = back ? { reversed: body.reversed !== true } : {};
  if (value === null || order?.by !== 'value') return request;
  const operator = order.descending ? (back ? '>' : '<=') : back ? '<' : '>=';
  const filters = Array.isArray(body.filters) ? body.filters : [];
  const { column, tuple, json } = value;
  const bound = { column, ...(tuple.length === 0 ? {} : { tuple: [...tuple] }), operator, value: JSON.parse(json) };
  return { ...request, filters: [...filters, bound] };
}
