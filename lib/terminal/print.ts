import 'server-only';
import { write } from 'node:fs';
import { Failure } from '@/lib/failure';
import { storageFailure } from '@/lib/jobs/storage-failure';
import { ReaderGone } from './outcome';

const STDOUT = 1;
/** How soon to retry a full non-blocking pipe. */
const FULL_PIPE_MS = 5;

/**
 * Prints what a command is for, and resolves once that is written: it may go to a full disk, or its reader away.
 * @throws as {@link writeAll}
 */
export function print(text: string): Promise<void> {
  return writeAll(STDOUT, Buffer.from(text));
}

/**
 * Writes in a thread, so that a slow reader does not stop this process from serving the cluster connections.
 * (`process.stdout` blocks the whole process when it writes to a pipe.)
 * @throws ReaderGone; Failure when the bytes cannot be kept, as on a full disk
 */
export async function writeAll(fd: number, bytes: Uint8Array): Promise<void> {
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
      else reject(outputFailure(error));
    });
  });
}

/** Standard output cannot be resumed, so the advice for directories does not apply. */
function outputFailure(error: NodeJS.ErrnoException): Error {
  if (error.code === 'EPIPE') return new ReaderGone('nobody reads standard output', { cause: error });
  const { error: failure } = storageFailure(error, 'standard output');
  return new Failure({ ...failure, hint: 'Free some space, then run it again.' }, { cause: error });
}
