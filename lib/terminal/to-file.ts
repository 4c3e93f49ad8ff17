import 'server-only';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { canContinue } from '@/lib/contract/export-formats';
import { decodeResumePoint, encodeResumePoint } from '@/lib/export/resume-point';
import { type FileChunk, writeFile } from '@/lib/export/write-file';
import { isSystemError, storageFailure } from '@/lib/jobs/storage-failure';
import { openScan } from '@/lib/scan/scan';
import type { Destination, ExportRun, Finished } from './destination';
import { PartialFile } from './partial-file';
import { AT_THE_PROMPT } from './principal';
import type { FileKind } from './target';
import type { Again } from './to-directory';
import { UsageError } from './usage';

const CHECKPOINT_EVERY_MS = 1_000;

/** One file, called `FILE.partial` until it is complete. */
export class ToFile implements Destination {
  readonly #file: PartialFile;
  readonly #again: Again;
  readonly #canContinue: boolean;
  #hasBegun = false;

  constructor(path: string, kind: FileKind, again: Again) {
    this.#file = new PartialFile(path);
    this.#again = again;
    this.#canContinue = canContinue(kind.format, kind.compression);
  }

  async prepare(): Promise<void> {
    const { path, partialPath } = this.#file;
    const { resume, force } = this.#again;
    if (resume && !this.#canContinue) {
      throw new UsageError(
        'A single file can be resumed only as uncompressed csv, ndjson or cql. A directory (-o DIR/) can be resumed in every format.',
      );
    }
    const there = statSync(path, { throwIfNoEntry: false });
    if (there !== undefined && !there.isFile()) {
      throw new UsageError(
        `${path} is not a regular file, so it is not replaced. Redirect standard output instead: -o - > ${path}`,
      );
    }
    if (there !== undefined && !force) throw new UsageError(`${path} exists already. Replace it with --force.`);
    if (statSync(dirname(path), { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new UsageError(`The directory ${dirname(path)} does not exist.`);
    }
    if (resume || force || (await this.#file.stand()) === null) return;
    throw new UsageError(`${partialPath} is incomplete. Continue it with --resume, or start over with --force.`);
  }

  async run({ source, limits, signal, watch, kind }: ExportRun): Promise<Finished> {
    const file = this.#file;
    await file.lock();
    try {
      const stand = this.#again.resume ? await file.stand() : null;
      const from = stand === null ? null : decodeResumePoint(source.format, stand.point);
      const scan = await openScan(source.plan, { principal: AT_THE_PROMPT, limits, resume: from?.checkpoint }, signal);
      const checkpointEveryMs = this.#canContinue ? CHECKPOINT_EVERY_MS : null;
      const options = { format: source.format, compression: kind.compression, isContinued: from !== null };
      // Columns that the format cannot hold are refused before the file is created.
      const chunks = writeFile(scan, { ...options, checkpointEveryMs });
      await (stand === null ? file.create() : file.reopen(stand));
      this.#hasBegun = true;
      let rows = from?.rows ?? 0;
      watch(() => ({ scan: scan.progress(), rows, bytes: file.bytes }));
      for await (const chunk of chunks) {
        await file.write(chunk.bytes);
        rows = (from?.rows ?? 0) + chunk.rows;
        this.#save(chunk, rows, source.format);
      }
      const bytes = file.bytes;
      return { rows, bytes, sha256: await file.finish(), warnings: scan.progress().warnings };
    } catch (error) {
      await file.close().catch(() => undefined);
      throw isSystemError(error) ? storageFailure(error, file.path) : error;
    }
  }

  #save({ checkpoint }: FileChunk, rows: number, format: ExportRun['source']['format']): void {
    if (checkpoint !== null) this.#file.save(encodeResumePoint(format, { checkpoint, rows, bytes: this.#file.bytes }));
  }

  isBlocked(): boolean {
    return false;
  }

  aftermath(canGoOn: boolean): string[] {
    if (!this.#hasBegun) return [];
    const what = `${this.#file.partialPath} is incomplete.`;
    if (!canGoOn) return [what];
    if (this.#canContinue) return [`${what} To continue, run the same command with --resume.`];
    return [`${what} It cannot be resumed; an export into a directory (-o DIR/) can, in every format.`];
  }
}
