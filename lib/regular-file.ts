import 'server-only';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Failure } from '@/lib/failure';

/** Files contain rows or secrets, so only the user that runs Ringside may read them. */
export const OWNER_ONLY_FILE = 0o600;
export const OWNER_ONLY_DIRECTORY = 0o700;

/** Why a file is opened: to read it, to read and change it, or to write it from scratch. */
export type Purpose = 'read' | 'change' | 'replace';

const FLAGS: Readonly<Record<Purpose, number>> = {
  read: constants.O_RDONLY,
  change: constants.O_RDWR,
  replace: constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC,
};

/** Do not follow links, and do not wait for the other end of a pipe. Windows has neither flag. */
export const PLAIN_FLAGS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** The errors of `open` for a link, a pipe that nobody reads, and a folder. */
const NOT_REGULAR: ReadonlySet<string> = new Set(['ELOOP', 'EMLINK', 'ENXIO', 'EISDIR']);

/**
 * Opens a file that Ringside wrote, whose name others may have replaced since: anyone who can write into an export's folder
 * must not be able to make the server read or change files elsewhere, or wait forever.
 * @throws Failure `storage_failed` when it is not a plain file; otherwise the system's error, such as ENOENT
 */
export async function openRegular(path: string, purpose: Purpose): Promise<FileHandle> {
  const file = await open(path, FLAGS[purpose] | PLAIN_FLAGS, OWNER_ONLY_FILE).catch((cause: unknown) => {
    throw NOT_REGULAR.has(codeOf(cause)) ? notRegular(path, cause) : cause;
  });
  try {
    if ((await file.stat()).isFile()) return file;
    throw notRegular(path);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/**
 * Like {@link openRegular} for reading, but the folder must not be a link either.
 * @param name of the file in the folder
 */
export async function openRegularIn(folder: string, name: string): Promise<FileHandle> {
  const path = join(folder, name);
  if (basename(path) !== name || dirname(path) !== join(folder)) throw notRegular(path);
  const file = await openRegular(path, 'read');
  try {
    // Check the opened file: the folder may have been replaced by a link in between.
    const [real, parent] = await Promise.all([realpath(path), realpath(dirname(folder))]);
    const [there, opened] = await Promise.all([lstat(real), file.stat()]);
    if (real !== join(parent, basename(folder), name) || there.ino !== opened.ino || there.dev !== opened.dev) {
      throw notRegular(path);
    }
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The text of a file that Ringside wrote. @throws as {@link openRegular} */
export async function readRegular(path: string): Promise<string> {
  const file = await openRegular(path, 'read');
  try {
    return await file.readFile('utf8');
  } finally {
    await file.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function notRegular(path: string, cause?: unknown): Failure {
  return new Failure(
    {
      code: 'storage_failed',
      message: `${path} is not a plain file, but a link, a pipe, a folder or a device.`,
      hint: 'Remove it, or choose another place.',
      retryable: false,
    },
    { cause },
  );
}
