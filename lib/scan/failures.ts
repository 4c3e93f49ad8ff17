import 'server-only';
import type { ApiError } from '@/lib/contract/errors';
import type { RangeFailure } from '@/lib/contract/scans';
import { Failure } from '@/lib/failure';
import type { Piece } from './piece';
import { unreadFrom } from './plan/work';

/** How many ranges a message names; the progress lists them all. */
const NAMED = 3;

/** The ranges given up, in token order; neighbours that failed for the same reason are merged. */
export function rangeFailures(pieces: readonly Piece[]): RangeFailure[] {
  const failures: { from: bigint; to: bigint; error: ApiError }[] = [];
  const lost = pieces.flatMap(({ givenUp }) => givenUp);
  for (const { work, error } of lost.toSorted((one, other) => (one.work.to < other.work.to ? -1 : 1))) {
    const unread = unreadFrom(work);
    // The rest of one partition: everything left to read has its token.
    const from = unread < work.to ? unread : work.to - 1n;
    const last = failures.at(-1);
    if (last !== undefined && last.to === from && last.error.code === error.code) last.to = work.to;
    else failures.push({ from, to: work.to, error });
  }
  return failures.map(({ from, to, error }) => ({ from: String(from), to: String(to), error }));
}

/** The end of a scan that had to give up ranges: which ones, why, and what to do. */
export function missingRanges(failures: readonly RangeFailure[]): Failure {
  const [first] = failures;
  const named = failures.slice(0, NAMED).map(({ from, to }) => `(${from}, ${to}]`);
  const more = failures.length > NAMED ? ` and ${failures.length - NAMED} more` : '';
  const what = failures.length === 1 ? 'a token range' : `${failures.length} token ranges`;
  return new Failure({
    code: 'ranges_failed',
    message: `The rows of ${what} are missing: ${named.join(', ')}${more}. ${first?.error.message ?? ''}`.trim(),
    hint: `All others were read. ${first?.error.hint ?? ''} Then resume to read only the missing rows.`,
    detail: failures.map(({ from, to, error }) => `(${from}, ${to}]: ${error.detail ?? error.message}`).join('\n'),
    retryable: true,
  });
}
