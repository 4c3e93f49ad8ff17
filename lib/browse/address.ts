import * as z from 'zod/mini';
import { pageRowsSchema, tokenSchema } from '@/lib/contract/common';
import { type Filter, filtersSchema } from '@/lib/contract/filters';
import { type JsonValue, jsonText, jsonValueSchema, parseJson } from '@/lib/contract/json';

/** Rows that are read to come to a place inside a large partition: at the most so many. */
const skipSchema = z.int().check(z.minimum(0), z.maximum(1_000_000));
/** A key has no null. */
const andSchema = z.array(jsonValueSchema.check(z.refine((value) => value !== null))).check(z.minLength(1));
const columnsSchema = z.array(z.string()).check(z.minLength(1));

/** What is shown of a table stands in the address: reloading or sharing it gives the same view. Null: as the table is. */
export interface BrowseAddress {
  readonly filters: readonly Filter[];
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly reversed: boolean;
  /** What neither key nor index finds is to be read and dropped. Somebody must still agree to it before it is read. */
  readonly filtering: boolean;
  /** Null: as the cluster is configured. */
  readonly pageRows: number | null;
  /** The place in the table: the rows behind this token. Null: its start. */
  readonly from: string | null;
  /** The place in a partition: the rows from this value, in its JSON text, of the column that orders them on. */
  readonly at: string | null;
  /** Beside `at`: the values of the columns behind that one, as many as there are. */
  readonly and: readonly JsonValue[] | null;
  /** So many rows behind `from`, or behind `at` with what is beside it. */
  readonly skip: number;
  /** The place is the last row. */
  readonly last: boolean;
}

export type BrowseChange = Partial<BrowseAddress>;

/** Only where in the table to look: all the rest of a view stays. */
export type PlaceChange = Pick<BrowseAddress, 'from' | 'at' | 'and' | 'skip' | 'last'>;

export const AT_START: PlaceChange = { from: null, at: null, and: null, skip: 0, last: false };

/** What a query string says of the view. What does not make sense in it is taken as absent. */
export function readAddress(search: string): BrowseAddress {
  const given = new URLSearchParams(search);
  return {
    filters: filtersSchema.safeParse(parseJson(given.get('filters') ?? '')).data ?? [],
    columns: columnsSchema.safeParse(parseJson(given.get('columns') ?? '')).data ?? null,
    reversed: given.get('reversed') === 'true',
    filtering: given.get('filtering') === 'true',
    pageRows: pageRowsSchema.safeParse(Number(given.get('pageRows') ?? Number.NaN)).data ?? null,
    from: tokenSchema.safeParse(given.get('from')).data ?? null,
    at: parseJson(given.get('at') ?? '') === undefined ? null : given.get('at'),
    and: andSchema.safeParse(parseJson(given.get('and') ?? '')).data ?? null,
    skip: skipSchema.safeParse(Number(given.get('skip') ?? Number.NaN)).data ?? 0,
    last: given.get('last') === 'true',
  };
}

/** The query string with `change` in it; what is as the table is stands nowhere, and what is not of the view stays. */
export function writeAddress(search: string, change: BrowseChange): string {
  const { filters, columns, reversed, filtering, pageRows, from, at, and, skip, last } = change;
  const next = new URLSearchParams(search);
  const put = (name: keyof BrowseAddress, text: string | null) => {
    if (text === null) next.delete(name);
    else next.set(name, text);
  };
  if (filters !== undefined) put('filters', filters.length === 0 ? null : jsonText(filters));
  if (columns !== undefined) put('columns', columns === null ? null : JSON.stringify(columns));
  if (reversed !== undefined) put('reversed', reversed ? 'true' : null);
  if (filtering !== undefined) put('filtering', filtering ? 'true' : null);
  if (pageRows !== undefined) put('pageRows', pageRows === null ? null : String(pageRows));
  if (from !== undefined) put('from', from);
  if (at !== undefined) put('at', at);
  if (and !== undefined) put('and', and === null ? null : jsonText(and));
  if (skip !== undefined) put('skip', skip === 0 ? null : String(skip));
  if (last !== undefined) put('last', last ? 'true' : null);
  return next.toString();
}
