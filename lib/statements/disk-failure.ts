import 'server-only';
import { Failure } from '@/lib/failure';

export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

const FULL: ReadonlySet<unknown> = new Set(['ENOSPC', 'EDQUOT']);

/** What went wrong on the disk with a small file that Ringside keeps, and what to do. */
export function diskFailure(error: unknown, directory: string): Failure {
  if (error instanceof Failure) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isFull = FULL.has(code);
  return new Failure(
    {
      code: isFull ? 'disk_full' : 'storage_failed',
      message: `${isFull ? 'The disk is full' : 'The server’s disk refused it'} (${directory}).`,
      hint: isFull
        ? 'Free some space, then try again.'
        : 'Check that the user who runs Ringside may read and write there.',
      detail: error instanceof Error ? error.message : String(error),
      retryable: true,
    },
    { cause: error },
  );
}
