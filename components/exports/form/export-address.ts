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
  /** The rows that the link comes from are sorted or filtered on their page: the file is not, and the form says so. */
  readonly arranged: boolean;
}

const columnsSchema = z.array(z.string());

function flag(text: string): boolean | undefined {
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** How each part that is no plain text is read; undefined: its text cannot be. */
export const EXPORT_PARTS = {
  filters: (text: string) => filtersSchema.safeParse(parseJson(text)).data,
  filtering: flag,
  columns: (text: string) => columnsSchema.safeParse(parseJson(text)).data,
  format: (text: string) => EXPORT_FORMATS.find((format) => format === text),
  options: (text: string) => exportOptionsSchema.safeParse(parseJson(text)).data,
  consistency: (text: string) => CONSISTENCY_LEVELS.find((level) => level === text),
  to: (text: string) => DESTINATIONS.find((destination) => destination === text),
  arranged: flag,
} satisfies Partial<{ [Name in keyof ExportAddress]: (text: string) => ExportAddress[Name] | undefined }>;

/**
 * What a query string says of an export. A part that cannot be read is as if it were absent: `unreadExportParts` names
 * those, and the form is not shown while there are any.
 */
export function readExportAddress(search: string): ExportAddress {
  const given = new URLSearchParams(search);
  const read = <T>(name: keyof ExportAddress, part: (text: string) => T | undefined) => {
    const text = given.get(name);
    return text === null ? undefined : part(text);
  };
  return {
    keyspace: given.get('keyspace'),
    table: given.get('table'),
    filters: read('filters', EXPORT_PARTS.filters) ?? null,
    filtering: read('filtering', EXPORT_PARTS.filtering) ?? false,
    columns: read('columns', EXPORT_PARTS.columns) ?? null,
    statement: given.get('statement'),
    text: given.get('text'),
    format: read('format', EXPORT_PARTS.format) ?? FIRST.format,
    options: read('options', EXPORT_PARTS.options) ?? null,
    consistency: read('consistency', EXPORT_PARTS.consistency) ?? null,
    to: read('to', EXPORT_PARTS.to) ?? FIRST.to,
    arranged: read('arranged', EXPORT_PARTS.arranged) ?? false,
  };
}

const FIRST = { format: 'csv', to: 'download' } as const;

/** The query string with `change` in it; what is as at first stands nowhere, and what is not of the export stays. */
export function writeExportAddress(search: string, change: Partial<ExportAddress>): string {
  const next = new URLSearchParams(search);
  const { keyspace, table, filters, filtering, columns, statement, text, format, options, consistency, to, arranged } =
    change;
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
  if (arranged !== undefined) put('arranged', arranged ? 'true' : null);
  return next.toString();
}
