import { parseAsBoolean, parseAsInteger, parseAsJson, parseAsString, useQueryStates } from 'nuqs';
import * as z from 'zod/mini';
import { pageRowsSchema, tokenSchema } from '@/lib/contract/common';
import { type Filter, filtersSchema } from '@/lib/contract/reads';

const columnsSchema = z.array(z.string()).check(z.minLength(1));

/** What is shown of a table stands in the address: reloading or sharing it gives the same view. Null: as the table is. */
const ADDRESS = {
  filters: parseAsJson<Filter[]>((value) => filtersSchema.safeParse(value).data ?? null),
  columns: parseAsJson<string[]>((value) => columnsSchema.safeParse(value).data ?? null),
  reversed: parseAsBoolean,
  pageRows: parseAsInteger,
  /** Rows behind this token. */
  from: parseAsString,
};

export interface BrowseAddress {
  readonly filters: readonly Filter[];
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly reversed: boolean;
  /** Null: as the cluster is configured. */
  readonly pageRows: number | null;
  readonly from: string | null;
}

export interface BrowseChange {
  readonly filters?: readonly Filter[];
  readonly columns?: readonly string[] | null;
  readonly reversed?: boolean;
  readonly pageRows?: number | null;
  readonly from?: string | null;
}

/** The address as state. What does not make sense in it is taken as absent. */
export function useBrowseAddress(): [BrowseAddress, (change: BrowseChange) => void] {
  const [held, setHeld] = useQueryStates(ADDRESS, { history: 'push' });
  const address: BrowseAddress = {
    filters: held.filters ?? [],
    columns: held.columns,
    reversed: held.reversed ?? false,
    pageRows: pageRowsSchema.safeParse(held.pageRows).data ?? null,
    from: tokenSchema.safeParse(held.from).data ?? null,
  };
  const change = ({ filters, columns, reversed, pageRows, from }: BrowseChange) =>
    void setHeld({
      ...(filters === undefined ? {} : { filters: filters.length === 0 ? null : [...filters] }),
      ...(columns === undefined ? {} : { columns: columns === null ? null : [...columns] }),
      ...(reversed === undefined ? {} : { reversed: reversed || null }),
      ...(pageRows === undefined ? {} : { pageRows }),
      ...(from === undefined ? {} : { from }),
    });
  return [address, change];
}
