import * as z from 'zod/mini';
import type { Consistency } from '@/lib/contract/common';
import { addressOf } from '@/lib/contract/endpoint';
import { download } from '@/lib/contract/endpoints/exports';
import { canContinue, type ExportFormat, FORMATS } from '@/lib/contract/export-formats';
import {
  type Compression,
  compressionSchema,
  extraColumnsSchema,
  pageFormatOptionsShape,
} from '@/lib/contract/exports';
import type { Filter } from '@/lib/contract/filters';
import type { ExportRequest } from '@/lib/contract/reads';
import { scanLimitsSchema } from '@/lib/contract/scans';

/** What is exported: a table, perhaps filtered and with some of its columns, or what a statement reads. */
export type ExportSource =
  | {
      readonly kind: 'table';
      readonly keyspace: string;
      readonly table: string;
      readonly filters: readonly Filter[];
      /** Somebody chose to have rows read and dropped for filters that nothing else serves. */
      readonly filtering: boolean;
      /** Null: all columns. */
      readonly columns: readonly string[] | null;
    }
  | { readonly kind: 'statement'; readonly statement: string; readonly keyspace: string | null };

/** How the file is written and how much load it puts on the cluster; what does not fit the format is kept, not sent. */
export const exportOptionsSchema = z.strictObject({
  compression: z._default(compressionSchema, 'none'),
  ...pageFormatOptionsShape,
  extras: z._default(extraColumnsSchema, extraColumnsSchema.parse({})),
  limits: z._default(scanLimitsSchema, {}),
});
export type ExportOptions = z.output<typeof exportOptionsSchema>;
export type CsvOptions = ExportOptions['csv'];
export type ParquetOptions = ExportOptions['parquet'];

export const DEFAULT_OPTIONS: ExportOptions = exportOptionsSchema.parse({});

/**
 * `download`: the browser saves. `disk`: this page writes the file, so that it can resume after an interruption. `job`:
 * the server writes into a directory for this export. `spark`: Apache Spark reads and writes, past one machine.
 */
export const DESTINATIONS = ['download', 'disk', 'job', 'spark'] as const;
export type Destination = (typeof DESTINATIONS)[number];

export interface ExportChoices {
  readonly source: ExportSource;
  readonly format: ExportFormat;
  readonly options: ExportOptions;
  /** Null: the cluster's default. */
  readonly consistency: Consistency | null;
}

/** The request as the server takes it; `id` is chosen here so that progress can be watched from the start. */
export function exportRequest({ source, format, options, consistency }: ExportChoices, id?: string): ExportRequest {
  const compression = compressionOf({ format, options });
  const own = FORMATS[format].options;
  return {
    ...(source.kind === 'table' ? tableRequest(source) : statementRequest(source)),
    format,
    ...(compression === 'none' ? {} : { compression }),
    ...(own === null ? {} : { [own]: options[own] }),
    ...(hasExtras({ source, options }) ? { extras: options.extras } : {}),
    ...(Object.keys(options.limits).length === 0 ? {} : { limits: options.limits }),
    ...(consistency === null ? {} : { consistency }),
    ...(id === undefined ? {} : { id }),
  };
}

/** Of the whole file: Parquet compresses inside. */
export function compressionOf({ format, options }: Pick<ExportChoices, 'format' | 'options'>): Compression {
  return FORMATS[format].isCompressible ? options.compression : 'none';
}

/** TTL and write time are added to a table's columns; a statement names them itself. */
export function hasExtras({ source, options: { extras } }: Pick<ExportChoices, 'source' | 'options'>): boolean {
  return source.kind === 'table' && (extras.ttl || extras.writetime);
}

/** A file that can be resumed: its rows are text, one after the other, with nothing around them. */
export function isResumable(choices: Pick<ExportChoices, 'format' | 'options'>): boolean {
  return canContinue(choices.format, compressionOf(choices));
}

/** The address of the download: a plain GET, so that the browser's own download manager takes it. */
export function exportHref(cluster: string, request: ExportRequest): string {
  return addressOf(download.get, { cluster, input: request });
}

/** Ringside's server takes 16 KiB of request line and headers together; the rest is left for headers. */
const HREF_LIMIT = 12_000;

/** False for a statement too long for an address; curl sends it as a body and has no such limit. */
export function fitsInAddress(href: string): boolean {
  return href.length <= HREF_LIMIT;
}

const ENDINGS: Record<Compression, string> = { none: '', gzip: '.gz', zstd: '.zst' };

/** A name for what is exported, without characters that file systems refuse. */
export function exportName(source: ExportSource): string {
  const name = source.kind === 'table' ? `${source.keyspace}.${source.table}` : 'query';
  return name.replace(/[^\p{L}\p{N}._-]/gu, '_');
}

/** A name for the file on this computer; a browser's download uses the one that the server gives. */
export function exportFileName(choices: ExportChoices): string {
  return `${exportName(choices.source)}${FORMATS[choices.format].extension}${ENDINGS[compressionOf(choices)]}`;
}

function tableRequest({ keyspace, table, filters, filtering, columns }: Extract<ExportSource, { kind: 'table' }>) {
  return {
    keyspace,
    table,
    ...(filters.length === 0 ? {} : { filters: [...filters] }),
    ...(filtering ? { allowFiltering: true } : {}),
    ...(columns === null ? {} : { columns: [...columns] }),
  };
}

function statementRequest({ statement, keyspace }: Extract<ExportSource, { kind: 'statement' }>) {
  return { statement, ...(keyspace === null ? {} : { keyspace }) };
}
