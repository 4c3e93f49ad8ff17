import 'server-only';
import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '@/lib/export/atomic-file';
import { type DirectoryLock, lockWith } from '@/lib/export/directory-lock';
import { openRegular } from '@/lib/regular-file';
import { UsageError } from './usage';

const READ_BYTES = 1024 * 1024;

/** Where a file stands, so that another run can go on: exactly these bytes belong to the checkpoint. */
const standSchema = z.object({
  version: z.literal(1),
  /** With what goes on: it knows format, rows and bytes. */
  point: z.string(),
  bytes: z.number().int().nonnegative(),
  /** Of those bytes, hex. */
  sha256: z.string(),
});
export type Stand = z.infer<typeof standSchema>;

/**
 * A file that is not what its name says before it is complete: until then it is called `NAME.partial`, and beside it is
 * where another run can go on.
 */
export class PartialFile {
  readonly path: string;
  readonly partialPath: string;
  readonly #standPath: string;
  #file: FileHandle | null = null;
  #hash: Hash = createHash('sha256');
  #bytes = 0;
  #saving: Promise<void> | null = null;
  #lock: DirectoryLock | null = null;

  constructor(path: string) {
    this.path = path;
    this.partialPath = `${path}.partial`;
    this.#standPath = `${path}.partial.checkpoint`;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Is there something to go on with? Null when there is not. */
  async stand(): Promise<Stand | null> {
    return existsSync(this.partialPath) ? readJson(this.#standPath, standSchema) : null;
  }

  /**
   * Two processes that write the same file would destroy it, and both call it complete.
   * @throws CassandraFailure `storage_failed` when another does
   */
  async lock(): Promise<void> {
    this.#lock = await lockWith(resolve(`${this.partialPath}.lock`), this.path);
  }

  async create(): Promise<void> {
    await rm(this.#standPath, { force: true });
    // What another put there under this name is not followed, and a FIFO is not waited for.
    await rm(this.partialPath, { force: true });
    this.#file = await openRegular(this.partialPath, 'replace');
  }

  /**
   * Goes on behind the bytes that the checkpoint knows; what was written behind them is cut off.
   * @throws UsageError when they are no longer the same
   */
  async reopen({ bytes, sha256 }: Stand): Promise<void> {
    this.#file = await openRegular(this.partialPath, 'change');
    this.#hash = await hashOf(this.#file, bytes);
    if (this.#hash.copy().digest('hex') !== sha256) {
      throw new UsageError(`${this.partialPath} is no longer what was written. Begin anew with --force.`);
    }
    await this.#file.truncate(bytes);
    this.#bytes = bytes;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const file = this.#opened();
    for (let at = 0; at < bytes.length; ) {
      at += (await file.write(bytes, at, bytes.length - at, this.#bytes + at)).bytesWritten;
    }
    this.#hash.update(bytes);
    this.#bytes += bytes.length;
  }

  /** Makes what was written lasting, and then where it stands, while more is written. One at a time. */
  save(point: string): void {
    if (this.#saving !== null) return;
    const [file, sha256, bytes] = [this.#opened(), this.#hash.copy().digest('hex'), this.#bytes];
    const saving = (async () => {
      await file.datasync();
      await writeJson(this.#standPath, { version: 1, point, bytes, sha256 } satisfies Stand);
      this.#saving = null;
    })();
    // A disk that refuses refuses the next bytes, too.
    saving.catch(() => undefined);
    this.#saving = saving;
  }

  /** The file is complete: now it gets its name. @returns its SHA-256, hex */
  async finish(): Promise<string> {
    await this.#saving;
    const file = this.#opened();
    await file.sync();
    await file.close();
    this.#file = null;
    await rename(this.partialPath, this.path);
    await rm(this.#standPath, { force: true });
    await syncDirectory(dirname(this.path));
    await this.#lock?.release();
    return this.#hash.digest('hex');
  }

  /** Leaves it as it is. */
  async close(): Promise<void> {
    await this.#saving?.catch(() => undefined);
    await this.#file?.close();
    this.#file = null;
    await this.#lock?.release();
  }

  #opened(): FileHandle {
    if (this.#file === null) throw new Error('the file is not open');
    return this.#file;
  }
}

async function hashOf(file: FileHandle, bytes: number): Promise<Hash> {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(READ_BYTES);
  for (let at = 0; at < bytes; ) {
    const { bytesRead } = await file.read(chunk, 0, Math.min(chunk.length, bytes - at), at);
    if (bytesRead === 0) break;
    hash.update(chunk.subarray(0, bytesRead));
    at += bytesRead;
  }
  return hash;
}

/** Makes the new name lasting; not every system can. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => null);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
