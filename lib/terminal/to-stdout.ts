import 'server-only';
import { createHash } from 'node:crypto';
import { write } from 'node:fs';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import { isSystemError, storageFailure } from '@/lib/export/failures';
import { writeFile } from '@/lib/export/write-file';
import { openScan } from '@/lib/scan/scan';
import type { Destination, Finished, Job } from './destination';
import { ReaderGone } from './outcome';

/** How soon a full pipe that does not wait by itself is tried again. */
const FULL_PIPE_MS = 5;

/** Standard output: the rows and nothing else. */
export class ToStdout implements Destination {
  readonly #fd: number;
  #bytes = 0;
  #isWriting = false;

  constructor(fd = 1) {
    this.#fd = fd;
  }

  async prepare(): Promise<void> {}

  async run({ source, kind, limits, signal, watch }: Job): Promise<Finished> {
    const scan = await openScan(source.plan, { limits }, signal);
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
 * Writes in a thread, so that a reader who takes his time does not keep this process from hearing the cluster. (What
 * `process.stdout` writes into a pipe holds up everything.)
 * @throws ReaderGone
 */
async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    const written = await writeSome(fd, bytes, at);
    if (written === 0) await new Promise((resolve) => setTimeout(resolve, FULL_PIPE_MS));
    at += written;
  }
}

/** @returns the bytes written; 0 when the other side of a pipe that somebody set to refuse is full */
function writeSome(fd: number, bytes: Uint8Array, at: number): Promise<number> {
  return new Promise((resolve, reject) => {
    write(fd, bytes, at, bytes.length - at, null, (error, written) => {
      if (error === null) resolve(written);
      else if (error.code === 'EAGAIN') resolve(0);
      else reject(error.code === 'EPIPE' ? new ReaderGone('nobody reads standard output', { cause: error }) : error);
    });
  });
}

/** Standard output cannot go on: nothing that the advice for a directory says helps. */
function outputFailure(error: unknown): CassandraFailure {
  const { error: failure } = storageFailure(error, 'standard output');
  return new CassandraFailure({ ...failure, hint: 'Run it again where there is room.' }, { cause: error });
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
