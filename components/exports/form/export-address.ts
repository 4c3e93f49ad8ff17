import * as z from 'zod/mini';
import { CONSISTENCY_LEVELS, type Consistency } from '@/lib/contract/common';
import { EXPORT_FORMATS, type ExportFormat } from '@/lib/contract/export-formats';
import { type Filter, filtersSchema } from '@/lib/contract/filters';
import { jsonText, parseJson } from '@/lib/contract/json';
import { DESTINATIONS, type Destination, type ExportOptions, exportOptionsSchema } from './export-request';

/** What is exported stands in the address, so that a link or a reload brings it back. It never starts anything. */
export interface ExportAddress {
  readonly keyspace: string | null;
  readonly table: string | null;
  /** Null: none. */
  readonly filters: readonly Filter[] | null;
  /** Somebody chose to have rows read and dropped for filters that nothing else serves. */
  readonly filtering: boolean;
  /** Null: all columns. */
  readonly columns: readonly string[] | null;
  /** Null: a table is exported. */
  readonly statement: string | null;
  /** The id of a statement too long for an address, kept on the server; null: none. */
  readonly text: string | null;
  readonly format: ExportFormat;
  /** Null: as they are at first. */
  readonly options: ExportOptions | null;
  /** Null: the cluster's own. */
  readonly consistency: Consistency | null;
  readonly to: Destination;
}

const columnsSchema = z.array(z.string());

/** What a query string says of an export. What makes no sense in it counts as absent. */
export function readExportAddress(search: string): ExportAddress {
  const given = new URLSearchParams(search);
  const json = (name: keyof ExportAddress) => parseJson(given.get(name) ?? '');
  return {
    keyspace: given.get('keyspace'),
    table: given.get('table'),
    filters: filtersSchema.safeParse(json('filters')).data ?? null,
    filtering: given.get('filtering') === 'true',
    columns: columnsSchema.safeParse(json('columns')).data ?? null,
    statement: given.get('statement'),
    text: given.get('text'),
    format: EXPORT_FORMATS.find((format) => format === given.get('format')) ?? FIRST.format,
    options: exportOptionsSchema.safeParse(json('options')).data ?? null,
    consistency: CONSISTENCY_LEVELS.find((level) => level === given.get('consistency')) ?? null,
    to: DESTINATIONS.find((destination) => destination === given.get('to')) ?? FIRST.to,
  };
}

const FIRST = { format: 'csv', to: 'download' } as const;

/** The query string with `change` in it; what is as at first stands nowhere, and what is not of the export stays. */
export function writeExportAddress(search: string, change: Partial<ExportAddress>): string {
  const next = new URLSearchParams(search);
  const { keyspace, table, filters, filtering, columns, statement, text, format, options, consistency, to } = change;
  const put = (name: keyof ExportAddress, value: string | null) => {
    if (value === null) next.delete(name);
    else next.set(name, value);
  };
  const putJson = (name: keyof ExportAddress, value: unknown) => put(name, value === null ? null : jsonText(value));
  if (keyspace !== undefined) put('keyspace', keyspace);
  if (table !== undefined) put('table', table);
  if (filters !== undefined) putJson('filters', filters);
  if (filtering !== undefined) put('filtering', filtering ? 'true' : null);
  if (columns !== undefined) putJson('columns', columns);
  if (statement !== undefined) put('statement', statement);
  if (text !== undefined) put('text', text);
  if (format !== undefined) put('format', format === FIRST.format ? null : format);
  if (options !== undefined) putJson('options', options);
  if (consistency !== undefined) put('consistency', consistency);
  if (to !== undefined) put('to', to === FIRST.to ? null : to);
  return next.toString();
}
