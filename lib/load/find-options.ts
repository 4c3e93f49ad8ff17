import 'server-only';
import { Readable } from 'node:stream';
import type { z } from 'zod/mini';
import type { OptionGuess } from '@/lib/contract/load';
import { csvSourceSchema, type SourceOptions, sourceOptionsSchema } from '@/lib/contract/load-sources';
import { openRegular } from '@/lib/regular-file';
import type { CqlTable } from '@/lib/wire/file-format';
import { CsvCutter } from './csv/cutter';
import {
  type Beginning,
  fieldCounts,
  fieldNames,
  guessDelimiter,
  guessEncoding,
  guessFormat,
  guessHeader,
  guessOf,
} from './guess-options';
import { Input } from './input';
import { SourceError, type SourceItem } from './records';
import { utf8Text } from './utf8-text';

/** Bytes of a file that are looked at. */
const LOOKED_AT_BYTES = 1024 * 1024;

/** A file on this machine, or how one elsewhere begins. */
export type FirstBytes =
  | { readonly path: string }
  | { readonly name: string | null; readonly head: Buffer; readonly isWhole: boolean };

/** How a file is read, as far as somebody says. */
type GivenOptions = {
  readonly [Key in keyof z.input<typeof sourceOptionsSchema>]?: z.input<typeof sourceOptionsSchema>[Key];
};

interface FoundOptions {
  readonly options: SourceOptions;
  /** What was not given, and why it is so. */
  readonly guesses: readonly OptionGuess[];
}

/**
 * How a file is to be read: as given, and for the rest as its name and its first bytes say.
 * @throws the signal's reason, and system errors
 */
export async function findOptions(
  bytes: FirstBytes,
  given: GivenOptions,
  table: CqlTable,
  signal: AbortSignal,
): Promise<FoundOptions> {
  const start = 'path' in bytes ? await headOf(bytes.path) : bytes;
  const guesses: OptionGuess[] = [];
  const decompressed = await beginningOf(start, given.compression, signal);
  const format = guessFormat(decompressed);
  if (given.format === undefined) guesses.push(guessOf('format', format));
  const chosen = given.format ?? format[0];
  const csv = chosen === 'csv' ? await guessedCsv(decompressed, given.csv ?? {}, table, guesses) : given.csv;
  return { options: sourceOptionsSchema.parse({ ...given, format: chosen, csv }), guesses };
}

async function headOf(path: string): Promise<{ name: string; head: Buffer; isWhole: boolean }> {
  const file = await openRegular(path, 'read');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, LOOKED_AT_BYTES));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return { name: path, head: head.subarray(0, bytesRead), isWhole: bytesRead === size };
  } finally {
    await file.close();
  }
}

type Start = { readonly name: string | null; readonly head: Buffer; readonly isWhole: boolean };

type CsvInput = NonNullable<z.input<typeof sourceOptionsSchema>['csv']>;

async function guessedCsv(
  start: Beginning,
  given: CsvInput,
  table: CqlTable,
  guesses: OptionGuess[],
): Promise<CsvInput> {
  const encoding = guessEncoding(start);
  if (given.encoding === undefined) guesses.push(guessOf('encoding', encoding));
  const stated = { ...given, encoding: given.encoding ?? encoding[0] };
  const text = { ...start, bytes: await textOf(start.bytes, stated.encoding) };
  const delimiter = guessDelimiter(text);
  if (given.delimiter === undefined) guesses.push(guessOf('delimiter', delimiter));
  const csv = { ...stated, delimiter: given.delimiter ?? delimiter[0] };
  if (given.header !== undefined) return csv;
  const first = firstFields(text, csv);
  const columns = table.columns.map(({ name }) => name);
  const header = guessHeader(first, columns);
  guesses.push(guessOf('header', header));
  return { ...csv, header: header[0] || first.length === 0 ? true : fieldNames(first.length, columns) };
}

/** The fields of the first record; none where it cannot be read. */
function firstFields({ bytes, isWhole }: Beginning, given: CsvInput): string[] {
  const csv = csvSourceSchema.parse({ ...given, header: ['field'] });
  const [width = 0] = fieldCounts(bytes, isWhole, csv);
  if (width === 0) return [];
  const items: SourceItem[] = [];
  new CsvCutter({ ...csv, header: fieldNames(width, []) }).cut(bytes, isWhole, items);
  const [first] = items;
  return first?.kind === 'record' ? first.fields.map((field) => String(field ?? '')) : [];
}

async function textOf(bytes: Buffer, encoding: NonNullable<CsvInput['encoding']>): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const part of utf8Text(Readable.from([bytes], { objectMode: false }), encoding)) parts.push(part);
  } catch (error) {
    // The end of a beginning may be half of a character.
    if (!(error instanceof SourceError)) throw error;
  }
  return Buffer.concat(parts);
}

/** The decompressed bytes of a beginning, as far as it reaches. */
async function beginningOf(
  { name, head, isWhole }: Start,
  compression: SourceOptions['compression'] = 'auto',
  signal: AbortSignal,
): Promise<Beginning> {
  const { limits } = sourceOptionsSchema.parse({ format: 'csv' });
  const input = new Input(Readable.from([head], { objectMode: false }), compression, limits, signal);
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of input) {
      parts.push(part);
      length += part.length;
      if (length >= LOOKED_AT_BYTES) return { name, bytes: Buffer.concat(parts), isWhole: false };
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { name, bytes: Buffer.concat(parts), isWhole: false };
  }
  return { name, bytes: Buffer.concat(parts), isWhole };
}
