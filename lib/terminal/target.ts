import 'server-only';
import { statSync } from 'node:fs';
import type { Compression, ExportFormat } from '@/lib/contract/exports';
import type { ExportArguments } from './arguments';
import { UsageError } from './usage';

/** Where the rows go. */
export type Target =
  | { readonly kind: 'stdout' }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'directory'; readonly path: string };

export interface FileKind {
  readonly format: ExportFormat;
  readonly compression: Compression;
}

/** `-` is standard output; what ends with a slash, or is one already, a directory; all else a file. */
export function targetOf(output: string): Target {
  if (output === '-') return { kind: 'stdout' };
  const isDirectory = /[/\\]$/.test(output) || statSync(output, { throwIfNoEntry: false })?.isDirectory() === true;
  return isDirectory
    ? { kind: 'directory', path: output.replace(/(?<=.)[/\\]+$/, '') }
    : { kind: 'file', path: output };
}

const FORMATS: ReadonlyMap<string, ExportFormat> = new Map([
  ['csv', 'csv'],
  ['ndjson', 'ndjson'],
  ['jsonl', 'ndjson'],
  ['json', 'json'],
  ['cql', 'cql'],
  ['parquet', 'parquet'],
]);
const COMPRESSIONS: ReadonlyMap<string, Compression> = new Map([
  ['gz', 'gzip'],
  ['zst', 'zstd'],
]);

/**
 * Format and compression as told; else as the file's name says: `flights.csv.gz`; else plain CSV.
 * @throws UsageError where they contradict each other, or the terminal would get bytes that are no text
 */
export function fileKind(given: ExportArguments, target: Target, isTerminal: boolean): FileKind {
  const [, inner = '', outer = ''] =
    target.kind === 'file' ? (/(?:\.([a-z]+))?\.([a-z]+)$/i.exec(target.path.toLowerCase()) ?? []) : [];
  const named = COMPRESSIONS.get(outer);
  const format = given.format ?? FORMATS.get(named === undefined ? outer : inner) ?? 'csv';
  const compression = given.compression ?? named ?? 'none';
  if (format === 'parquet' && compression !== 'none') {
    throw new UsageError('Parquet compresses inside the file: say how with --parquet-compression.');
  }
  if (target.kind === 'stdout' && isTerminal && (format === 'parquet' || compression !== 'none')) {
    throw new UsageError('This is not text: name a file with -o, or send standard output somewhere.');
  }
  return { format, compression };
}
