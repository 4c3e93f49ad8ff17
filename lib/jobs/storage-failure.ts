import 'server-only';
import { Failure } from '@/lib/failure';

/** Whether this is an error of a system call, as file operations throw. */
export function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'errno' in error;
}

/** What went wrong on the server's disk, and what to do. */
export function storageFailure(error: unknown, directory: string): Failure {
  if (error instanceof Failure) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const detail = error instanceof Error ? error.message : String(error);
  const meaning = MEANINGS[code];
  return new Failure(
    {
      code: meaning?.isFull ? 'disk_full' : 'storage_failed',
      message: `${meaning?.message ?? 'Writing to the disk failed'} (${directory}).`,
      hint: meaning?.hint ?? 'Fix the disk or the directory, then resume.',
      detail,
      retryable: true,
    },
    { cause: error },
  );
}

const MEANINGS: Readonly<Record<string, { message: string; hint: string; isFull: boolean }>> = {
  ENOSPC: {
    message: 'The disk is full',
    hint: 'Free some space, then resume.',
    isFull: true,
  },
  EDQUOT: {
    message: 'The disk quota is used up',
    hint: 'Free some space or raise the quota, then resume.',
    isFull: true,
  },
  EFBIG: {
    message: 'A file grew larger than the system allows',
    hint: 'Raise the limit on the size of files, then resume.',
    isFull: true,
  },
  EROFS: {
    message: 'The disk is read-only',
    hint: 'Choose another directory with RINGSIDE_EXPORT_DIR, or make this one writable.',
    isFull: false,
  },
  EACCES: {
    message: 'Ringside has no permission to write there',
    hint: 'Give the user that runs Ringside write permission, or choose another directory with RINGSIDE_EXPORT_DIR.',
    isFull: false,
  },
};
