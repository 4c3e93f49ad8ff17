import { apiPath } from '@/lib/client/paths';
import type { Consistency } from '@/lib/contract/common';
import type { ExportFormat } from '@/lib/contract/exports';
import type { Filter } from '@/lib/contract/filters';
import type { ExportRequest } from '@/lib/contract/reads';

/** What is exported: a table, perhaps filtered and with some of its columns, or what a statement reads. */
export type ExportSource =
  | {
      readonly kind: 'table';
      readonly keyspace: string;
      readonly table: string;
      readonly filters: readonly Filter[];
      /** Null: all columns. */
      readonly columns: readonly string[] | null;
    }
  | { readonly kind: 'statement'; readonly statement: string; readonly keyspace: string | null };

export interface CsvOptions {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly header: boolean;
  readonly nullText: string;
  readonly formulaSafe: boolean;
}

export interface ExportChoices {
  readonly source: ExportSource;
  readonly format: ExportFormat;
  readonly csv: CsvOptions;
  /** Null: the cluster's own. */
  readonly consistency: Consistency | null;
}

export const DEFAULT_CSV: CsvOptions = { delimiter: ',', header: true, nullText: '', formulaSafe: false };

/** The request as the server takes it; `id` is chosen here so that progress can be watched from the start. */
export function exportRequest({ source, format, csv, consistency }: ExportChoices, id?: string): ExportRequest {
  return {
    ...(source.kind === 'table' ? tableRequest(source) : statementRequest(source)),
    format,
    ...(format === 'csv' ? { csv } : {}),
    ...(consistency === null ? {} : { consistency }),
    ...(id === undefined ? {} : { id }),
  };
}

/** The address of the download: a plain GET, so that the browser's own download manager takes it. */
export function exportHref(cluster: string, request: ExportRequest): string {
  return `${apiPath.export(cluster)}?${new URLSearchParams({ request: JSON.stringify(request) })}`;
}

/** Node's HTTP server takes 16 KiB of request line and headers together; the rest is left for headers. */
const HREF_LIMIT = 12_000;

/** False for a statement too long for an address; curl sends it as a body and has no such limit. */
export function fitsInAddress(href: string): boolean {
  return href.length <= HREF_LIMIT;
}

/** A name for the file on the command line; a browser uses the one that the server gives. */
export function exportFileName(source: ExportSource, format: ExportFormat): string {
  const name = source.kind === 'table' ? `${source.keyspace}.${source.table}` : 'query';
  return `${name.replace(/[^\p{L}\p{N}._-]/gu, '_')}.${format}`;
}

function tableRequest({ keyspace, table, filters, columns }: Extract<ExportSource, { kind: 'table' }>) {
  return {
    keyspace,
    table,
    ...(filters.length === 0 ? {} : { filters: [...filters] }),
    ...(columns === null ? {} : { columns: [...columns] }),
  };
}

function statementRequest({ statement, keyspace }: Extract<ExportSource, { kind: 'statement' }>) {
  return { statement, ...(keyspace === null ? {} : { keyspace }) };
}
