import 'server-only';
import type { FileHandle } from 'node:fs/promises';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
  type SchemaTree,
} from 'hyparquet';
import { compressors, decompressZstd } from 'hyparquet-compressors';
import type { SourceLimits } from '@/lib/contract/load-sources';
import { formatBytes, formatCount } from '@/lib/text/format';
import { type Field, type Source, SourceError, type SourceItem } from '../records';
import type { Cell, ColumnReader } from './cell';
import { ColumnPages, type Reading } from './column-pages';
import { FlatColumn } from './flat-column';
import { NestedColumn } from './nested-column';
import { asyncBuffer, checkTrailer, sha256OfFile } from './parquet-file';
import { type Convert, converter, isAnnotated } from './values';

/** Rows that are handed on at a time. */
const BATCH_ROWS = 1_000;

/** Values of a row group: each is an object in memory, whatever little the file needs to say that they are all the same. */
const GROUP_VALUES = 32_000_000;

/** Zstandard into room of the stated size, where the package would take what the page itself claims. */
const COMPRESSORS: Compressors = {
  ...compressors,
  ZSTD: (input, outputLength) => decompressZstd(input, new Uint8Array(outputLength)),
};

/** Of a page of lists, maps or structs all values are decoded at once: of the limit on a group, they may have so much. */
const NESTED_SHARE = 1 / 8;

interface Column {
  readonly name: string;
  /** One value for each row. */
  readonly isFlat: boolean;
  readonly element: SchemaElement;
  /** Of the schema without logical types. */
  readonly node: SchemaTree;
  readonly convert: Convert;
}

/** Rows of a Parquet file. Of each column one page is decoded at a time. Closes the file. */
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

  private async *rows(file: AsyncBuffer, metadata: FileMetaData): AsyncGenerator<readonly SourceItem[], void> {
    const tree = parquetSchema({ schema: bareSchema(metadata) });
    const columns = columnsOf(metadata, tree);
    const names = columns.map(({ name }) => name);
    const checkPage = (bytes: number) => this.checkPage(bytes);
    const reading: Reading = { file, tree, compressors: this.bounded(), checkPage };
    let number = 0;
    for (const [at, group] of metadata.row_groups.entries()) {
      const what = `row group ${at + 1}`;
      const end = number + this.checkGroup(group, at + 1, columns);
      const readers = await readable(what, async () => columns.map((column) => readerOf(column, group, reading)));
      while (number < end) {
        this.signal.throwIfAborted();
        const rows = Math.min(BATCH_ROWS, end - number);
        const cells = await readable(what, () => taken(readers, rows));
        yield Array.from({ length: rows }, (_, row) => item(cells, row, names, number + row + 1));
        number += rows;
      }
      this.read += Number(group.total_compressed_size ?? group.total_byte_size);
    }
  }

  /** Refuses a page before room is made for it: what the footer says of a group need not be true. */
  private bounded(): Compressors {
    return Object.fromEntries(
      Object.entries(COMPRESSORS).map(([name, decompress]) => [
        name,
        (input: Uint8Array, outputLength: number) => {
          this.checkPage(outputLength);
          return decompress(input, outputLength);
        },
      ]),
    );
  }

  private checkPage(bytes: number): void {
    if (bytes > this.limits.rowGroupBytes) throw this.tooLarge('A page', formatBytes(bytes));
  }

  /** Its rows. */
  private checkGroup(group: RowGroup, number: number, columns: readonly Column[]): number {
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
    return Number(group.num_rows);
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

function readerOf({ name, isFlat, element, node, convert }: Column, group: RowGroup, reading: Reading): ColumnReader {
  const pages: ColumnPages[] = [];
  for (const { meta_data: meta, file_path: elsewhere } of group.columns) {
    if (meta?.path_in_schema[0] !== name) continue;
    if (elsewhere !== undefined) throw new Error(`the values of ${name} are in another file`);
    pages.push(new ColumnPages(reading, meta));
  }
  const [first] = pages;
  if (first === undefined) throw new Error(`it has no values of ${name}`);
  return isFlat ? new FlatColumn(first, element, convert) : new NestedColumn(node, pages, convert);
}

/** The values of the next rows, by column. */
async function taken(readers: readonly ColumnReader[], rows: number): Promise<Cell[][]> {
  const cells: Cell[][] = [];
  for (const reader of readers) cells.push(await reader.take(rows));
  return cells;
}

/**
 * Without the logical types that hyparquet would convert, as some conversions lose digits: decimals become doubles, maps
 * objects. Lists stay, as they only say how values are nested.
 */
function bareSchema({ schema }: FileMetaData): FileMetaData['schema'] {
  return schema.map((element) => {
    const { converted_type: _converted, logical_type: _logical, ...bare } = element;
    // Of this type hyparquet takes the lack of any other as a sign that it is a timestamp.
    if (element.type === 'INT96') return { ...bare, converted_type: 'INT_64' as const };
    if (!isAnnotated(element, 'LIST')) return bare;
    return { ...bare, converted_type: 'LIST' as const, logical_type: { type: 'LIST' as const } };
  });
}

function columnsOf(metadata: FileMetaData, tree: SchemaTree): Column[] {
  const names = new Set<string>();
  return parquetSchema(metadata).children.map((node, at) => {
    const { name } = node.element;
    if (names.has(name))
      throw new SourceError(`Two columns of the Parquet file have the name ${JSON.stringify(name)}.`);
    names.add(name);
    try {
      const isFlat = node.children.length === 0 && node.element.repetition_type !== 'REPEATED';
      return { name, isFlat, element: node.element, node: tree.children[at] ?? node, convert: converter(node) };
    } catch (cause) {
      throw damaged(`column ${JSON.stringify(name)}`, messageOf(cause), cause);
    }
  });
}

function item(cells: readonly Cell[][], row: number, names: readonly string[], number: number): SourceItem {
  const base = { number, line: null, bytes: null } as const;
  const fields = new Array<Field>(cells.length);
  for (let at = 0; at < fields.length; at++) {
    const cell = cells[at]?.[row];
    if (typeof cell === 'object' && cell instanceof TypeError) {
      const reason = `the column ${JSON.stringify(names[at])} has ${cell.message}`;
      return { ...base, kind: 'bad', column: null, faultLine: null, reason };
    }
    fields[at] = cell;
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
