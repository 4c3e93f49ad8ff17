import 'server-only';
import { createReadStream } from 'node:fs';
import { appendFile, lstat, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE } from '@/lib/regular-file';
import { MAX_TOKEN, MIN_TOKEN } from '@/lib/ring/murmur3';
import type { TokenRange } from '@/lib/ring/ranges';
import { type PackedRow, packedRows } from './packed-row';

const DIRECTORY = 'read-back';
/** Rows of one file, about, as long as there may be more files. */
const ROWS_OF_FILE = 20_000;
const MOST_FILES = 256;
/** Of a file, before they are written. */
const WAITING_BYTES = 32 * 1024;
const READ_BYTES = 256 * 1024;
/** Rows that are compared at a time. */
const RANGE_BYTES = 4 * 1024 * 1024;

/** How many files so many rows take. */
export function filesFor(rows: number): number {
  return Math.max(1, Math.min(MOST_FILES, Math.ceil(rows / ROWS_OF_FILE)));
}

/** A range of tokens whose rows are in one file. */
export interface FileRange extends TokenRange {
  readonly file: number;
}

/** The ranges that rows are compared in, in the order of their tokens. @param bytes of each file */
export function rangesOfFiles(bytes: readonly number[]): FileRange[] {
  return bytes.flatMap((size, file) => {
    const [from, to] = [edge(file, bytes.length), edge(file + 1, bytes.length)];
    const parts = Math.ceil(size / RANGE_BYTES);
    const cut = (part: number) => from + ((to - from) * BigInt(part)) / BigInt(parts);
    return Array.from({ length: parts }, (_, part) => ({ file, from: cut(part), to: cut(part + 1) }));
  });
}

/** The token before the first of a file: of equal parts of the ring. */
function edge(file: number, files: number): bigint {
  return MIN_TOKEN + ((MAX_TOKEN - MIN_TOKEN) * BigInt(file)) / BigInt(files);
}

/** Rows in files in a directory of a job, each with a range of tokens, so that they can be compared range by range. */
export class RowFiles {
  readonly #directory: string;
  readonly #waiting: Buffer[][];
  readonly #waitingBytes: number[];
  readonly #bytes: number[];
  readonly #files: number;

  private constructor(directory: string, files: number) {
    this.#directory = directory;
    this.#files = files;
    this.#waiting = Array.from({ length: files }, () => []);
    this.#waitingBytes = Array.from({ length: files }, () => 0);
    this.#bytes = Array.from({ length: files }, () => 0);
  }

  /** Empty files. @throws Failure `disk_full`, `storage_failed` */
  static async create(job: string, files: number): Promise<RowFiles> {
    const directory = join(job, DIRECTORY);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory, { mode: OWNER_ONLY_DIRECTORY }).catch((error: unknown) => {
      throw storageFailure(error, job);
    });
    return new RowFiles(directory, files);
  }

  async add({ token, bytes }: PackedRow): Promise<void> {
    const file = fileOf(token, this.#files);
    this.#waiting[file]?.push(bytes);
    this.#waitingBytes[file] = (this.#waitingBytes[file] ?? 0) + bytes.length;
    if (this.#waitingBytes[file] >= WAITING_BYTES) await this.#write(file);
  }

  /** Writes what waits. @returns the bytes of each file */
  async end(): Promise<readonly number[]> {
    for (let file = 0; file < this.#files; file++) await this.#write(file);
    return this.#bytes;
  }

  async #write(file: number): Promise<void> {
    const bytes = Buffer.concat(this.#waiting[file] ?? []);
    this.#waiting[file] = [];
    this.#waitingBytes[file] = 0;
    this.#bytes[file] = (this.#bytes[file] ?? 0) + bytes.length;
    if (bytes.length === 0) return;
    await appendFile(pathOf(this.#directory, file), bytes, { mode: OWNER_ONLY_FILE }).catch((error: unknown) => {
      throw storageFailure(error, this.#directory);
    });
  }
}

function pathOf(directory: string, file: number): string {
  return join(directory, `${file}.rows`);
}

/** The file whose range has the token. */
function fileOf(token: bigint, files: number): number {
  const about = Number(((token - MIN_TOKEN) * BigInt(files)) / (MAX_TOKEN - MIN_TOKEN));
  return token > edge(about, files) ? about : Math.max(0, about - 1);
}

/** The kept rows of a range, in the order in which they were added. */
export async function* rowsOfRange(job: string, { file, from, to }: FileRange): AsyncGenerator<PackedRow, void> {
  const stream = createReadStream(pathOf(join(job, DIRECTORY), file), { highWaterMark: READ_BYTES });
  const isFirst = from === MIN_TOKEN;
  // A partition key without bytes has the ring's minimum, which no range includes.
  for await (const row of packedRows(stream)) {
    if (row.token <= to && (row.token > from || isFirst)) yield row;
  }
}

/** Whether all files are as long as they were. @param bytes of each file */
export async function areWhole(job: string, bytes: readonly number[]): Promise<boolean> {
  const sizes = await Promise.all(
    bytes.map((_, file) =>
      lstat(pathOf(join(job, DIRECTORY), file)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.every((size, file) => size === bytes[file]);
}

export async function removeFiles(job: string): Promise<void> {
  await rm(join(job, DIRECTORY), { recursive: true, force: true });
}
