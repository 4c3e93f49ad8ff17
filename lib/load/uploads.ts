import 'server-only';
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UPLOAD_PIECE_BYTES } from '@/lib/contract/limits';
import type { Upload } from '@/lib/contract/load';
import type { Principal } from '@/lib/contract/principal';
import { Failure, invalidRequest } from '@/lib/failure';
import { readJson, writeJson } from '@/lib/jobs/atomic-file';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { OWNER_ONLY_DIRECTORY, openRegular } from '@/lib/regular-file';
import { formatBytes } from '@/lib/text/format';

/** An upload that nobody goes on with is removed after this time. */
const KEPT_MS = 24 * 60 * 60_000;
/** One that a job waits to take. */
const TAKEN_KEPT_MS = 30 * KEPT_MS;
const [UPLOAD_FILE, DATA_FILE] = ['upload.json', 'data'];
/** The file that a job loads, in its directory. */
export const INPUT_FILE = 'input.data';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const storedSchema = z.object({
  owner: z.string(),
  name: z.string(),
  bytes: z.number().int(),
  createdAt: z.string(),
  /** It is removed then. */
  keptUntilMs: z.number(),
});
type Stored = z.output<typeof storedSchema>;

/**
 * Files on their way to a load, each in a directory of its own with its owner. They are never in memory, only the user that
 * runs Ringside may read them, and all of them together have a quota.
 */
export class Uploads {
  readonly #directory: string;
  readonly #jobs: string;
  readonly #most: () => number;
  /** Uploads that receive a piece. */
  readonly #busy = new Set<string>();

  /**
   * @param jobs the directory of the jobs, which take files over; uploads are next to them
   * @param mostBytes of all files, those of jobs included, as it is when a file arrives
   */
  constructor(jobs: string, mostBytes: () => number) {
    this.#jobs = jobs;
    this.#directory = join(/* turbopackIgnore: true */ jobs, 'uploads');
    this.#most = mostBytes;
  }

  /** @throws Failure `disk_full` beyond the quota, `storage_failed` */
  async create({ id: owner }: Principal, { name, bytes }: { name: string; bytes: number }): Promise<Upload> {
    await this.#removeOld();
    const most = this.#most();
    const free = most - (await this.#usedBytes());
    if (bytes > free) throw noSpace(bytes, free, most);
    const id = randomUUID();
    const path = join(this.#directory, id);
    const nowMs = Date.now();
    const stored = { owner, name, bytes, createdAt: new Date(nowMs).toISOString(), keptUntilMs: nowMs + KEPT_MS };
    try {
      await mkdir(path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
      await (await openRegular(join(path, DATA_FILE), 'replace')).close();
      await writeJson(join(path, UPLOAD_FILE), stored);
    } catch (error) {
      throw storageFailure(error, path);
    }
    return shown(id, stored, 0);
  }

  /** Newest first. */
  async list({ id: owner }: Principal): Promise<Upload[]> {
    await this.#removeOld();
    const found = await Promise.all((await this.#ids()).map((id) => this.#read(id)));
    return found
      .flatMap((upload) => (upload?.stored.owner === owner ? [shown(upload.id, upload.stored, upload.received)] : []))
      .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
  }

  /**
   * Adds a piece, which must begin where the last one ended. One that breaks off leaves nothing.
   * @throws Failure `not_found`, `invalid_request` with what has arrived so far, `disk_full`
   */
  async append(principal: Principal, id: string, at: number, body: AsyncIterable<Uint8Array>): Promise<Upload> {
    // Marked before its size is looked up: what another piece adds meanwhile would be written over.
    if (this.#busy.has(id)) throw invalidRequest('This upload is receiving another piece.', 'Send one after another.');
    this.#busy.add(id);
    try {
      const { stored, received } = await this.get(principal, id);
      if (at !== received) {
        throw invalidRequest(`The next piece begins at byte ${received}, not at ${at}.`, 'Go on from there.');
      }
      const added = await this.#write(id, stored.bytes, at, body);
      const kept = { ...stored, keptUntilMs: Date.now() + KEPT_MS };
      await writeJson(join(this.#directory, id, UPLOAD_FILE), kept);
      return shown(id, kept, at + added);
    } finally {
      this.#busy.delete(id);
    }
  }

  async #write(id: string, total: number, at: number, body: AsyncIterable<Uint8Array>): Promise<number> {
    const path = join(this.#directory, id, DATA_FILE);
    const file = await openRegular(path, 'change');
    let bytes = 0;
    try {
      for await (const chunk of body) {
        if (bytes + chunk.length > UPLOAD_PIECE_BYTES) {
          throw invalidRequest(`A piece has at most ${UPLOAD_PIECE_BYTES} bytes.`, 'Send the file in smaller pieces.');
        }
        if (at + bytes + chunk.length > total) throw invalidRequest(`The file was announced with ${total} bytes.`);
        for (let done = 0; done < chunk.length; ) {
          done += (await file.write(chunk, done, chunk.length - done, at + bytes + done)).bytesWritten;
        }
        bytes += chunk.length;
      }
      return bytes;
    } catch (error) {
      await file.truncate(at);
      throw storageFailure(error, path);
    } finally {
      await file.close();
    }
  }

  /** @throws Failure `not_found`, even for somebody else's */
  async get({ id: owner }: Principal, id: string): Promise<FoundUpload> {
    const found = UUID.test(id) ? await this.#read(id) : null;
    if (found?.stored.owner === owner) return found;
    const message = 'There is no upload with this id. It may have been loaded already, or removed after a day.';
    throw new Failure({ code: 'not_found', message, retryable: false });
  }

  /** @throws Failure `not_found` */
  async remove(principal: Principal, id: string): Promise<void> {
    await this.get(principal, id);
    await rm(join(this.#directory, id), { recursive: true, force: true });
  }

  /** Keeps a file until its job's turn has come. @throws Failure `not_found`, `invalid_request` when it is not complete */
  async keepForJob(principal: Principal, id: string): Promise<void> {
    const { stored, received } = await this.get(principal, id);
    if (received < stored.bytes) {
      throw invalidRequest(
        `Of the file ${received} of ${stored.bytes} bytes have arrived.`,
        'Finish the upload first.',
      );
    }
    await writeJson(join(this.#directory, id, UPLOAD_FILE), { ...stored, keptUntilMs: Date.now() + TAKEN_KEPT_MS });
  }

  /** Moves a file into a job's directory, unless that was done before. @throws Failure `not_found` */
  async moveTo(principal: Principal, id: string, directory: string): Promise<string> {
    const path = join(directory, INPUT_FILE);
    const isThere = await lstat(path).then(
      (found) => found.isFile(),
      () => false,
    );
    if (isThere) return path;
    await this.get(principal, id);
    await rename(join(this.#directory, id, DATA_FILE), path);
    await rm(join(this.#directory, id), { recursive: true, force: true });
    return path;
  }

  async #ids(): Promise<string[]> {
    const names: readonly string[] = await readdir(this.#directory).catch(() => []);
    return names.filter((name) => UUID.test(name));
  }

  async #read(id: string): Promise<FoundUpload | null> {
    const path = join(this.#directory, id, DATA_FILE);
    const stored = await readJson(join(this.#directory, id, UPLOAD_FILE), storedSchema).catch(() => null);
    const received = await sizeOf(path);
    return stored === null || received === null ? null : { id, stored, received, path };
  }

  /** What is promised counts as used, so that two uploads cannot both count on the same space. */
  async #usedBytes(): Promise<number> {
    const uploads = await Promise.all((await this.#ids()).map((id) => this.#read(id)));
    const jobs: readonly string[] = await readdir(this.#jobs).catch(() => []);
    const ofJobs = jobs.filter((name) => UUID.test(name)).map((name) => sizeOf(join(this.#jobs, name, INPUT_FILE)));
    const sizes = [...uploads.map((upload) => upload?.stored.bytes ?? 0), ...(await Promise.all(ofJobs))];
    return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
  }

  async #removeOld(): Promise<void> {
    for (const id of await this.#ids()) {
      const found = await this.#read(id);
      if (this.#busy.has(id) || (found !== null && found.stored.keptUntilMs > Date.now())) continue;
      await rm(join(this.#directory, id), { recursive: true, force: true });
    }
  }
}

export interface FoundUpload {
  readonly id: string;
  readonly stored: Stored;
  readonly received: number;
  /** Of the file itself. */
  readonly path: string;
}

function shown(id: string, { name, bytes, createdAt }: Stored, received: number): Upload {
  return { id, name, bytes, received, createdAt };
}

function sizeOf(path: string): Promise<number | null> {
  return lstat(path).then(
    ({ size }) => size,
    () => null,
  );
}

function noSpace(bytes: number, free: number, most: number): Failure {
  return new Failure({
    code: 'disk_full',
    message: `The file has ${formatBytes(bytes)}; of the ${formatBytes(most)} for uploaded files ${formatBytes(Math.max(0, free))} are free.`,
    hint: 'Delete uploads and load jobs that are no longer needed, or raise load.uploadGb in the configuration. A file on the server can be loaded from there.',
    retryable: false,
  });
}
