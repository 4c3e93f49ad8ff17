import 'server-only';

/** A command line that cannot be carried out as it stands: nothing was done, the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
