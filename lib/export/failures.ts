import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import { Failure } from '@/lib/failure';
import { ValueError } from '@/lib/wire/errors';

/** Why an export ended, as a failure of the contract, including values that a format cannot hold. */
export function exportFailure(error: unknown): Failure {
  if (!(error instanceof ValueError)) return toFailure(error);
  return new Failure(
    {
      code: 'invalid_request',
      message: `A value does not fit the format: ${error.message}.`,
      hint: 'Ringside never rounds or truncates values. Choose another format or option for this column, or leave the column out. Resuming would reach the same value.',
      retryable: false,
    },
    { cause: error },
  );
}

/** A disk failure, with the number of rows that are safely stored. */
export function withKept(failure: Failure, rows: number): Failure {
  const { error } = failure;
  if (error.code !== 'disk_full' && error.code !== 'storage_failed') return failure;
  const kept = `${rows.toLocaleString('en')} ${rows === 1 ? 'row is' : 'rows are'} kept.`;
  return new Failure({ ...error, message: `${error.message} ${kept}` }, { cause: failure });
}
