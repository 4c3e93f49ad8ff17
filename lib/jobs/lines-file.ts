import 'server-only';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { jsonText, parseJson } from '@/lib/contract/json';
import { Failure } from '@/lib/failure';
import { openRegular } from '@/lib/regular-file';
import { storageFailure } from './storage-failure';

/** A file of lines, mostly of JSON, that only the user that runs Ringside may read, and that is only added to. */
export class LinesFile {
  readonly path: string;
  readonly #file: FileHandle;
  #bytes: number;
  #lines: number;

  private constructor(path: string, file: FileHandle, bytes: number, lines: number) {
    this.path = path;
    this.#file = file;
    this.#bytes = bytes;
    this.#lines = lines;
  }

  /** Opens it, cut to a length that it had. @throws Failure `storage_failed` when it is shorter */
  static async open(path: string, bytes: number, lines: number): Promise<LinesFile> {
    const file = await openRegular(path, bytes === 0 ? 'replace' : 'change');
    const { size } = await file.stat();
    if (size < bytes) {
      await file.close();
      throw new Failure({
        code: 'storage_failed',
        message: `${path} has ${size} bytes instead of ${bytes}.`,
        hint: 'Without it this job cannot know what it has changed. Start a new one.',
        retryable: false,
      });
    }
    await file.truncate(bytes);
    return new LinesFile(path, file, bytes, lines);
  }

  get bytes(): number {
    return this.#bytes;
  }

  get lines(): number {
    return this.#lines;
  }

  /**
   * Adds lines in one write, which a killed process has made or not begun. Not yet safe from a power cut: see `sync`.
   * @throws Failure `disk_full`, `storage_failed`
   */
  async add(lines: readonly unknown[]): Promise<void> {
    if (lines.length === 0) return;
    await this.addBytes(Buffer.from(lines.map((line) => `${jsonText(line)}\n`).join('')), lines.length);
  }

  /** Like {@link add}, for what is not JSON. */
  async addBytes(bytes: Buffer, lines: number): Promise<void> {
    const at = this.#bytes;
    // Claimed before it is written: outcomes are added while others are on their way.
    this.#bytes += bytes.length;
    this.#lines += lines;
    for (let done = 0; done < bytes.length; ) {
      const writing = this.#file.write(bytes, done, bytes.length - done, at + done);
      done += (await writing.catch((error: unknown) => this.#failed(error))).bytesWritten;
    }
  }

  /** @throws Failure `disk_full`, `storage_failed` */
  sync(): Promise<void> {
    return this.#file.datasync().catch((error: unknown) => this.#failed(error));
  }

  #failed(error: unknown): never {
    throw storageFailure(error, dirname(this.path));
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/**
 * The whole lines of a file from a byte on, with the byte after each. A line that a crash has cut off is left out.
 * @throws Failure `storage_failed` for a line that is not valid
 */
export async function* linesFrom<T>(
  path: string,
  start: number,
  schema: z.ZodType<T>,
): AsyncGenerator<{ readonly line: T; readonly end: number }, void> {
  const file = await openRegular(path, 'read');
  const { size } = await file.stat();
  await file.close();
  if (size <= start) return;
  const stream = createReadStream(path, { start, end: size - 1 });
  let end = start;
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
      end += Buffer.byteLength(text) + 1;
      if (end > size) return;
      const parsed = schema.safeParse(parseJson(text));
      if (!parsed.success) throw damaged(path, parsed.error);
      yield { line: parsed.data, end };
    }
  } finally {
    stream.destroy();
  }
}

function damaged(path: string, cause: unknown): Failure {
  return new Failure(
    {
      code: 'storage_failed',
      message: `${path} has a line that is not valid.`,
      hint: 'It may be damaged, or written by another version of Ringside.',
      retryable: false,
    },
    { cause },
  );
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}
