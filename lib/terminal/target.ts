import 'server-only';
import { statSync } from 'node:fs';
import { type ExportFormat, FORMATS, formatOfExtension } from '@/lib/contract/export-formats';
import type { Compression } from '@/lib/contract/exports';
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

/** `-` is standard output; a path that ends with a slash or is a directory is a directory; anything else is a file. */
export function targetOf(output: string): Target {
  if (output === '-') return { kind: 'stdout' };
  const isDirectory = /[/\\]$/.test(output) || statSync(output, { throwIfNoEntry: false })?.isDirectory() === true;
  return isDirectory
    ? { kind: 'directory', path: output.replace(/(?<=.)[/\\]+$/, '') }
    : { kind: 'file', path: output };
}

const COMPRESSIONS: ReadonlyMap<string, Compression> = new Map([
  ['gz', 'gzip'],
  ['zst', 'zstd'],
]);

/**
 * Format and compression from the options, otherwise from the file's name (`flights.csv.gz`), otherwise plain CSV.
 * @throws UsageError when they contradict each other, or would send binary data to a terminal
 */
export function fileKind(given: ExportArguments, target: Target, isTerminal: boolean): FileKind {
  const [, inner = '', outer = ''] =
    target.kind === 'file' ? (/(?:\.([a-z]+))?\.([a-z]+)$/i.exec(target.path.toLowerCase()) ?? []) : [];
  const named = COMPRESSIONS.get(outer);
  const format = given.format ?? formatOfExtension(`.${named === undefined ? outer : inner}`) ?? 'csv';
  const compression = given.compression ?? named ?? 'none';
  if (!FORMATS[format].isCompressible && compression !== 'none') {
    throw new UsageError('Parquet compresses inside the file: use --parquet-compression.');
  }
  if (target.kind === 'stdout' && isTerminal && (!FORMATS[format].isText || compression !== 'none')) {
    throw new UsageError('This output is binary: write it to a file with -o, or redirect standard output.');
  }
  return { format, compression };
}
