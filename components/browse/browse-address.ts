import { useSearchParams } from 'next/navigation';
import { useMemo } from 'react';
import * as z from 'zod/mini';
import { pageRowsSchema, tokenSchema } from '@/lib/contract/common';
import { type Filter, filtersSchema } from '@/lib/contract/filters';

const columnsSchema = z.array(z.string()).check(z.minLength(1));

/** What is shown of a table stands in the address: reloading or sharing it gives the same view. Null: as the table is. */
export interface BrowseAddress {
  readonly filters: readonly Filter[];
  /** Null: all. */
  readonly columns: readonly string[] | null;
  readonly reversed: boolean;
  /** Null: as the cluster is configured. */
  readonly pageRows: number | null;
  /** Rows behind this token. */
  readonly from: string | null;
}

export type BrowseChange = Partial<BrowseAddress>;

/** The address as state; each change is a step that the browser can go back. */
export function useBrowseAddress(): [BrowseAddress, (change: BrowseChange) => void] {
  const search = useSearchParams().toString();
  const address = useMemo(() => readAddress(search), [search]);
  const change = (wanted: BrowseChange) => {
    const next = writeAddress(window.location.search, wanted);
    // The router follows it without asking the server: only what is read changes, not the page.
    window.history.pushState(null, '', `${window.location.pathname}${next === '' ? '' : `?${next}`}`);
  };
  return [address, change];
}

/** What a query string says of the view. What does not make sense in it is taken as absent. */
export function readAddress(search: string): BrowseAddress {
  const given = new URLSearchParams(search);
  return {
    filters: filtersSchema.safeParse(jsonOf(given.get('filters'))).data ?? [],
    columns: columnsSchema.safeParse(jsonOf(given.get('columns'))).data ?? null,
    reversed: given.get('reversed') === 'true',
    pageRows: pageRowsSchema.safeParse(Number(given.get('pageRows') ?? Number.NaN)).data ?? null,
    from: tokenSchema.safeParse(given.get('from')).data ?? null,
  };
}

/** The query string with `change` in it; what is as the table is stands nowhere, and what is not of the view stays. */
export function writeAddress(search: string, { filters, columns, reversed, pageRows, from }: BrowseChange): string {
  const next = new URLSearchParams(search);
  const put = (name: keyof BrowseAddress, text: string | null) => {
    if (text === null) next.delete(name);
    else next.set(name, text);
  };
  if (filters !== undefined) put('filters', filters.length === 0 ? null : JSON.stringify(filters));
  if (columns !== undefined) put('columns', columns === null ? null : JSON.stringify(columns));
  if (reversed !== undefined) put('reversed', reversed ? 'true' : null);
  if (pageRows !== undefined) put('pageRows', pageRows === null ? null : String(pageRows));
  if (from !== undefined) put('from', from);
  return next.toString();
}

function jsonOf(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // Cut off or typed wrongly: as if it were not there.
    return undefined;
  }
}
