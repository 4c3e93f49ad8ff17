import 'server-only';
import type { Readable } from 'node:stream';
import type { SourceOptions } from '@/lib/contract/load-sources';
import { openRegular } from '@/lib/regular-file';
import { CqlCutter } from './cql/cql-cutter';
import { CsvCutter } from './csv/cutter';
import { type Cutter, TextSource } from './cutter';
import { Input } from './input';
import { JsonArrayCutter } from './json/array-cutter';
import { NdjsonCutter } from './json/ndjson-cutter';
import { ParquetSource } from './parquet/parquet-source';
import { type Source, SourceError } from './records';
import { utf8Text } from './utf8-text';

/** Bytes that are read from a file at a time: their records are in memory together. */
const READ_BYTES = 64 * 1024;

/** Where bytes come from: a plain file, or a stream such as a request's body or standard input. */
export type SourceBytes = { readonly path: string } | { readonly stream: Readable };

/**
 * Opens an input. Nothing is read before the source is iterated.
 * @throws SourceError for Parquet from a stream: its footer is at its end, so it must be spooled to a file first
 * @throws Failure `storage_failed` for a path that is a link, a folder or a device; the system's error, such as ENOENT
 */
export async function openSource(bytes: SourceBytes, options: SourceOptions, signal: AbortSignal): Promise<Source> {
  if (options.format === 'parquet') {
    if ('path' in bytes) return new ParquetSource(await openRegular(bytes.path, 'read'), options.limits, signal);
    bytes.stream.destroy();
    throw new SourceError('Parquet cannot be read from a stream: what it contains is described at its end.', {
      hint: 'Name a file.',
    });
  }
  const stream = 'path' in bytes ? await fileStream(bytes.path) : bytes.stream;
  const input = new Input(stream, options.compression, options.limits, signal);
  const encoding = options.format === 'csv' ? options.csv.encoding : 'utf-8';
  return new TextSource(input, utf8Text(input, encoding), cutterOf(options), options.limits.recordBytes);
}

async function fileStream(path: string): Promise<Readable> {
  const file = await openRegular(path, 'read');
  return file.createReadStream({ highWaterMark: READ_BYTES });
}

function cutterOf({ format, csv }: SourceOptions): Cutter {
  switch (format) {
    case 'csv':
      return new CsvCutter(csv);
    case 'ndjson':
      return new NdjsonCutter();
    case 'json':
      return new JsonArrayCutter();
    case 'cql':
      return new CqlCutter();
    case 'parquet':
      throw new TypeError('Parquet is no text');
    default:
      return format satisfies never;
  }
}
