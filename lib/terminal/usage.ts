import 'server-only';

/** An invalid command line: nothing was done, the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
