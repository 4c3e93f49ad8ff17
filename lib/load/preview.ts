import 'server-only';
import { Readable } from 'node:stream';
import type { z } from 'zod/mini';
import type { LoadPreview, OptionGuess } from '@/lib/contract/load-reports';
import {
  type BindOptions,
  bindOptionsSchema,
  csvSourceSchema,
  type SourceOptions,
  sourceOptionsSchema,
} from '@/lib/contract/load-sources';
import type { MappedColumn } from '@/lib/contract/transforms';
import { openRegular } from '@/lib/regular-file';
import { checkMapping } from '@/lib/transform/check-mapping';
import { guessMapping, type MappingGuess } from '@/lib/transform/guess-mapping';
import { RowBinder } from '@/lib/transform/row-binder';
import type { CqlTable } from '@/lib/wire/file-format';
import { toJson } from '@/lib/wire/values';
import { CsvCutter } from './csv/cutter';
import { badRecordFailure, problemFailure, sourceFailure } from './failures';
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
import { openSource } from './open-source';
import { type LoadRecord, SourceError, type SourceItem } from './records';
import { utf8Text } from './utf8-text';

/** Bytes of a text file that a preview looks at. */
const PREVIEW_BYTES = 1024 * 1024;

/** A file on this machine, or how one elsewhere begins. */
export type PreviewBytes =
  | { readonly path: string }
  | { readonly name: string | null; readonly head: Buffer; readonly isWhole: boolean };

export interface PreviewRequest {
  /** What is not stated is guessed. */
  readonly options: {
    readonly [Key in keyof z.input<typeof sourceOptionsSchema>]?: z.input<typeof sourceOptionsSchema>[Key];
  };
  /** Without a mapping, fields are mapped by their names. */
  readonly binding: Partial<BindOptions>;
  readonly table: CqlTable;
  readonly records: number;
  readonly signal: AbortSignal;
}

/**
 * The first records of a file, read and typed by the code that loads them. What is wrong with the file or the mapping is part
 * of the answer.
 * @throws Failure and system errors as `openSource` does
 */
export async function previewSource(bytes: PreviewBytes, request: PreviewRequest): Promise<LoadPreview> {
  const start = 'path' in bytes ? await headOf(bytes.path) : bytes;
  const { options, guesses } = await guessedOptions(start, request);
  const isFile = options.format === 'parquet' && 'path' in bytes;
  const given = isFile ? bytes : { stream: Readable.from([start.head], { objectMode: false }) };
  const read = await firstItems(given, options, start.isWhole || isFile, request);
  const records = read.items.filter((item) => item.kind === 'record');
  const names = [...new Set(records.flatMap((record) => record.names))];
  const guess = guessMapping(names, request.table);
  const mapping: readonly MappedColumn[] =
    request.binding.mapping ?? guess.columns.map(({ reason: _, ...column }) => column);
  const typed = typedRows(read.items, mapping, request, options);
  return {
    options,
    guesses,
    names,
    mapping: [...mapping],
    ...leftOver(names, mapping, request.table, guess),
    ...typed,
    error: read.error === null ? null : sourceFailure(read.error),
  };
}

async function headOf(path: string): Promise<{ name: string; head: Buffer; isWhole: boolean }> {
  const file = await openRegular(path, 'read');
  try {
    const { size } = await file.stat();
    const head = Buffer.alloc(Math.min(size, PREVIEW_BYTES));
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return { name: path, head: head.subarray(0, bytesRead), isWhole: bytesRead === size };
  } finally {
    await file.close();
  }
}

type Start = { readonly name: string | null; readonly head: Buffer; readonly isWhole: boolean };

async function guessedOptions(start: Start, { options, table, signal }: PreviewRequest) {
  const guesses: OptionGuess[] = [];
  const decompressed = await beginningOf(start, options.compression, signal);
  const format = guessFormat(decompressed);
  if (options.format === undefined) guesses.push(guessOf('format', format));
  const chosen = options.format ?? format[0];
  const csv = chosen === 'csv' ? await guessedCsv(decompressed, options.csv ?? {}, table, guesses) : options.csv;
  return { options: sourceOptionsSchema.parse({ ...options, format: chosen, csv }), guesses };
}

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
      if (length >= PREVIEW_BYTES) return { name, bytes: Buffer.concat(parts), isWhole: false };
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { name, bytes: Buffer.concat(parts), isWhole: false };
  }
  return { name, bytes: Buffer.concat(parts), isWhole };
}

async function firstItems(
  bytes: Parameters<typeof openSource>[0],
  options: SourceOptions,
  isWhole: boolean,
  { records, signal }: PreviewRequest,
): Promise<{ items: SourceItem[]; error: SourceError | null }> {
  const items: SourceItem[] = [];
  try {
    for await (const batch of await openSource(bytes, options, signal)) {
      items.push(...batch.slice(0, records - items.length));
      if (items.length >= records) break;
    }
    // What a beginning ends with is no fault of the file.
    if (!isWhole && items.length < records && items.length > 1) items.pop();
    return { items, error: null };
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { items, error: isWhole || items.length === 0 ? error : null };
  }
}

function leftOver(names: readonly string[], mapping: readonly MappedColumn[], table: CqlTable, guess: MappingGuess) {
  const used = new Set(
    mapping.flatMap(({ from, ttl, timestamp }) => ['field' in from ? from.field : '', ttl, timestamp]),
  );
  const written = new Set(mapping.map(({ to }) => to));
  return {
    reasons: guess.columns.map(({ to, reason }) => ({ column: to, reason })),
    leftFields: names.filter((name) => !used.has(name)),
    leftColumns: table.columns.map(({ name }) => name).filter((name) => !written.has(name)),
  };
}

type Typed = Pick<LoadPreview, 'rows' | 'failures' | 'mappingProblems'>;

function typedRows(
  items: readonly SourceItem[],
  mapping: readonly MappedColumn[],
  { binding, table }: PreviewRequest,
  { format }: SourceOptions,
): Typed {
  const options: BindOptions = {
    ...bindOptionsSchema.parse({ mapping: [PLACEHOLDER] }),
    ...binding,
    mapping: [...mapping],
  };
  const typed: Typed = { rows: [], failures: [], mappingProblems: checkMapping(options, table) };
  const form = format === 'csv' ? 'text' : format === 'cql' ? 'literal' : 'json';
  const binder = typed.mappingProblems.length > 0 ? null : new RowBinder(options, table, form);
  for (const item of items) {
    if (item.kind === 'bad') typed.failures.push(badRecordFailure(item));
    else if (binder !== null) addRow(typed, item, binder, table);
  }
  return typed;
}

/** Stands where a mapping is required, and is replaced. */
const PLACEHOLDER = { to: 'column', from: { field: 'field' } };

function addRow(typed: Typed, record: LoadRecord, binder: RowBinder, table: CqlTable): void {
  const bound = binder.bind(record);
  if (bound.kind === 'problem') {
    typed.failures.push(problemFailure(record, bound));
    return;
  }
  const types = new Map(table.columns.map(({ name, type }) => [name, type]));
  for (const { values, ttlSeconds, timestampMicros } of bound.writes) {
    const shown = binder.columns.flatMap((name, at) => {
      const [value, type] = [values[at], types.get(name)];
      return value === undefined || type === undefined ? [] : [[name, toJson(value, type)] as const];
    });
    const micros = timestampMicros === null ? null : timestampMicros.toString();
    const row = { record: record.number, line: record.line, values: Object.fromEntries(shown) };
    typed.rows.push({ ...row, ttlSeconds, timestampMicros: micros });
  }
}
