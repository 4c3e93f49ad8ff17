import 'server-only';
import type { ApiError } from '@/lib/contract/errors';

/** What went wrong between Ringside and Cassandra, in the contract's words, with the cause kept. */
export class CassandraFailure extends Error {
  override readonly name = 'CassandraFailure';

  constructor(
    readonly error: ApiError,
    options?: ErrorOptions,
  ) {
    super(error.message, options);
  }
}

/** A request that cannot be carried out as it stands. */
export function invalidRequest(message: string, hint?: string): CassandraFailure {
  return new CassandraFailure({
    code: 'invalid_request',
    message,
    ...(hint === undefined ? {} : { hint }),
    retryable: false,
  });
}
