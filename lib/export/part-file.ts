import 'server-only';
import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { canContinue } from '@/lib/contract/export-formats';
import { Failure } from '@/lib/failure';
import { OWNER_ONLY_FILE, openRegular } from '@/lib/regular-file';
import { turn } from '@/lib/turns';
import { endSteps, type PageStep, pageSteps, parts } from '@/lib/wire/page-steps';
import { type FileFormat, type RowWriter, rowWriter } from '@/lib/wire/row-writer';
import { type Compressor, openCompressor } from './compress';
import type { PageRows, Part, PartHost, PartKind } from './part';
import type { PartState, TokenSpan } from './parts-state';

const WRITE_BYTES = 256 * 1024;

/**
 * Whether such a file can be cut between two rows and continued there. Compressed text can: consecutive gzip and zstd
 * streams are read as one. A Parquet file or JSON array can end only once.
 */
export function canSettle({ format }: FileFormat): boolean {
  return canContinue(format, 'none');
}

/** A part, written on this thread. */
export class PartFile implements Part {
  readonly name: string;
  readonly #kind: PartKind;
  readonly #file: FileHandle;
  readonly #writer: RowWriter;
  readonly #hash: Hash;
  #compressor: Compressor | null = null;
  #rows: number;
  #bytes: number;
  readonly #ranges: Map<string, TokenSpan>;

  private constructor(kind: PartKind, file: FileHandle, writer: RowWriter, start: { state: PartState; hash: Hash }) {
    const { name, rows, bytes, ranges } = start.state;
    this.name = name;
    this.#kind = kind;
    this.#file = file;
    this.#writer = writer;
    this.#hash = start.hash;
    this.#rows = rows;
    this.#bytes = bytes;
    this.#ranges = new Map(ranges.map((range) => [keyOf(range), range]));
  }

  /** @throws PlanError when the format cannot hold the columns */
  static async create(kind: PartKind, name: string): Promise<PartFile> {
    const writer = rowWriter(kind.format, kind.columns);
    const file = await open(join(kind.directory, name), 'wx', OWNER_ONLY_FILE);
    const state = { name, rows: 0, bytes: 0, sha256: '', isComplete: false, ranges: [] };
    const part = new PartFile(kind, file, writer, { state, hash: createHash('sha256') });
    writer.begin();
    return part;
  }

  /**
   * Continues from where the file was at the checkpoint: anything written after that is cut off.
   * @throws Failure `storage_failed` when the file has changed since
   */
  static async reopen(kind: PartKind, state: PartState): Promise<PartFile> {
    const file = await openRegular(join(kind.directory, state.name), 'change');
    try {
      const hash = await hashOf(file, state);
      await file.truncate(state.bytes);
      return new PartFile(kind, file, rowWriter(kind.format, kind.columns), { state, hash });
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get rows(): number {
    return this.#rows;
  }

  get bytes(): number {
    return this.#bytes;
  }

  async add(page: PageRows, range: TokenSpan): Promise<void> {
    this.#ranges.set(keyOf(range), range);
    await this.#take(pageSteps(this.#writer, page, this.#rows, this.#kind.rowLimit));
  }

  /** Yields to other work after each step. */
  async #take(steps: Iterable<PageStep>): Promise<void> {
    for (const { rows, chunks } of steps) {
      for (const bytes of chunks) await this.#passOn(bytes);
      this.#rows += rows;
      if (this.#writer.sink.length >= WRITE_BYTES) await this.#pass();
      await turn();
    }
  }

  async settle(): Promise<PartState> {
    await this.#pass();
    await this.#endCompressed();
    return this.#state(false);
  }

  async finish(): Promise<PartState> {
    await this.#take(endSteps(this.#writer));
    await this.#pass();
    // An empty file is not a valid compressed file, but compressed empty input is.
    if (this.#bytes === 0) this.#compressor ??= openCompressor(this.#kind.compression);
    await this.#endCompressed();
    await this.#file.datasync();
    await this.#file.close();
    return this.#state(true);
  }

  sync(): Promise<void> {
    return this.#file.datasync();
  }

  async close(): Promise<void> {
    this.#compressor?.close();
    // It may be closed already, or the disk may have failed: the checkpoint is what counts.
    await this.#file.close().catch(() => undefined);
  }

  #state(isComplete: boolean): PartState {
    const sha256 = this.#hash.copy().digest('hex');
    const ranges = [...this.#ranges.values()];
    return { name: this.name, rows: this.#rows, bytes: this.#bytes, sha256, isComplete, ranges };
  }

  async #pass(): Promise<void> {
    if (this.#writer.sink.length > 0) await this.#passOn(this.#writer.sink.take());
  }

  async #passOn(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#compressor ??= openCompressor(this.#kind.compression);
    for (const part of parts(bytes)) await this.#store(await this.#compressor.push(part));
  }

  async #endCompressed(): Promise<void> {
    if (this.#compressor === null) return;
    const rest = await this.#compressor.end();
    this.#compressor.close();
    this.#compressor = null;
    await this.#store(rest);
  }

  async #store(bytes: Uint8Array): Promise<void> {
    let at = 0;
    // A disk that fills up accepts part of a write and refuses the rest.
    while (at < bytes.length) {
      at += (await this.#file.write(bytes, at, bytes.length - at, this.#bytes + at)).bytesWritten;
    }
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }
}

/** Writes parts on this thread. */
export const HERE: PartHost = {
  pagesAhead: 0,
  create: (kind, name) => PartFile.create(kind, name),
  reopen: (kind, state) => PartFile.reopen(kind, state),
  close: async () => undefined,
};

async function hashOf(file: FileHandle, { name, bytes, sha256 }: PartState): Promise<Hash> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(1024 * 1024);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, bytes - at), at);
    if (bytesRead === 0) break;
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
  if (hash.copy().digest('hex') === sha256) return hash;
  throw new Failure({
    code: 'storage_failed',
    message: `${name} has changed since it was written.`,
    hint: 'Start a new export.',
    retryable: false,
  });
}

function keyOf({ from, to }: TokenSpan): string {
  return `${from}:${to}`;
}
