import 'server-only';
import { createHash } from 'node:crypto';
import { write } from 'node:fs';
import { writeFile } from '@/lib/export/write-file';
import { Failure } from '@/lib/failure';
import { isSystemError, storageFailure } from '@/lib/jobs/storage-failure';
import { openScan } from '@/lib/scan/scan';
import type { Destination, ExportRun, Finished } from './destination';
import { ReaderGone } from './outcome';
import { AT_THE_PROMPT } from './principal';

/** How soon to retry a full non-blocking pipe. */
const FULL_PIPE_MS = 5;

/** Standard output: only the rows. */
export class ToStdout implements Destination {
  readonly #fd: number;
  #bytes = 0;
  #isWriting = false;

  constructor(fd = 1) {
    this.#fd = fd;
  }

  async prepare(): Promise<void> {}

  async run({ source, kind, limits, signal, watch }: ExportRun): Promise<Finished> {
    const scan = await openScan(source.plan, { principal: AT_THE_PROMPT, limits }, signal);
    const hash = createHash('sha256');
    let rows = 0;
    watch(() => ({ scan: scan.progress(), rows, bytes: this.#bytes }));
    for await (const chunk of writeFile(scan, { format: source.format, compression: kind.compression })) {
      await orAborted(this.#write(chunk.bytes), signal).catch((error: unknown) => {
        throw isSystemError(error) ? outputFailure(error) : error;
      });
      hash.update(chunk.bytes);
      this.#bytes += chunk.bytes.length;
      rows = chunk.rows;
    }
    return { rows, bytes: this.#bytes, sha256: hash.digest('hex'), warnings: scan.progress().warnings };
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#isWriting = true;
    try {
      await writeAll(this.#fd, bytes);
    } finally {
      this.#isWriting = false;
    }
  }

  isBlocked(): boolean {
    return this.#isWriting;
  }

  aftermath(): string[] {
    return this.#bytes === 0 ? [] : ['What went to standard output is incomplete.'];
  }
}

/**
 * Writes in a thread, so that a slow reader does not stop this process from serving the cluster connections.
 * (`process.stdout` blocks the whole process when it writes to a pipe.)
 * @throws ReaderGone
 */
async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const written = await writeSome(fd, bytes, at);
    if (written === 0) await new Promise((resolve) => setTimeout(resolve, FULL_PIPE_MS));
    at += written;
  }
}

/** @returns the bytes written; 0 when a non-blocking pipe is full */
function writeSome(fd: number, bytes: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, at, bytes.length - at, null, (error, written) => {
      if (error === null) resolve(written);
      else if (error.code === 'EAGAIN') resolve(0);
      else reject(error.code === 'EPIPE' ? new ReaderGone('nobody reads standard output', { cause: error }) : error);
    });
  });
}

/** Standard output cannot be resumed, so the advice for directories does not apply. */
function outputFailure(error: unknown): Failure {
  const { error: failure } = storageFailure(error, 'standard output');
  return new Failure({ ...failure, hint: 'Free some space, then run it again.' }, { cause: error });
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
