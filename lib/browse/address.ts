import * as z from 'zod/mini';
import { pageRowsSchema, tokenSchema } from '@/lib/contract/common';
import { type Filter, filtersSchema } from '@/lib/contract/filters';
import { type JsonValue, jsonText, parseJson } from '@/lib/contract/json';
import { jsonValueSchema } from '@/lib/contract/json-schemas';
import { AS_READ, type LocalView, type SortKey } from '@/lib/local/local-view';

/** The most rows that are read and passed over to reach a place inside a large partition. */
export const MOST_SKIPPED_ROWS = 1_000_000;

const skipSchema = z.int().check(z.minimum(0), z.maximum(MOST_SKIPPED_ROWS));
/** A key has no null. */
const andSchema = z.array(jsonValueSchema.check(z.refine((value) => value !== null))).check(z.minLength(1));
const columnsSchema = z.array(z.string()).check(z.minLength(1));
const sortSchema = z.array(z.tuple([z.string(), z.enum(['asc', 'desc'])])).check(z.minLength(1));

/** What is shown of a table is in the address: reloading or sharing it gives the same view. Null: the table's default. */
export interface BrowseAddress extends LocalView {
  readonly filters: readonly Filter[];
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly reversed: boolean;
  /** Rows that neither key nor index finds may be read and dropped. Somebody must still agree before anything is read. */
  readonly filtering: boolean;
  /** Null: as the cluster is configured. */
  readonly pageRows: number | null;
  /** The place in the table: the rows after this token. Null: its start. */
  readonly from: string | null;
  /** The place in a partition: the rows from this value on, in its JSON text, of the column that orders them. */
  readonly at: string | null;
  /** With `at`: the values of the columns after that one, as many as there are. */
  readonly and: readonly JsonValue[] | null;
  /** So many rows after `from`, or after `at` and `and`. */
  readonly skip: number;
  /** The place is the last row. */
  readonly last: boolean;
}

export type BrowseChange = Partial<BrowseAddress>;

/** Only where in the table to look: the rest of the view stays. */
export type PlaceChange = Pick<BrowseAddress, 'from' | 'at' | 'and' | 'skip' | 'last'>;

export const AT_START: PlaceChange = { from: null, at: null, and: null, skip: 0, last: false };

/** One parameter of the address. */
interface AddressPart<T> {
  /** Without the parameter. */
  readonly absent: T;
  /** Undefined: the text cannot be read. */
  readonly read: (text: string) => T | undefined;
}

const FLAG: AddressPart<boolean> = {
  absent: false,
  read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

export const ADDRESS_PARTS: { readonly [Name in keyof BrowseAddress]: AddressPart<BrowseAddress[Name]> } = {
  filters: { absent: [], read: (text) => filtersSchema.safeParse(parseJson(text)).data },
  columns: { absent: null, read: (text) => columnsSchema.safeParse(parseJson(text)).data },
  reversed: FLAG,
  filtering: FLAG,
  pageRows: { absent: null, read: (text) => pageRowsSchema.safeParse(numberIn(text)).data },
  from: { absent: null, read: (text) => tokenSchema.safeParse(text).data },
  at: { absent: null, read: (text) => (parseJson(text) === undefined ? undefined : text) },
  and: { absent: null, read: (text) => andSchema.safeParse(parseJson(text)).data },
  skip: { absent: 0, read: (text) => skipSchema.safeParse(numberIn(text)).data },
  last: FLAG,
  sort: { absent: AS_READ.sort, read: readSort },
  quick: { absent: AS_READ.quick, read: (text) => text },
};

function numberIn(text: string): number {
  return text === '' ? Number.NaN : Number(text);
}

/**
 * The view that a query string describes. A part that cannot be read is as if it were absent: `unreadParts` names those,
 * and nothing is read from Cassandra while there are any.
 */
export function readAddress(search: string): BrowseAddress {
  const given = new URLSearchParams(search);
  const read = <Name extends keyof BrowseAddress>(name: Name): BrowseAddress[Name] => {
    const text = given.get(name);
    const part = ADDRESS_PARTS[name];
    return (text === null ? undefined : part.read(text)) ?? part.absent;
  };
  return {
    filters: read('filters'),
    columns: read('columns'),
    reversed: read('reversed'),
    filtering: read('filtering'),
    pageRows: read('pageRows'),
    from: read('from'),
    at: read('at'),
    and: read('and'),
    skip: read('skip'),
    last: read('last'),
    sort: read('sort'),
    quick: read('quick'),
  };
}

function readSort(text: string): readonly SortKey[] | undefined {
  const keys = sortSchema.safeParse(parseJson(text)).data;
  return keys?.map(([column, way]) => ({ column, descending: way === 'desc' }));
}

function sortJson(sort: readonly SortKey[]): string {
  return JSON.stringify(sort.map(({ column, descending }) => [column, descending ? 'desc' : 'asc']));
}

/**
 * `change` with what follows from it: other rows, or another order, start at the top; and a place to go to is one in
 * Cassandra's order, so sorting and filtering on the page end.
 */
export function wholeChange(change: BrowseChange): BrowseChange {
  const { filters, reversed, filtering, sort, quick, from, at, last } = change;
  const isOther = [filters, reversed, filtering, sort, quick].some((one) => one !== undefined);
  if (isOther) return { ...AT_START, ...change };
  const isJump = [from, at, last].some((one) => one !== undefined);
  return isJump ? { ...AS_READ, ...change } : change;
}

/** The query string with `change` in it. The table's defaults are left out, and parameters that are not the view's stay. */
export function writeAddress(search: string, change: BrowseChange): string {
  const { filters, columns, reversed, filtering, pageRows, from, at, and, skip, last, sort, quick } = change;
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
  if (sort !== undefined) put('sort', sort.length === 0 ? null : sortJson(sort));
  if (quick !== undefined) put('quick', quick === '' ? null : quick);
  return next.toString();
}
