import 'server-only';
import { toFailure } from '@/lib/cassandra/client/errors';
import { CassandraFailure } from '@/lib/cassandra/client/failure';
import { ValueError } from '@/lib/wire/errors';

/** Why an export ended, in the contract's words: also what a format could not hold. */
export function exportFailure(error: unknown): CassandraFailure {
  if (!(error instanceof ValueError)) return toFailure(error);
  return new CassandraFailure(
    {
      code: 'invalid_request',
      message: `A value does not fit the format: ${error.message}.`,
      hint: 'Nothing is rounded or cut. Choose another format or option for this column, or leave the column out. Resuming would meet the same value.',
      retryable: false,
    },
    { cause: error },
  );
}

/** A failure of the disk, with what is safe on it. */
export function withKept(failure: CassandraFailure, rows: number): CassandraFailure {
  const { error } = failure;
  if (error.code !== 'disk_full' && error.code !== 'storage_failed') return failure;
  const kept = `${rows.toLocaleString('en')} ${rows === 1 ? 'row is' : 'rows are'} kept.`;
  return new CassandraFailure({ ...error, message: `${error.message} ${kept}` }, { cause: failure });
}
