import 'server-only';
import { createHash, type Hash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { type DirectoryLock, lockWith } from '@/lib/jobs/directory-lock';
import { openRegular } from '@/lib/regular-file';
import { UsageError } from './usage';

const READ_BYTES = 1024 * 1024;

/** How far a file has got, so that another run can resume: exactly these bytes belong to the checkpoint. */
const standSchema = z.object({
  version: z.literal(1),
  /** The export's checkpoint, with format, rows and bytes. */
  point: z.string(),
  bytes: z.number().int().nonnegative(),
  /** Of those bytes, hex. */
  sha256: z.string(),
});
export type Stand = z.infer<typeof standSchema>;

/**
 * A file that gets its name only when complete: until then it is called `NAME.partial`, and a checkpoint next to it lets
 * another run resume.
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

  /** The state to resume from; null if there is none. */
  async stand(): Promise<Stand | null> {
    return existsSync(this.partialPath) ? readJson(this.#standPath, standSchema) : null;
  }

  /**
   * Locks the file: two processes writing it would destroy it, and both would call it complete.
   * @throws Failure `storage_failed` when another process holds it
   */
  async lock(): Promise<void> {
    this.#lock = await lockWith(resolve(`${this.partialPath}.lock`), this.path);
  }

  async create(): Promise<void> {
    await rm(this.#standPath, { force: true });
    // Do not follow a link that someone put under this name, and do not wait for a FIFO.
    await rm(this.partialPath, { force: true });
    this.#file = await openRegular(this.partialPath, 'replace');
  }

  /**
   * Continues after the checkpoint's bytes; anything written after them is cut off.
   * @throws UsageError when those bytes have changed
   */
  async reopen({ bytes, sha256 }: Stand): Promise<void> {
    this.#file = await openRegular(this.partialPath, 'change');
    this.#hash = await hashOf(this.#file, bytes);
    if (this.#hash.copy().digest('hex') !== sha256) {
      throw new UsageError(`${this.partialPath} has changed since it was written. Start over with --force.`);
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

  /** Syncs the written bytes to disk, then the checkpoint, while more is written. One save at a time. */
  save(point: string): void {
    if (this.#saving !== null) return;
    const [file, sha256, bytes] = [this.#opened(), this.#hash.copy().digest('hex'), this.#bytes];
    const saving = (async () => {
      await file.datasync();
      await writeJson(this.#standPath, { version: 1, point, bytes, sha256 } satisfies Stand);
      this.#saving = null;
    })();
    // A disk that fails here will also fail the next write, which reports it.
    saving.catch(() => undefined);
    this.#saving = saving;
  }

  /** Gives the complete file its name. @returns its SHA-256, hex */
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

  /** Closes the file and leaves it partial. */
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

/** Syncs the new name to disk; not every system can. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r').catch(() => null);
  await directory?.sync().catch(() => undefined);
  await directory?.close();
}
