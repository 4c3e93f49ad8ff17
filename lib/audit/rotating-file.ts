import 'server-only';
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { OWNER_ONLY_DIRECTORY, OWNER_ONLY_FILE, PLAIN_FLAGS } from '@/lib/regular-file';

const APPEND = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | PLAIN_FLAGS;
const END = '.ndjson';

export interface Rotation {
  /** The file is set aside when it is this large. */
  readonly fileBytes: number;
  /** Files that are kept, the one that is written among them. */
  readonly files: number;
  /** Whether what was written is on the disk when `append` has returned. */
  readonly sync: boolean;
}

/**
 * A file that is only added to. When it is large it is set aside under the time, and the oldest of those is removed. It is
 * opened for each batch, so a file that somebody else has moved away is begun again.
 */
export class RotatingFile {
  readonly path: string;
  readonly #rotation: Rotation;
  /** The last batch left a part of a line that could not be taken back. */
  #isTorn = true;
  #asideMs = 0;

  constructor(path: string, rotation: Rotation) {
    this.path = path;
    this.#rotation = rotation;
  }

  /** Makes the folder. A folder that is gone later is an error: it may be a disk that is not there. */
  async begin(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true, mode: OWNER_ONLY_DIRECTORY });
  }

  /** Adds lines, all or none. @throws the system's error */
  async append(lines: Buffer): Promise<void> {
    const file = await open(this.path, APPEND, OWNER_ONLY_FILE);
    let isFull = false;
    try {
      const { size } = await file.stat();
      await this.#write(file, size, this.#isTorn && size > 0 ? Buffer.concat([Buffer.from('\n'), lines]) : lines);
      if (this.#rotation.sync) await file.datasync();
      isFull = size + lines.length >= this.#rotation.fileBytes;
    } finally {
      await file.close();
    }
    // The lines are written: that they stay in a file that is too large is no loss.
    if (isFull)
      await this.#setAside().catch((error: unknown) => console.error('Audit: the file was not set aside.', error));
  }

  /** The files that there are, the newest first. */
  async files(): Promise<string[]> {
    const aside = (await this.#aside()).reverse().map((name) => join(dirname(this.path), name));
    return [this.path, ...aside];
  }

  async #write(file: FileHandle, size: number, bytes: Buffer): Promise<void> {
    try {
      for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten;
      this.#isTorn = false;
    } catch (error) {
      // A full disk takes a part of it, which would be half a line.
      this.#isTorn = !(await file.truncate(size).then(
        () => true,
        () => false,
      ));
      throw error;
    }
  }

  async #setAside(): Promise<void> {
    // No file takes the name of another.
    this.#asideMs = Math.max(Date.now(), this.#asideMs + 1);
    const time = new Date(this.#asideMs).toISOString().replaceAll(':', '-');
    const name = `${basename(this.path, END)}-${time}${END}`;
    await rename(this.path, join(dirname(this.path), name));
    const aside = await this.#aside();
    for (const old of aside.slice(0, Math.max(0, aside.length - this.#rotation.files + 1))) {
      await unlink(join(dirname(this.path), old));
    }
  }

  /** Names of those set aside, the oldest first. */
  async #aside(): Promise<string[]> {
    const stem = `${basename(this.path, END)}-`;
    const names = await readdir(dirname(this.path));
    return names.filter((name) => name.startsWith(stem) && TIME.test(name.slice(stem.length))).sort();
  }
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z\.ndjson$/;
