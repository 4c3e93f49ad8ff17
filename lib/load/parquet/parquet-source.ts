import 'server-only';
import type { FileHandle } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
} from 'hyparquet';
import { compressors, decompressZstd } from 'hyparquet-compressors';
import type { SourceLimits } from '@/lib/contract/load-sources';
import { formatBytes, formatCount } from '@/lib/text/format';
import { type Field, type Source, SourceError, type SourceItem } from '../records';
import { asyncBuffer, checkTrailer, sha256OfFile } from './parquet-file';
import { type Convert, converter, isAnnotated } from './values';
import { type GroupSize, windowsOf } from './windows';

/** Rows that are handed on at a time. */
const BATCH_ROWS = 1_000;

/** Values of a row group: each is an object in memory, whatever little the file needs to say that they are all the same. */
const GROUP_VALUES = 32_000_000;

/** Zstandard into room of the stated size, where the package would take what the page itself claims. */
const COMPRESSORS: Compressors = {
  ...compressors,
  ZSTD: (input, outputLength) => decompressZstd(input, new Uint8Array(outputLength)),
};

/** Columns of lists, maps and structs are decoded as a whole: of the limit on a group, they may have so much. */
const NESTED_SHARE = 1 / 8;

interface Column {
  readonly name: string;
  /** One value for each row, so that a part of its rows can be decoded alone. */
  readonly isFlat: boolean;
  readonly convert: Convert;
}

/** Rows of a Parquet file. A row group is decoded at a time, and of a large one some rows. Closes the file. */
export class ParquetSource implements Source {
  readonly form = 'json';
  private read = 0;
  private digest: string | null = null;

  constructor(
    private readonly file: FileHandle,
    private readonly limits: SourceLimits,
    private readonly signal: AbortSignal,
  ) {}

  get bytesRead(): number {
    return this.read;
  }

  sha256(): string {
    if (this.digest === null) throw new Error('the file has not been read to its end');
    return this.digest;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<readonly SourceItem[], void> {
    try {
      const { size } = await this.file.stat();
      await checkTrailer(this.file, size);
      const buffer = asyncBuffer(this.file, size);
      const metadata = await readable('footer', () => parquetMetadataAsync(buffer, { geoparquet: false }));
      yield* this.rows(buffer, metadata);
      this.digest = await sha256OfFile(this.file, this.signal);
      this.read = size;
    } finally {
      await this.file.close();
    }
  }

  private async *rows(buffer: AsyncBuffer, metadata: FileMetaData): AsyncGenerator<readonly SourceItem[], void> {
    const columns = columnsOf(metadata);
    const names = columns.map(({ name }) => name);
    let number = 0;
    for (const [at, group] of metadata.row_groups.entries()) {
      this.signal.throwIfAborted();
      const size = this.checkGroup(group, at + 1, columns);
      const start = number;
      const end = start + size.rows;
      for (const [from, to] of windowsOf(size)) {
        const isWhole = to - from === size.rows;
        const read = () => this.window(buffer, metadata, [start + from, start + to], isWhole ? [null] : names);
        const rows = await readable(`row group ${at + 1}`, read);
        for (let first = 0; first < rows.length; first += BATCH_ROWS) {
          const batch = rows.slice(first, first + BATCH_ROWS);
          yield batch.map((row) => item(row, columns, names, ++number));
        }
      }
      if (number !== end) throw damaged(`row group ${at + 1}`, `it has ${number} rows where ${end} are stated`);
      this.read += Number(group.total_compressed_size ?? group.total_byte_size);
    }
  }

  /** Some rows, a column at a time, so that the bytes of one are in memory; `[null]`: all columns at once. */
  private async window(
    file: AsyncBuffer,
    metadata: FileMetaData,
    [rowStart, rowEnd]: readonly [number, number],
    names: readonly (string | null)[],
  ): Promise<unknown[][]> {
    let found: unknown[][] | null = null;
    for (const name of names) {
      this.signal.throwIfAborted();
      await parquetRead({
        file,
        metadata: { ...metadata, schema: bareSchema(metadata) },
        ...(name === null ? {} : { columns: [name] }),
        rowStart,
        rowEnd,
        utf8: false,
        compressors: this.bounded(),
        onComplete: (rows) => {
          found = found === null ? rows : joined(found, rows);
        },
      });
    }
    return found ?? [];
  }

  /** Refuses a page before room is made for it: what the footer says of a group need not be true. */
  private bounded(): Compressors {
    const check = (outputLength: number) => {
      if (outputLength > this.limits.rowGroupBytes) throw this.tooLarge('A page', formatBytes(outputLength));
    };
    return Object.fromEntries(
      Object.entries(COMPRESSORS).map(([name, decompress]) => [
        name,
        (input: Uint8Array, outputLength: number) => {
          check(outputLength);
          return decompress(input, outputLength);
        },
      ]),
    );
  }

  private checkGroup(group: RowGroup, number: number, columns: readonly Column[]): GroupSize {
    const nested = new Set(columns.filter(({ isFlat }) => !isFlat).map(({ name }) => name));
    let [bytes, values, nestedBytes] = [0, 0, 0];
    for (const { meta_data } of group.columns) {
      const columnBytes = Number(meta_data?.total_uncompressed_size ?? 0);
      bytes += columnBytes;
      values += Number(meta_data?.num_values ?? 0);
      if (nested.has(meta_data?.path_in_schema[0] ?? '')) nestedBytes += columnBytes;
    }
    if (bytes > this.limits.rowGroupBytes) throw this.tooLarge(`Row group ${number}`, formatBytes(bytes));
    if (Math.max(values, Number(group.num_rows)) > GROUP_VALUES) {
      throw this.tooLarge(`Row group ${number}`, `${formatCount(values)} values`);
    }
    if (nestedBytes > this.limits.rowGroupBytes * NESTED_SHARE) throw this.tooNested(number, nestedBytes);
    return { rows: Number(group.num_rows), bytes, values, isNested: nested.size > 0 };
  }

  private tooNested(number: number, bytes: number): SourceError {
    const most = formatBytes(this.limits.rowGroupBytes * NESTED_SHARE);
    return new SourceError(
      `Row group ${number} of the Parquet file has ${formatBytes(bytes)} of lists, maps and structs once decompressed; ${most} are the most that is held in memory.`,
      { hint: SMALLER_GROUPS },
    );
  }

  private tooLarge(what: string, size: string): SourceError {
    const most = `${formatBytes(this.limits.rowGroupBytes)} and ${formatCount(GROUP_VALUES)} values`;
    return new SourceError(
      `${what} of the Parquet file has ${size} once decompressed; ${most} are the most that is held in memory.`,
      { hint: SMALLER_GROUPS },
    );
  }
}

const SMALLER_GROUPS = 'Write the file with smaller row groups, or raise the limit on a row group.';

/** The rows of further columns after those of earlier ones. */
function joined(rows: unknown[][], more: readonly unknown[][]): unknown[][] {
  if (rows.length !== more.length) throw new Error(`a column has ${more.length} rows where another has ${rows.length}`);
  for (const [at, row] of rows.entries()) row.push(...(more[at] ?? []));
  return rows;
}

/**
 * Without the logical types that hyparquet would convert, as some conversions lose digits: decimals become doubles, maps
 * objects. Lists stay, as they only say how values are nested.
 */
function bareSchema({ schema }: FileMetaData): FileMetaData['schema'] {
  return schema.map((element) => {
    const { converted_type: _converted, logical_type: _logical, ...bare } = element;
    if (!isAnnotated(element, 'LIST')) return bare;
    return { ...bare, converted_type: 'LIST' as const, logical_type: { type: 'LIST' as const } };
  });
}

function columnsOf(metadata: FileMetaData): Column[] {
  const names = new Set<string>();
  return parquetSchema(metadata).children.map((node) => {
    const { name } = node.element;
    if (names.has(name))
      throw new SourceError(`Two columns of the Parquet file have the name ${JSON.stringify(name)}.`);
    names.add(name);
    try {
      const isFlat = node.children.length === 0 && node.element.repetition_type !== 'REPEATED';
      return { name, isFlat, convert: converter(node) };
    } catch (cause) {
      throw damaged(`column ${JSON.stringify(name)}`, messageOf(cause), cause);
    }
  });
}

function item(row: unknown, columns: readonly Column[], names: readonly string[], number: number): SourceItem {
  const base = { number, line: null, bytes: null } as const;
  const values: readonly unknown[] = Array.isArray(row) ? row : [];
  const fields = new Array<Field>(columns.length);
  let at = 0;
  try {
    for (; at < fields.length; at++) fields[at] = columns[at]?.convert(values[at]);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const reason = `the column ${JSON.stringify(names[at])} has ${error.message}`;
    return { ...base, kind: 'bad', column: null, faultLine: null, reason };
  }
  return { ...base, kind: 'record', names, fields };
}

/** Runs a step of hyparquet, whose errors all mean that the file is not as it should be. */
async function readable<T>(what: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw damaged(what, messageOf(error), error);
  }
}

function damaged(what: string, reason: string, cause?: unknown): SourceError {
  return new SourceError(`The ${what} of the Parquet file cannot be read: ${reason}.`, {
    hint: 'What was read before it stands. Copy the file again, or write it with another program.',
    cause,
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
