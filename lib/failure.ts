import 'server-only';
import type { ApiError } from '@/lib/contract/errors';

const BRAND = Symbol.for('ringside.failure');

/**
 * What went wrong between Ringside and Cassandra, as an error of the contract, with its cause. The bundler may make
 * several instances of this module, and one may handle a failure that another created: `instanceof` checks a mark that
 * they share.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly [BRAND] = true;

  static override [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && BRAND in value;
  }

  constructor(
    readonly error: ApiError,
    options?: ErrorOptions,
  ) {
    super(error.message, options);
  }
}

/** A request that cannot be carried out as it is. */
export function invalidRequest(message: string, hint?: string): Failure {
  return new Failure({
    code: 'invalid_request',
    message,
    ...(hint === undefined ? {} : { hint }),
    retryable: false,
  });
}
