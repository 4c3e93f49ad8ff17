import type { ApiError } from '@/lib/contract/errors';
import { plural } from '@/lib/text/format';
import type { Limit } from './limits';

/** What ends a read, or keeps it from beginning, because of a limit of a role: as errors of the contract. */

/** @param rows that came before the end */
export function rowsReached({ most, role }: Limit, rows: number): ApiError {
  const came = rows === most ? 'as many as your role' : `of at most ${plural(most, 'row')} that your role`;
  return {
    code: 'limit_reached',
    message: `This ended after ${plural(rows, 'row')}, ${came} “${role}” allows, so it is not complete.`,
    hint: `Read less at a time, with a filter or a range. Whoever runs Ringside can raise rows in the limits of ${role}.`,
    retryable: false,
  };
}

export function timeReached({ most, role }: Limit): ApiError {
  return {
    code: 'limit_reached',
    message: `This ended after ${most} s, as long as your role “${role}” allows, so it is not complete.`,
    hint: `Read less at a time. Whoever runs Ringside can raise statementSeconds in the limits of ${role}.`,
    retryable: false,
  };
}

/** @param waitedMs null: it did not wait, because too many others do */
export function tooManyReads({ most, role }: Limit, waitedMs: number | null): ApiError {
  const waited = waitedMs === null ? 'and too many others wait' : `and this one has waited ${waitedMs / 1_000} s`;
  return {
    code: 'too_many_reads',
    message: `You have ${plural(most, 'read')} under way, as many as your role “${role}” allows, ${waited}.`,
    hint: `Try again when one has ended, or stop one. Jobs and downloads count too. Whoever runs Ringside can raise reads in the limits of ${role}.`,
    retryable: true,
  };
}
