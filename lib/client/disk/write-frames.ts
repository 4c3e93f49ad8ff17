import { joinBytes } from '../bytes';
import type { FileFrame } from '../file-frames';

/** Where the file on disk and the export agree: `checkpoint` belongs to exactly the first `bytes` bytes. Null: the start. */
export interface Mark {
  readonly checkpoint: string | null;
  readonly bytes: number;
}

export const START: Mark = { checkpoint: null, bytes: 0 };

/** What is used of a FileSystemFileHandle. */
export interface DiskFile {
  getFile(): Promise<{ readonly size: number }>;
  createWritable(options: { keepExistingData: boolean }): Promise<DiskWriter>;
}

interface DiskWriter {
  truncate(bytes: number): Promise<void>;
  seek(bytes: number): Promise<void>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
}

export interface WriteHooks {
  /** Bytes of the file so far, with what a crash of the browser would still lose. */
  onBytes(bytes: number): void;
  /** The file on disk now holds at least the mark's bytes, whatever happens to this page. */
  onSafe(mark: Mark): Promise<void>;
}

/** The file is not what this page wrote. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';
}

/**
 * Writes an export into the file from `from` on, and returns when it is complete. A browser writes into a copy that takes
 * the file's place when it is closed: so the copy is closed and opened again now and then, and also when the frames
 * break off, in which case their error is thrown and the export can resume at the last mark given to `onSafe`.
 */
export async function writeFrames(
  handle: DiskFile,
  from: Mark,
  frames: AsyncIterable<FileFrame>,
  hooks: WriteHooks,
): Promise<{ rows: number; bytes: number }> {
  const file = new OpenFile(handle, from, hooks);
  await file.open();
  try {
    for await (const frame of frames) {
      if (frame.kind === 'bytes') await file.write(frame.bytes);
      else if (frame.kind === 'checkpoint') await file.mark(frame.checkpoint);
      else return await file.complete(frame);
    }
    throw new Error('The frames ended without an end.');
  } catch (cause) {
    await file.keep();
    throw cause;
  }
}

/** Each write crosses into another process: chunks are collected up to this size. */
const WRITE_BYTES = 1024 * 1024;

/** Below this, closing is not worth it. */
const FEW_BYTES = 16 * 1024 * 1024;

/**
 * Reopening a file copies it. Reopened only when it has doubled, a file is copied less than twice in all, and a crash
 * of the browser loses at most half of what was written.
 */
export function isDue(bytes: number, safeBytes: number): boolean {
  return bytes - safeBytes >= Math.max(FEW_BYTES, safeBytes);
}

class OpenFile {
  private writable: DiskWriter | undefined;
  private waiting: Uint8Array<ArrayBuffer>[] = [];
  private waitingBytes = 0;
  /** Including those that wait. */
  private bytes: number;
  private safeBytes: number;
  private last: Mark;

  constructor(
    private readonly handle: DiskFile,
    from: Mark,
    private readonly hooks: WriteHooks,
  ) {
    this.last = from;
    this.bytes = from.bytes;
    this.safeBytes = from.bytes;
  }

  async open(): Promise<void> {
    const { bytes } = this;
    if ((await this.handle.getFile()).size < bytes) {
      throw new FileChangedError('The file is shorter than what this page wrote to it.');
    }
    this.writable = await this.handle.createWritable({ keepExistingData: bytes > 0 });
    await this.writable.truncate(bytes);
    await this.writable.seek(bytes);
  }

  async write(chunk: Uint8Array<ArrayBuffer>): Promise<void> {
    this.waiting.push(chunk);
    this.waitingBytes += chunk.length;
    this.bytes += chunk.length;
    if (this.waitingBytes >= WRITE_BYTES) await this.flush();
    this.hooks.onBytes(this.bytes);
  }

  async mark(checkpoint: string): Promise<void> {
    this.last = { checkpoint, bytes: this.bytes };
    if (!isDue(this.bytes, this.safeBytes)) return;
    await this.close();
    await this.open();
  }

  async complete({ rows, bytes }: { rows: number; bytes: number }): Promise<{ rows: number; bytes: number }> {
    if (bytes !== this.bytes) {
      throw new FileChangedError(`The server sent ${bytes} bytes, but ${this.bytes} arrived.`);
    }
    await this.flush();
    await this.writable?.close();
    this.writable = undefined;
    return { rows, bytes };
  }

  /** After a break: what was written stays. Where even that fails (a full disk), what was safe before stays. */
  async keep(): Promise<void> {
    await this.close().catch(() => undefined);
  }

  private async flush(): Promise<void> {
    const { waiting, waitingBytes } = this;
    this.waiting = [];
    this.waitingBytes = 0;
    if (waitingBytes > 0) await this.writable?.write(joinBytes(waiting));
  }

  private async close(): Promise<void> {
    await this.flush();
    const { writable } = this;
    this.writable = undefined;
    await writable?.close();
    this.safeBytes = this.bytes;
    if (writable !== undefined) await this.hooks.onSafe(this.last);
  }
}
